"""Asking a source: one exchange, with one limit of time and one of size, and no trust in it."""

from __future__ import annotations

import contextlib
import os
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.utils import timezone
from wagtail.admin.utils import get_admin_base_url

from ..conf import settings
from .adapters.base import Answer
from .reasons import SourceError
from .transport import Transport, left

MOST_REDIRECTS = 5
#: For so long the authorities of the system are known without looking again.
KNOWN_SECONDS = 3600
LONGEST_WAIT = 24 * 3600
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """``answer`` is ``None`` where nothing changed. ``size``: bytes as they came."""

    answer: Answer | None
    etag: str = ""
    last_modified: str = ""
    size: int = 0


def fetch(
    address: str,
    hosts: frozenset[str],
    *,
    accept: str = "*/*",
    etag: str = "",
    last_modified: str = "",
    seconds: float | None = None,
) -> Fetched:
    """Ask ``address``, which may lead on within ``hosts`` (lower case), and nowhere else.

    ``etag`` and ``last_modified`` are those of the copy that is there. Takes no longer than
    ``seconds``, by default the setting ``SOURCE_SECONDS``. Raises ``SourceError``.
    """
    deadline = time.monotonic() + (settings.SOURCE_SECONDS if seconds is None else seconds)
    headers = {"User-Agent": identification(), "Accept": accept, "Accept-Encoding": "gzip"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    with plainly(), Transport(deadline, trusted()) as transport:
        for _hop in range(MOST_REDIRECTS + 1):
            check_address(address, hosts)
            request = httpx.Request("GET", address, headers=headers)
            response = transport.handle_request(request)
            try:
                if response.status_code in REDIRECTS:
                    address = _led_on(address, response)
                    continue
                return _read(address, response, deadline)
            finally:
                response.close()
    raise SourceError("redirect", f"more than {MOST_REDIRECTS}")


def identification() -> str:
    """Return who asks, so that others can tell the portal from an attack, and find it."""
    return settings.SOURCE_USER_AGENT or f"wagtail-pbgdpl (+{get_admin_base_url() or 'PBGDPL'})"


def trusted() -> ssl.SSLContext:
    """Return by whom certificates have to be signed, with the setting ``SOURCE_CA_FILE``."""
    own = str(settings.SOURCE_CA_FILE)
    changed_at = os.stat(own).st_mtime_ns if own else 0
    return _trusting(own, changed_at, int(time.time() // KNOWN_SECONDS))


@lru_cache(maxsize=1)
def _trusting(own: str, changed_at: int, hour: int) -> ssl.SSLContext:
    # To read the authorities of the system takes longer than most exchanges.
    context = ssl.create_default_context()
    if own:
        # Besides those of the system: a state office's own authority.
        context.load_verify_locations(cafile=own)
    return context


def check_address(address: str, hosts: frozenset[str]) -> None:
    """Raise ``SourceError`` for what is no address of the web, or not of these hosts."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        raise SourceError("address", address[:200])
    if (parts.hostname or "").lower() not in hosts:
        raise SourceError("redirect", parts.hostname or "")


def _led_on(address: str, response: httpx.Response) -> str:
    target = urljoin(address, response.headers.get("Location", ""))
    if urlsplit(address).scheme == "https" and urlsplit(target).scheme != "https":
        raise SourceError("redirect", "from https to http")
    return target


def _read(address: str, response: httpx.Response, deadline: float) -> Fetched:
    status, headers = response.status_code, response.headers
    etag, modified = headers.get("ETag", "")[:500], headers.get("Last-Modified", "")[:100]
    if status == 304:
        return Fetched(None, etag, modified)
    if status in (429, 503):
        raise SourceError("busy", str(status), wait=wanted_wait(headers))
    if status != 200:
        raise SourceError("status", str(status))
    body, size = _body(response, deadline)
    answer = Answer(body, address, headers.get("Content-Type", ""))
    return Fetched(answer, etag, modified, size)


def _body(response: httpx.Response, deadline: float) -> tuple[bytes, int]:
    """Return the body unpacked and how many bytes came, of which neither passes the limit."""
    most = settings.SOURCE_MEGABYTES * 1_048_576
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise SourceError("encoding", encoding[:50])
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    parts, size, total = [], 0, 0
    for raw in response.stream:  # type: ignore[union-attr]
        left(deadline)
        size += len(raw)
        # Never more at once than is left: a few bytes may stand for gigabytes.
        part = unpack.decompress(raw, most - total + 1) if unpack else raw
        total += len(part)
        if max(size, total) > most:
            raise SourceError("size", f"> {settings.SOURCE_MEGABYTES} MB", size=size)
        parts.append(part)
    if unpack and not unpack.eof:
        raise SourceError("broken", "gzip", size=size)
    return b"".join(parts), size


def wanted_wait(headers: Mapping[str, str]) -> int:
    """Return the seconds of ``Retry-After``, a number or a date; a day at most."""
    said = headers.get("Retry-After", "").strip()
    seconds = 0
    if said.isdigit():
        seconds = int(said[:9])
    elif said:
        with contextlib.suppress(ValueError, TypeError):
            seconds = int((parsedate_to_datetime(said) - timezone.now()).total_seconds())
    return max(0, min(seconds, LONGEST_WAIT))


@contextlib.contextmanager
def plainly() -> Iterator[None]:
    """Turn what the libraries raise into ``SourceError``."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError):
        raise SourceError("time") from None
    except (ssl.SSLError, httpcore.NetworkError, OSError) as error:
        said = str(error)[:200]
        reason = "tls" if "SSL" in said or "certificate" in said.lower() else "connection"
        raise SourceError(reason, said) from None
    except (httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError("broken", str(error)[:200]) from None
    except zlib.error as error:
        raise SourceError("broken", str(error)[:200]) from None
