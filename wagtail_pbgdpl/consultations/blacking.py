"""What the public reads of a comment: the words, with passages blacked out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Piece(NamedTuple):
    """A stretch of text; ``reason``: why it is blacked out, and then ``text`` is empty."""

    text: str
    reason: str = ""


class Span(NamedTuple):
    start: int
    end: int
    reason: str = ""


def spans(text: str, passages: Iterable[str]) -> list[Span]:
    """Return every place at which one of the passages stands.

    Raises ``LookupError`` with the first passage that stands nowhere.
    """
    found: list[Span] = []
    for passage in filter(None, map(str.strip, passages)):
        at = text.find(passage)
        if at < 0:
            raise LookupError(passage)
        while at >= 0:
            found.append(Span(at, at + len(passage)))
            at = text.find(passage, at + len(passage))
    return found


def pieces(text: str, hidden: Iterable[Span]) -> list[Piece]:
    """Return the text in pieces; of spans that overlap, one piece with the reason of the first."""
    found: list[Piece] = []
    at = 0
    for start, end, reason in sorted(hidden):
        if end <= at:
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        if start >= at:
            found.append(Piece("", reason or "…"))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def plain(found: Iterable[Piece], mark: str = "[…]") -> str:
    """Return pieces as one text."""
    return "".join(mark if one.reason else one.text for one in found)
