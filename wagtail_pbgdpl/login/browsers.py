"""Browsers in which somebody has signed in before: their wrong passwords are counted apart (X1).

Else a stranger who types wrong passwords for a user name could keep its person out for as long as
they like. A browser is known after a log-in, and after a link for a new password was opened in it.
"""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = "pbgdpl_known"
SALT = "wagtail_pbgdpl.login.browsers"
KEPT = 180 * 24 * 60 * 60  # seconds


def mark_of(request: HttpRequest, name: str) -> str:
    """Return the mark of the browser where it is known for a user name; else nothing."""
    try:
        known, mark = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except (signing.BadSignature, TypeError, ValueError):
        return ""
    return str(mark) if known == name else ""


def remember(response: HttpResponse, name: str) -> None:
    """Let the browser be known for a user name from now on, for no other; its count begins anew."""
    response.set_cookie(
        COOKIE,
        signing.dumps([name, secrets.token_urlsafe(16)], salt=SALT),
        max_age=KEPT,
        path=reverse("wagtailadmin_login"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def plain(username: Any) -> str:
    """Return a user name without what people type differently."""
    return unicodedata.normalize("NFKC", str(username or "")).casefold()[:200]
