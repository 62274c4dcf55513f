"""Hearing a signal of the models that it matters for, and of no other.

A receiver without a sender is called for each row of each app of the site, and keeps Django from
deleting any of them by one query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.signals import ModelSignal
from django.dispatch import Signal

from .discovery import concrete_models

#: A page was saved with all that belongs to it; Django's own signal comes before its child rows.
#: ``update_fields`` as in that one.
saved_whole = Signal()


def connect(signal: Signal | ModelSignal, receiver: Callable[..., Any], *kinds: type) -> None:
    """Let ``receiver`` hear ``signal`` of every model of the site that is one of ``kinds``.

    ``kinds``: models and mixins. To be called once all models are loaded.
    """
    for kind in kinds:
        for model in concrete_models(kind):
            signal.connect(receiver, sender=model)
