"""By what wrong passwords are counted, for the settings of django-axes (X1).

Axes counts, in the database, and refuses. A place is a user name from one address; it takes
``AXES_FAILURE_LIMIT`` wrong passwords. So one stranger at one address locks themselves out, and
nobody else. Against many addresses the user name has a higher limit of its own.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from ..intake.addresses import UNKNOWN, address_of
from .browsers import mark_of, plain

#: ``address_of`` is what ``AXES_CLIENT_IP_CALLABLE`` names.
__all__ = ["UNKNOWN", "address_of", "counted_name", "is_known", "typed_name"]


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name that wrong passwords are counted under, for ``AXES_USERNAME_CALLABLE``.

    A browser that is known for the user name counts by itself.
    """
    name = plain(typed_name(request, credentials))
    return f"{name} {mark_of(request, name)}".rstrip()


def is_known(request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
    """Whether the browser is known for the user name that is typed in it."""
    return bool(mark_of(request, plain(typed_name(request, credentials))))


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    # Django's form calls it so whatever the field of the model.
    model: Any = get_user_model()
    for name in ("username", model.USERNAME_FIELD):
        if typed := (credentials or request.POST).get(name):
            return str(typed)
    return ""
