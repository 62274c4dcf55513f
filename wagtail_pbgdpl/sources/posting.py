"""Sending to another system: by the rules by which sources are asked, and no trust in it either."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from ..conf import settings
from .fetching import check_address, identification, plainly, trusted, wanted_wait
from .transport import Transport


@dataclass(frozen=True, slots=True)
class Answered:
    """``wait``: for how many seconds the system asks to be left alone; 0: it says nothing."""

    status: int
    wait: int = 0


def post(address: str, content: bytes, headers: Mapping[str, str]) -> Answered:
    """Send ``content`` to ``address`` and nowhere else: nothing that it leads on to is followed.

    The answer itself is not read. Takes no longer than the setting ``SOURCE_SECONDS``. Raises
    ``SourceError``.
    """
    deadline = time.monotonic() + settings.SOURCE_SECONDS
    sent = {"User-Agent": identification(), "Accept": "*/*", **headers}
    with plainly(), Transport(deadline, trusted()) as transport:
        check_address(address, frozenset({(urlsplit(address).hostname or "").lower()}))
        request = httpx.Request("POST", address, headers=sent, content=content)
        response = transport.handle_request(request)
        try:
            return Answered(response.status_code, wanted_wait(response.headers))
        finally:
            response.close()
