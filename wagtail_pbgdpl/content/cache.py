"""A cache of whole public pages, fresh as soon as something is published.

A site turns it on by naming ``wagtail_pbgdpl.content.cache.PageCacheMiddleware`` in ``MIDDLEWARE``,
after ``SecurityMiddleware`` and before everything that opens a session. It uses Django's default
cache. One that all workers share (Redis, Memcached, a database) keeps a page for up to a minute,
and gives it up at once when the stamp of the site changes; one that lives in a process keeps it for
one second.

Only what nobody in particular asked for is kept: ``GET`` without session, messages or
``Authorization``, answered with 200 by a page that everybody may read, setting no cookie. A query
string counts only where it turns or narrows a listing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from . import memory, stamp

SECONDS = 60
SECONDS_IN_A_PROCESS = 1
#: The parameters of listings: page, year, tag. Any other address is answered without the cache.
PARAMETERS = frozenset({"trang", "nam", "the"})
LONGEST_QUERY = 100
MESSAGES_COOKIE = "messages"
VARY_ALLOWED = frozenset({"cookie", "accept-encoding"})
FORBIDDEN = ("no-store", "no-cache", "private")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and the stamp of the site that it was made under."""

    stamp: str
    content: bytes
    headers: tuple[tuple[str, str], ...]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


def mark_public(response: HttpResponse) -> HttpResponse:
    """Say of a response that it is the same for everybody; the page cache keeps no other."""
    response.pbgdpl_public = True  # type: ignore[attr-defined]
    return response


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if not may_ask(request):
            return for_one_reader(self.get_response(request))
        key = key_of(request)
        try:
            current, kept = stamp.read_with(key)
        except Exception:
            # Without its cache the site is slower, not down.
            logger.exception("The cache does not answer.")
            return self.get_response(request)
        if isinstance(kept, Kept) and kept.stamp == current:
            return conditional(request, kept.response())
        memory.follow(current)
        response = self.get_response(request)
        if not may_keep(response):
            return response
        prepare(response)
        keep(key, current, response)
        return conditional(request, response)


def may_ask(request: HttpRequest) -> bool:
    """Whether the request is that of an anonymous reader for a page or a listing."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and MESSAGES_COOKIE not in request.COOKIES
        and "Authorization" not in request.headers
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and PARAMETERS.issuperset(request.GET)
    )


def may_keep(response: Any) -> bool:
    """Whether a response may be given to others: public, complete, without cookie."""
    control = response.headers.get("Cache-Control", "").lower()
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name}
    return (
        response.status_code == 200
        and getattr(response, "pbgdpl_public", False)
        and not response.streaming
        and not response.cookies
        and not any(word in control for word in FORBIDDEN)
        and VARY_ALLOWED.issuperset(vary)
    )


def key_of(request: HttpRequest) -> str:
    """The key of a request. Raises ``DisallowedHost`` for a host that the site does not serve."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return "wagtail_pbgdpl.page." + hashlib.sha256(address.encode()).hexdigest()


def prepare(response: HttpResponse) -> None:
    """Set the headers for browsers and proxies: keep it, but ask each time whether it is new."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie"])
    if not response.has_header("ETag"):
        digest = hashlib.sha256(response.content).hexdigest()[:32]
        response.headers["ETag"] = f'"{digest}"'


def for_one_reader(response: Any) -> Any:
    """What a page looks like to somebody with a session is not for proxies."""
    if getattr(response, "pbgdpl_public", False) and not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=0)
    return response


def keep(key: str, current: str, response: HttpResponse) -> None:
    kept = Kept(current, response.content, tuple(response.headers.items()))
    seconds = SECONDS_IN_A_PROCESS if isinstance(caches["default"], LocMemCache) else SECONDS
    try:
        cache.set(key, kept, timeout=seconds)
    except Exception:
        logger.exception("The cache does not take a page.")


def conditional(request: HttpRequest, response: HttpResponse) -> Any:
    """Return 304 without content where the browser has the page already."""
    return get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
