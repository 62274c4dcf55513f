"""Addresses that somebody without an account is let in by: signed, and good for a short time.

They stand in the path, so that no cookie is needed. Pages behind them are kept by nobody and tell
no other site where the reader came from; see ``private``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner, b62_decode
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

#: What a token is for. One of the one is none of the other. Rooms have purposes of their own.
RECEIPT = "receipt"
STATUS = "status"
LIFETIME = datetime.timedelta(minutes=30)

_SALT = "wagtail_pbgdpl.asking"


class Forged(Exception):
    """The token is none of this portal's for this purpose."""


class Expired(Exception):
    """The token was good once."""


def token_for(case: int, purpose: str) -> str:
    """Return a token for the case with this key, good for ``LIFETIME`` from now."""
    found: str = TimestampSigner(salt=f"{_SALT}.{purpose}").sign_object(case)
    return found


def read(token: str, purpose: str) -> int:
    """Return the key of the case. Raises ``Forged`` and ``Expired``."""
    try:
        found = TimestampSigner(salt=f"{_SALT}.{purpose}").unsign_object(token, max_age=LIFETIME)
    except SignatureExpired as error:
        raise Expired from error
    # What is signed is ours; what is not may be anything.
    except (BadSignature, ValueError) as error:
        raise Forged from error
    return int(found)


def ends_at(token: str, purpose: str) -> datetime.datetime:
    """Return when a token that was read ends: an aware instant."""
    signer = TimestampSigner(salt=f"{_SALT}.{purpose}")
    made = b62_decode(token.rsplit(signer.sep, 2)[1])
    return datetime.datetime.fromtimestamp(made, datetime.UTC) + LIFETIME


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the answers of ``view`` be kept in no cache and found by no search engine."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered
