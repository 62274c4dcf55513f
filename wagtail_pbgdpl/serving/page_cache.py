"""A cache of whole public pages, fresh as soon as something is published.

A site turns it on in two places. ``wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware``, first
in ``MIDDLEWARE``, keeps pages, with all headers that the others set. ``PageCache``, around the
WSGI application, answers with what is kept before Django begins; without it, the middleware does.

It uses Django's default cache. One that all workers share (Redis, Memcached, a database) keeps a
page for up to a minute, and gives it up at once when the stamp of the site changes; one that lives
in a process keeps it for one second.

Only what nobody in particular asked for is kept: ``GET`` without session, messages or
``Authorization``, answered with 200 by a page that everybody may read, setting no cookie. A query
string counts only where it turns or narrows a listing.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from . import process_cache, site_version
from .etag import etag_of

SECONDS = 60
SECONDS_IN_A_PROCESS = 1
#: The parameters of listings: page, year, tag, and the facets of lists. Any other address is
#: answered without the cache.
PARAMETERS = frozenset(
    {"trang", "nam", "the", "linh-vuc", "don-vi", "kieu", "loai", "doi-tuong", "chu-de", "cap"}
    | {"ky", "hieu-luc", "co-quan", "loai-van-ban", "tinh-trang"}
)
LONGEST_QUERY = 100
MESSAGES_COOKIE = "messages"
VARY_ALLOWED = frozenset({"cookie", "accept-encoding"})
FORBIDDEN = ("no-store", "no-cache", "private")
# What others say of a page to browsers, which keep it with the page.
POLICIES = ("Content-Security-Policy", "Permissions-Policy")
# What an address is made of, as the server passes it on.
ADDRESS = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
)
MIDDLEWARE = "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware"
# Where ``PageCache`` leaves the key and the stamp for the middleware.
ASKED = "wagtail_pbgdpl.page_cache"

# Copies of what this process has answered with of late: of these it asks the stamp alone.
MOST_NEARBY = 200
_nearby: dict[str, Kept] = {}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, the stamp of the site that it was made under, and the time when it ends."""

    stamp: str
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]


def mark_public(response: HttpResponse) -> HttpResponse:
    """Say of a response that it is the same for everybody; the page cache keeps no other."""
    response.pbgdpl_public = True  # type: ignore[attr-defined]
    return response


class PageCache:
    """A WSGI application that answers with kept pages, and asks ``application`` for all others.

    Without the middleware, which keeps them, it does nothing.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.is_on = MIDDLEWARE in settings.MIDDLEWARE

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = ask(environ) if self.is_on and may_ask(environ) else None
        if asked is None:
            return self.application(environ, start_response)
        kept = asked[2]
        # A browser that has a page already asks for news of it: Django knows what to say then.
        if kept is not None and "HTTP_IF_NONE_MATCH" not in environ:
            start_response("200 OK", list(kept.headers))
            return [kept.content]
        environ[ASKED] = asked
        return self.application(environ, start_response)


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if not may_ask(request.META):
            return for_one_reader(self.get_response(request))
        asked = request.META.pop(ASKED, None) or ask(request.META)
        if asked is None:
            return self.get_response(request)
        key, current, kept = asked
        if kept is not None:
            response = HttpResponse(kept.content, headers=dict(kept.headers))
        else:
            process_cache.follow(current, is_shared=site_version.is_shared())
            response = self.get_response(request)
            if not may_keep(response):
                return response
            prepare(response)
            keep(key, current, response)
        # 304 without content where the browser has the page already.
        etag = response.headers["ETag"]
        answer: Any = get_conditional_response(request, etag=etag, response=response)
        for name in POLICIES:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer


def may_ask(meta: Mapping[str, Any]) -> bool:
    """Whether the request is that of an anonymous reader for a page or a listing."""
    cookies, query = meta.get("HTTP_COOKIE", ""), meta.get("QUERY_STRING", "")
    return (
        meta["REQUEST_METHOD"] == "GET"
        and "HTTP_AUTHORIZATION" not in meta
        and not meta["PATH_INFO"].startswith(settings.STATIC_URL)
        # A name that only contains that of the session is answered without the cache as well.
        and settings.SESSION_COOKIE_NAME not in cookies
        and MESSAGES_COOKIE not in cookies
        and len(query) <= LONGEST_QUERY
        and PARAMETERS.issuperset(name for name, _ in parse_qsl(query, keep_blank_values=True))
    )


def ask(meta: Mapping[str, Any]) -> tuple[str, str, Kept | None] | None:
    """Return the key, the stamp of the site, and the page that is kept under both if any.

    ``None`` where the cache does not answer: without it the site is slower, not down.
    """
    key = key_of(meta)
    nearby = _nearby.get(key)
    try:
        if (
            nearby is not None
            and nearby.until > time.time()
            and nearby.stamp == site_version.read()
        ):
            return key, nearby.stamp, nearby
        current, kept = site_version.read_with(key)
    except Exception:
        logger.exception("The cache does not answer.")
        return None
    if not isinstance(kept, Kept) or kept.stamp != current:
        return key, current, None
    if len(_nearby) >= MOST_NEARBY:
        _nearby.clear()
    _nearby[key] = kept
    return key, current, kept


def key_of(meta: Mapping[str, Any]) -> str:
    """The key of an address; a host that the site does not serve never gets to keep a page."""
    parts = [meta.get(name) for name in ADDRESS]
    # What a proxy says counts where Django trusts it; anybody could make up other headers.
    if settings.USE_X_FORWARDED_HOST:
        parts.append(meta.get("HTTP_X_FORWARDED_HOST"))
    if settings.USE_X_FORWARDED_PORT:
        parts.append(meta.get("HTTP_X_FORWARDED_PORT"))
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        parts.append(meta.get(header, "").partition(",")[0].strip() == secure)
    return "wagtail_pbgdpl.page." + hashlib.sha256(repr(parts).encode()).hexdigest()


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


def prepare(response: HttpResponse) -> None:
    """Set the headers for browsers and proxies: keep it, but ask each time whether it is new.

    A view that has said for how long its answer is good is left its word.
    """
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie"])
    response.headers["Content-Length"] = str(len(response.content))
    if not response.has_header("ETag"):
        # A browser goes on with the policies that a page came with: others make it another page.
        policies = (sorted(response.headers.get(name, "").split("; ")) for name in POLICIES)
        response.headers["ETag"] = etag_of(response.content, *policies)


def for_one_reader(response: Any) -> Any:
    """What a page looks like to somebody with a session is not for proxies."""
    if getattr(response, "pbgdpl_public", False) and not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, max_age=0)
    return response


def keep(key: str, current: str, response: HttpResponse) -> None:
    seconds = SECONDS if site_version.is_shared() else SECONDS_IN_A_PROCESS
    headers = tuple(response.headers.items())
    kept = Kept(current, time.time() + seconds, response.content, headers)
    try:
        cache.set(key, kept, timeout=seconds)
    except Exception:
        logger.exception("The cache does not take a page.")
