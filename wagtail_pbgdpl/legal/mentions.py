"""Documents that running text cites, by number or as laws by name and year, with the provisions.

«Điều 7 Luật Trợ giúp pháp lý năm 2017», «khoản 2 Điều 9 Quyết định 17/2018/QĐ-UBND». Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..core.text import fold
from .citations import parts
from .grammar import LETTER, NUMBER
from .numbers import found_in, key_of

__all__ = ["Mention", "Provision", "anchors", "law_key", "law_named", "mentions", "touches"]

_TYPES = (
    "Bộ luật|Luật|Pháp lệnh|Lệnh|Nghị định|Nghị quyết liên tịch|Nghị quyết|Thông tư liên tịch"
    "|Thông tư|Quyết định|Chỉ thị|Quy chế|Quy định|Kế hoạch|Chương trình|Đề án|Hướng dẫn"
    "|Thông báo|Kết luận|Công văn|Công điện|Văn bản hợp nhất|Văn bản|Báo cáo|Tờ trình"
)
# «Luật Phổ biến, giáo dục pháp luật»: up to the year or number, and never into the next document.
_LAWS = r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)"
_WORDS = rf"(?:,? (?!(?:{_TYPES})\b|năm\b|số\b)[^\W\d_]+(?:-[^\W\d_]+)*){{0,16}}?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LAW = re.compile(rf"\b(?P<name>{_LAWS}{_WORDS}) (?:năm )?{_YEAR}\b")
_BEFORE_NUMBER = re.compile(rf"(?:\b(?:(?:{_TYPES})|{_LAWS}{_WORDS})\s+)?(?:số\s+)?$")
_PROVISION = (
    rf"(?:\b[Đđ]iểm {LETTER} )?(?:\b[Kk]hoản {NUMBER} )?\b[Đđ]iều {NUMBER}\b"
    rf"(?:,? khoản {NUMBER}\b)?(?:,? điểm {LETTER}\b)?"
)
_BEFORE_DOCUMENT = re.compile(
    rf"(?P<all>{_PROVISION}(?:(?:,|;| và|, và) {_PROVISION})*) (?:của |trong |tại )?$"
)
# How far before a document its provisions may begin.
_FAR = 240
# Cheap, and true of every text that cites a document.
_MAY_CITE = re.compile(rf"\d/|\d-[A-ZĐ]|{_LAWS}[^.;]{{0,160}} (?:19|20)\d\d")
_TITLE = re.compile(
    rf"^(?P<name>{_LAWS}.*?)(?: số \S+| năm (?:19|20)\d\d| (?:19|20)\d\d|\s*\(|;|$)"
)


class Provision(NamedTuple):
    """A provision as cited; ``anchor`` is that of a document whose articles count once."""

    start: int
    end: int
    anchor: str


class Mention(NamedTuple):
    """A document in a text, from ``start`` to ``end`` (letters); ``key`` begins with ``n:`` for a
    number, with ``l:`` for a law by name and year."""

    start: int
    end: int
    key: str
    name: str
    provisions: tuple[Provision, ...] = ()


def mentions(text: str) -> list[Mention]:
    """Return the documents that ``text`` (NFC) cites, in its order."""
    if not _MAY_CITE.search(text):
        return []
    numbers = list(_by_number(text))
    laws = (one for one in _by_name(text) if not any(_overlap(one, other) for other in numbers))
    found = sorted([*numbers, *laws])
    return [one._replace(provisions=_provisions(text, one.start)) for one in found]


def law_key(name: str, year: int | str) -> str:
    """Return by what a law is told to be the one that is cited by name and year."""
    return f"{' '.join(re.findall(r'[a-z]+', fold(name).lower()))} {year}"


def law_named(title: str, year: int | None) -> str:
    """Return the key of the law that a document with ``title`` is; empty for no law.

    ``year``: in which it was issued; without one it must stand in the title.
    """
    match = _TITLE.match(title.strip())
    if match is None:
        return ""
    said = re.search(r"\b(?:19|20)\d\d\b", title)
    found = year or (int(said[0]) if said else None)
    return law_key(match["name"], found) if found else ""


def anchors(provisions: str) -> tuple[str, ...]:
    """Return the anchors of the provisions that a text names: ``dieu-9-khoan-2``."""
    return tuple(part.anchor for part in parts(provisions) if part.anchor)


def touches(changed: Iterable[str], cited: Iterable[str]) -> bool:
    """Whether a change of some provisions is one of what is cited; nothing named is the whole."""
    changed, cited = tuple(changed), tuple(cited)
    if not changed or not cited:
        return True
    return any(_within(one, other) or _within(other, one) for one in changed for other in cited)


def _within(anchor: str, other: str) -> bool:
    return anchor == other or anchor.startswith(f"{other}-")


def _by_number(text: str) -> Iterator[Mention]:
    for start, end in found_in(text):
        begin = max(0, start - _FAR)
        before = _BEFORE_NUMBER.search(text[begin:start])
        first = begin + before.start() if before else start
        yield Mention(first, end, f"n:{key_of(text[start:end])}", text[first:end])


def _by_name(text: str) -> Iterator[Mention]:
    for match in _LAW.finditer(text):
        key = law_key(match["name"], match["year"])
        yield Mention(match.start(), match.end(), f"l:{key}", match[0])


def _provisions(text: str, start: int) -> tuple[Provision, ...]:
    begin = max(0, start - _FAR)
    before = _BEFORE_DOCUMENT.search(text[begin:start])
    if before is None:
        return ()
    at, found = begin + before.start("all"), []
    for part in parts(before["all"]):
        if part.anchor:
            found.append(Provision(at, at + len(part.text), part.anchor))
        at += len(part.text)
    return tuple(found)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
