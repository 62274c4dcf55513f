"""The articles, clauses and points of a text, each with the anchor under which it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..core.text import nfc
from ..legal.anchors import Clause, anchor_of, read_clauses, unique

Rank = Literal["article", "clause", "point"]
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A Điều, khoản or điểm.

    ``own``: its words without those of what stands below it; ``text``: with them, line by line.
    ``above``: the anchor of what it stands in, empty for an article.
    """

    anchor: str
    rank: Rank
    label: str
    own: str
    text: str
    above: str = ""


def words(text: str) -> tuple[str, ...]:
    """Return the words in small letters, without punctuation."""
    return tuple(_WORDS.findall(text.lower()))


def passages(body: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """Return the passages of a body in their order, what contains others before these.

    ``body``: the raw data of its blocks, as ``legal.stream.to_stream`` makes them and as a stream
    stores them (``raw_data``). Anchors are those of the public page; what a text repeats has ``-2``
    and so on, in both places. Clauses without a number count as words of their article.
    """
    taken: set[str] = set()
    found: list[Passage] = []
    for block in body:
        if block["type"] == "legal_article":
            found += _article(nfc(dict(block["value"])), taken)
    return found


def _article(value: Mapping[str, Any], taken: set[str]) -> Iterator[Passage]:
    number = value.get("number") or ""
    anchor = unique(anchor_of(value.get("prefix") or "", "dieu", number), taken)
    label = f"Điều {number}".strip()
    clauses = read_clauses([_pair(one) for one in value.get("clauses") or ()], anchor)
    own = [value.get("title") or "", *(value.get("lead") or "").splitlines()]
    own += [line for clause in clauses if not clause.anchor for line in clause.paragraphs]
    below = [one for clause in clauses for one in _clause(clause, anchor, label)]
    whole = [*own, *(one.text for one in below if one.above == anchor)]
    yield Passage(anchor, "article", label, _joined(own), _joined(whole))
    yield from below


def _pair(clause: Mapping[str, Any]) -> tuple[str, str]:
    # A list block stores each of its values within an item.
    value = clause.get("value", clause)
    return value.get("number") or "", value.get("text") or ""


def _clause(clause: Clause, article: str, label: str) -> Iterator[Passage]:
    above = clause.anchor or article
    place = f"khoản {clause.number} {label}" if clause.anchor else label
    points = [
        Passage(
            point.anchor,
            "point",
            f"điểm {point.letter} {place}",
            _joined(point.paragraphs),
            _joined(point.paragraphs),
            above,
        )
        for point in clause.points
    ]
    if clause.anchor:
        own = _joined(clause.paragraphs)
        whole = _joined([own, *(point.text for point in points)])
        yield Passage(clause.anchor, "clause", place, own, whole, article)
    yield from points


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(filter(None, map(str.strip, lines)))
