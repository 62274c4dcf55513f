"""The numbers that Word counts by itself and prints, but does not write into the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from .names import attribute, child, children, local, value_of

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# What signs for lists become; those of symbol fonts mean nothing elsewhere.
_DASHES = {"-": "-", "–": "-", "—": "-", "+": "+"}


@dataclass
class ListLevel:
    """How the numbers of a level look: «%1)» of ``lowerLetter`` is «a)»."""

    text: str = ""
    format: str = "decimal"
    start: int = 1
    #: After which level it begins anew; 0: never, ``None``: after any above.
    restart: int | None = None
    is_legal: bool = False
    has_space: bool = True
    style: str = ""


@dataclass
class List:
    """A list as paragraphs name it. Lists of one ``family`` count together."""

    family: str
    levels: dict[int, ListLevel] = field(default_factory=dict)
    #: Levels at which this list begins anew, with what.
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of a file, by their number in it."""

    def __init__(self, lists: Mapping[str, List] | None = None) -> None:
        self.lists = dict(lists or {})

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level at which a list stands in a paragraph style; 0 where it says none."""
        one = self.lists.get(number)
        levels = one.levels.items() if one else ()
        return next((at for at, level in levels if level.style == style), 0)


def read(elements: Iterable[Element]) -> Lists:
    """Return the lists of ``numbering.xml``, from the children of its root."""
    families: dict[str, dict[int, ListLevel]] = {}
    by_style: dict[str, str] = {}
    linked: dict[str, str] = {}
    lists: dict[str, List] = {}
    for one in elements:
        if local(one) == "abstractNum":
            key = attribute(one, "abstractNumId")
            families[key] = dict(_levels(one))
            if style := value_of(one, "styleLink"):
                by_style[style] = key
            if style := value_of(one, "numStyleLink"):
                linked[key] = style
        elif local(one) == "num":
            lists[attribute(one, "numId")] = _list(one)
    for found in lists.values():
        # A list that takes its looks from a list style counts with that.
        found.family = by_style.get(linked.get(found.family, ""), found.family)
        found.levels = {**families.get(found.family, {}), **found.levels}
    return Lists(lists)


def _list(num: Element) -> List:
    found = List(value_of(num, "abstractNumId"))
    for one in children(num, "lvlOverride"):
        at = _number(attribute(one, "ilvl"))
        if start := value_of(one, "startOverride"):
            found.starts[at] = _number(start)
        found.levels.update(_levels(one))
    return found


def _levels(parent: Element) -> Iterable[tuple[int, ListLevel]]:
    for one in children(parent, "lvl"):
        restart = value_of(one, "lvlRestart")
        yield (
            _number(attribute(one, "ilvl")),
            ListLevel(
                text=value_of(one, "lvlText"),
                format=value_of(one, "numFmt") or "decimal",
                start=_number(value_of(one, "start") or "1"),
                restart=_number(restart) if restart else None,
                is_legal=child(one, "isLgl") is not None,
                has_space=value_of(one, "suff") != "nothing",
                style=value_of(one, "pStyle"),
            ),
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


class Counter:
    """Counts the paragraphs of lists, in the order in which they stand."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists.lists
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def next(self, number: str, at: int) -> str:
        """Return what Word prints before the paragraph: «Điều 3. », «a) »; empty for nothing."""
        one = self.lists.get(number)
        level = one.levels.get(at) if one else None
        if one is None or level is None or not 0 <= at < LEVELS:
            return ""
        counts = self.counts.setdefault(one.family, {})
        if at in one.starts and (number, at) not in self.begun:
            counts[at] = one.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self.begun.add((number, at))
        for below in [key for key in counts if key > at]:
            restart = one.levels.get(below, ListLevel()).restart
            if restart is None or at < restart:
                del counts[below]
        printed = self._printed(one, level, counts)
        return f"{printed} " if printed and level.has_space else printed

    def _printed(self, one: List, level: ListLevel, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return _DASHES.get(level.text.strip(), "-")
        if level.format == "none":
            return _PLACE.sub("", level.text).strip()

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            above = one.levels.get(at, ListLevel())
            looks = "decimal" if level.is_legal else above.format
            return as_format(counts.setdefault(at, above.start), looks)

        return _PLACE.sub(shown, level.text).strip()


def as_format(number: int, name: str) -> str:
    """Return a number as Word prints it in a format of that name; unknown ones as figures."""
    match name:
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
    return str(number)


def _letters(number: int) -> str:
    """«a» to «z», then «aa», «bb»."""
    if number < 1:
        return ""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


def as_json(lists: Lists) -> dict[str, Any]:
    return {
        number: {
            "family": one.family,
            "levels": {str(at): vars(level) for at, level in one.levels.items()},
            "starts": {str(at): start for at, start in one.starts.items()},
        }
        for number, one in lists.lists.items()
    }


def from_json(data: Mapping[str, Any]) -> Lists:
    return Lists(
        {
            number: List(
                one["family"],
                {int(at): ListLevel(**level) for at, level in one["levels"].items()},
                {int(at): start for at, start in one["starts"].items()},
            )
            for number, one in data.items()
        }
    )
