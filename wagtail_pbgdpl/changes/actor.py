"""Who acts in the present request: what a signal of the database cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib import messages
from django.utils.http import urlsafe_base64_decode

# Wagtail's page behind a link that sets a password, and Django's.
LINKS = frozenset({"wagtailadmin_password_reset_confirm", "password_reset_confirm"})

_acting: ContextVar[Any] = ContextVar("pbgdpl_acting", default=None)


def acting_user() -> Any:
    """Return the user in whose session something happens; ``None`` for a program or a visitor."""
    request = _acting.get()
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def tell_actor(message: str) -> None:
    """Show a message above the next page that the acting person sees; nothing for a program."""
    request = _acting.get()
    if request is not None:
        messages.error(request, message, fail_silently=True)


def came_by_link(user: Any) -> bool:
    """Whether the present request is behind a link for a new password that was sent to ``user``.

    Wagtail changes the password there once the link has proved right. In the session of somebody
    else it was not the person who opened it.
    """
    if acting_user() not in (None, user):
        return False
    match = getattr(_acting.get(), "resolver_match", None)
    if match is None or match.url_name not in LINKS:
        return False
    try:
        key = urlsafe_base64_decode(match.kwargs.get("uidb64", "")).decode()
    except ValueError:
        return False
    return key == str(user.pk)


@contextmanager
def acting_in(request: Any) -> Iterator[None]:
    """Take what happens inside for an act of the request's user, who is looked up when asked."""
    token = _acting.set(request)
    try:
        yield
    finally:
        _acting.reset(token)
