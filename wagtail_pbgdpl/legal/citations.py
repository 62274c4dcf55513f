"""Articles that a text cites, with the anchors under which a document of the portal has them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .anchors import anchor_of
from .grammar import LETTER, NUMBER

__all__ = ["Part", "parts"]

# Both orders are in use: «điểm a khoản 2 Điều 9» and «Điều 9 khoản 2 điểm a». A clause that stands
# before another «Điều» is one of that.
MENTION = re.compile(
    rf"(?:\bđiểm (?P<point>{LETTER}) )?(?:\bkhoản (?P<clause>{NUMBER}) )?"
    rf"\bĐiều (?P<article>{NUMBER})\b"
    rf"(?:,? khoản (?P<later_clause>{NUMBER})\b(?! Điều))?"
    rf"(?:,? điểm (?P<later_point>{LETTER})\b(?! khoản| Điều))?",
    flags=re.IGNORECASE,
)


class Part(NamedTuple):
    """A part of a text; ``anchor`` is empty where it cites no article."""

    text: str
    anchor: str


def parts(text: str) -> list[Part]:
    """Return ``text`` (NFC) cut into what cites an article and what stands between.

    Their texts joined are ``text``.
    """
    found, end = [], 0
    for match in MENTION.finditer(text):
        if match.start() > end:
            found.append(Part(text[end : match.start()], ""))
        found.append(Part(match[0], _anchor(match)))
        end = match.end()
    if end < len(text):
        found.append(Part(text[end:], ""))
    return found


def _anchor(match: re.Match[str]) -> str:
    clause = match["clause"] or match["later_clause"] or ""
    point = match["point"] or match["later_point"] or ""
    words = ["dieu", match["article"]]
    words += ["khoan", clause] if clause else []
    words += ["diem", point] if point else []
    return anchor_of(*words)
