"""Cursors: where a reader stands in a list, as one word that only the portal has to understand.

A cursor is bound to its list, its filters and the site; it holds nothing that is not public.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence

from .log import mark_of
from .problems import Problem

LONGEST = 300


def scope_of(*values: object) -> str:
    """Return by what a cursor is bound to a list: its name, the site and the filters."""
    return mark_of(*values)[:12]


def write(scope: str, *place: str | int) -> str:
    text = json.dumps([scope, *place], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, scope: str, kinds: Sequence[type]) -> list[str | int]:
    """Return the place of a cursor, whose parts are of ``kinds``.

    Raises ``Problem`` for what is no cursor, and for that of another list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise Problem("bad-cursor") from None
    if not isinstance(found, list) or not found or not isinstance(found[0], str):
        raise Problem("bad-cursor")
    if found[0] != scope:
        raise Problem("other-cursor")
    place = found[1:]
    if [type(part) for part in place] != list(kinds) or not all(map(_is_sane, place)):
        raise Problem("bad-cursor")
    return place


def _is_sane(part: str | int) -> bool:
    # What no column can hold came from elsewhere.
    if isinstance(part, int):
        return 0 <= part < 2**63
    return "\x00" not in part and part.isprintable()
