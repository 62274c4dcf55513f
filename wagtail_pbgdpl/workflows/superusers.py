"""Superusers are made and changed by superusers alone.

In Wagtail, who may change users may also make anyone a superuser, or set a superuser's password.
The operator, who grants, suspends and revokes access (R10: QT24 Điều 7.2), could so publish
without the board (R8: BK21 Điều 10.4). These are receivers of Wagtail's hooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied


def guard_creation(request: Any) -> None:
    """Raise ``PermissionDenied`` where anybody else would make a superuser."""
    if not request.user.is_superuser and "is_superuser" in request.POST:
        raise PermissionDenied


def guard_change(request: Any, user: Any) -> None:
    """Raise ``PermissionDenied`` where anybody else would change or make a superuser."""
    guard_creation(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


def guard_bulk_action(request: Any, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Raise ``PermissionDenied`` where a superuser is among many users that are changed."""
    for user in objects:
        if isinstance(user, get_user_model()):
            guard_change(request, user)
