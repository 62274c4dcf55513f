"""The structure of articles, clauses and points, and their anchors. Pure functions.

Anchors spell Vietnamese letters as one types them in Telex (đ is ``dd``, ư is ``uw``), so that
điểm d and điểm đ of one clause have different ones: ``dieu-9-khoan-3-diem-d`` and
``dieu-9-khoan-3-diem-dd``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .grammar import LETTER

__all__ = ["Clause", "Point", "anchor_of", "read_clauses", "telex", "unique"]

_TELEX = str.maketrans(
    {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
)
_POINT = re.compile(rf"({LETTER})\)\s+(.*)", flags=re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """A point (điểm); ``paragraphs`` begin with its own line."""

    letter: str
    anchor: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Clause:
    """A clause (khoản); ``number`` and ``anchor`` are empty where an article has no clauses."""

    number: str
    anchor: str
    paragraphs: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)


def telex(text: str) -> str:
    """Return ``text`` (NFC) in lower case with the letters of Vietnamese spelled in ASCII."""
    return text.lower().translate(_TELEX)


def anchor_of(*parts: str) -> str:
    """Join what is not empty with hyphens; anything but ASCII letters and digits is a hyphen."""
    joined = "-".join(telex(part) for part in parts if part)
    return re.sub(r"[^a-z0-9]+", "-", joined).strip("-")


def unique(anchor: str, taken: set[str]) -> str:
    """Return ``anchor``, with ``-2``, ``-3`` … where it is in ``taken``, and add it there."""
    candidate, number = anchor, 1
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    taken.add(candidate)
    return candidate


def read_clauses(clauses: list[tuple[str, str]], article: str) -> list[Clause]:
    """Read pairs of number and text; ``article`` is the anchor of the article they belong to.

    In a text each line is a paragraph; a line «a) …» begins a point, which takes the lines after
    it. A repeated anchor gets a number.
    """
    taken = {article}
    found = []
    for number, text in clauses:
        anchor = unique(anchor_of(article, "khoan", number), taken) if number else ""
        clause = Clause(number, anchor)
        for line in filter(None, map(str.strip, text.splitlines())):
            if match := _POINT.fullmatch(line):
                letter, rest = match.groups()
                place = unique(anchor_of(anchor or article, "diem", letter), taken)
                clause.points.append(Point(letter, place, [rest]))
            elif clause.points:
                clause.points[-1].paragraphs.append(line)
            else:
                clause.paragraphs.append(line)
        found.append(clause)
    return found
