"""Numbers that do not follow on each other: a line was missed there, or taken for another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .assembly import LONGEST_TITLE
from .levels import ARTICLES, DIVIDING, HEADINGS, Doubt, Level, Line

# «a, b, c, d, đ, e, g …» as it is taught, and as Word counts by itself.
_ALPHABETS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SUFFIXED = re.compile(r"(\d+)([a-zđ]?)")
# What begins anew below a heading.
_BELOW: dict[Level, tuple[Level, ...]] = {
    Level.BOOK: (Level.CHAPTER, Level.SECTION, Level.SUBSECTION),
    Level.CHAPTER: (Level.SECTION, Level.SUBSECTION),
    Level.SECTION: (Level.SUBSECTION,),
    Level.ARTICLE: (Level.CLAUSE, Level.POINT),
    Level.DIVISION: (Level.CLAUSE, Level.POINT),
    Level.CLAUSE: (Level.POINT,),
}
_COUNTED = DIVIDING | ARTICLES | {Level.CLAUSE, Level.POINT}


def checked(lines: Iterable[Line]) -> list[Line]:
    """Return the lines, each with the doubts that its neighbours cast on it.

    Of lines whose level somebody fixed there is none.
    """
    found: list[Line] = []
    counter = _Counter()
    untitled: int | None = None
    for line in lines:
        doubts = [*line.doubts, *counter.doubts_of(line)]
        if line.level in (Level.TITLE, Level.CONTINUES):
            untitled = None if line.level == Level.TITLE else untitled
        elif line.level != Level.OMITTED:
            if untitled is not None:
                found[untitled] = _doubted(found[untitled], Doubt.NO_TITLE)
            untitled = len(found) if line.level in DIVIDING and not line.rest else None
        if line.level in HEADINGS and len(line.rest) > LONGEST_TITLE:
            doubts.append(Doubt.LONG)
        found.append(line if line.is_fixed else replace(line, doubts=tuple(doubts)))
    if untitled is not None:
        found[untitled] = _doubted(found[untitled], Doubt.NO_TITLE)
    return found


def _doubted(line: Line, doubt: Doubt) -> Line:
    return line if line.is_fixed else replace(line, doubts=(*line.doubts, doubt))


class _Counter:
    """The numbers that were met last, by level."""

    def __init__(self) -> None:
        self.last: dict[Level, str] = {}
        self.met: dict[Level, set[str]] = {}

    def doubts_of(self, line: Line) -> list[Doubt]:
        level = line.level
        if level in (Level.OPENING, Level.PART, Level.ANNEX):
            self._begin(*_COUNTED)
        if level not in _COUNTED:
            return []
        number = line.number.rstrip(")")
        self._begin(*_BELOW.get(level, ()))
        if not number:
            return [Doubt.NO_NUMBER]
        before, self.last[level] = self.last.get(level, ""), number
        met = self.met.setdefault(level, set())
        is_repeated = number in met
        met.add(number)
        if is_repeated:
            return [Doubt.REPEATED]
        return [] if _follows(level, before, number) else [Doubt.SEQUENCE]

    def _begin(self, *levels: Level) -> None:
        for level in levels:
            self.last.pop(level, None)
            self.met.pop(level, None)


def _follows(level: Level, before: str, number: str) -> bool:
    if level == Level.POINT:
        return _letter_follows(before, number)
    if "." in number or "." in before:
        return _part_follows(before, number)
    if level in DIVIDING or level == Level.DIVISION:
        value = _value(number)
        return not value or value == _value(before) + 1
    return _number_follows(before, number)


def _number_follows(before: str, number: str) -> bool:
    now, last = _SUFFIXED.fullmatch(number), _SUFFIXED.fullmatch(before or "0")
    if now is None or last is None:
        return True
    if int(now[1]) == int(last[1]):
        return _letter_follows(last[2], now[2])
    return int(now[1]) == int(last[1]) + 1 and not now[2]


def _letter_follows(before: str, letter: str) -> bool:
    if before and letter[:1] == before[:1] and letter != before:
        # «a1» after «a», «a2» after «a1».
        return int(letter[1:] or 0) == int(before[1:] or 0) + 1
    if len(letter) > 1:
        return False
    if not before:
        return letter == "a"
    return any(f"{before[0]}{letter}" in alphabet for alphabet in _ALPHABETS)


def _part_follows(before: str, number: str) -> bool:
    """Of «2.1» and its like, in plans: the next at its depth, or the first below."""
    last = [int(one) for one in re.findall(r"\d+", before)] or [0]
    now = [int(one) for one in re.findall(r"\d+", number)]
    if len(now) > len(last):
        return now == [*last, 1]
    return now == [*last[: len(now) - 1], last[len(now) - 1] + 1]


def _value(number: str) -> int:
    """Return a Roman number, a figure or an ordinal as a number; 0 for what is none."""
    if number.isdigit():
        return int(number)
    word = number.lower().removeprefix("thứ ").strip()
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if word.startswith("mười ") and word[5:] in ("một", *_ORDINALS[1:9]):
        return 10 + ("một", *_ORDINALS[1:9]).index(word[5:]) + 1
    if not number or set(number) - set(_ROMAN):
        return 0
    values = [_ROMAN[one] for one in number]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))
