"""The board hears of a lock, where django-axes is installed (X1, R10)."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from .limits import typed_name
from .models import LoginNote
from .notes import write_down


def _on_lock(*, request: Any, **kwargs: Any) -> None:
    # Axes says so again at each attempt while it lasts, and then counts none.
    if request.axes_failures_since_start is not None:
        write_down(LoginNote.Kind.LOCKED, typed_name(request, request.axes_credentials))


def connect() -> None:
    if apps.is_installed("axes"):
        from axes.signals import user_locked_out

        # Its sender is a word, and Django tells senders apart as objects: all are heard.
        user_locked_out.connect(_on_lock, dispatch_uid="wagtail_pbgdpl.login")
