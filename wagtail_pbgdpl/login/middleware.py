"""Remembers the browsers in which people sign in (X1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.http import urlsafe_base64_decode

from ..changes.actor import LINKS
from .browsers import plain, remember


class KnownBrowserMiddleware:
    """Mark a browser after a log-in, and after a link for a new password was opened in it.

    Stands before axes' own middleware. What the mark is for says ``login.browsers``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        response = self.get_response(request)
        # Either page answers so to nobody else.
        if response.status_code == 302 and (user := _identified(request)) is not None:
            remember(response, plain(user.get_username()))
        return response


def _identified(request: Any) -> Any:
    match = request.resolver_match
    if match is None:
        return None
    if match.url_name == "wagtailadmin_login":
        signed_in = request.method == "POST" and request.user.is_authenticated
        return request.user if signed_in else None
    if match.url_name not in LINKS:
        return None
    try:
        key = urlsafe_base64_decode(match.kwargs["uidb64"]).decode()
        return get_user_model()._default_manager.filter(pk=key).first()
    except ValueError:
        return None
