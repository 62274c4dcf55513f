"""What of a text is shown of a result, and which words in it are marked. Pure.

One pattern of classes of letters finds in the text itself what folds to what was typed: to fold the
text first costs three times as much.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .entries import Section
from .reading import Closeness, Wish

#: Letters of a passage.
LENGTH = 260
# Before the first word that is marked.
BEFORE = 60
# Of longer texts the beginning is read, unless an article is asked for.
READ = 60_000
MOST_MARKS = 200
_GAP = r"[\W_]{1,3}"
_BASES = "aeiouyd"
_SENTENCES = re.compile(r"(?<=[.,;:!?…])\s*\n\s*")
_LINES = re.compile(r"\s*\n\s*")
_ALSO_Y = re.compile(r"^(?:h|k|l|m|s|t|v|qu)i$")


class Passage(NamedTuple):
    """``start`` is where it stands in the text, ``units`` how many of what was typed it has."""

    html: SafeString
    start: int
    units: int


class Marker:
    """Marks what was looked for."""

    def __init__(self, wish: Wish) -> None:
        groups = [[_phrase(way) for way in unit.ways(Closeness.LOOSE)] for unit in wish.units]
        groups += [[_phrase(("dieu", one.article))] for one in wish.articles]
        groups += [[_number(one.path())] for one in wish.numbers]
        patterns = [f"(?P<u{place}>{'|'.join(ways)})" for place, ways in enumerate(groups)]
        self.pattern = (
            re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)})(?![^\W_])", re.IGNORECASE)
            if patterns
            else None
        )
        self.units = len(groups)

    def found(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the beginning and end of what is found, with the name of its unit."""
        if self.pattern is None:
            return
        for number, match in enumerate(
            self.pattern.finditer(text, start, len(text) if end is None else end)
        ):
            if number >= MOST_MARKS:
                return
            yield match.start(), match.end(), match.lastgroup or ""

    def mark(self, text: str) -> SafeString:
        """Return ``text`` as HTML with ``<mark>`` around what was looked for."""
        return _marked(text, [(start, end) for start, end, _unit in self.found(text)])

    def has(self, text: str) -> set[str]:
        """Return the names of the units that stand in ``text``."""
        return {unit for _start, _end, unit in self.found(text)}

    def written(self, text: str) -> dict[int, str]:
        """Return how ``text`` writes the units of words that stand in it, in small letters."""
        return {
            int(unit[1:]): text[start:end].lower()
            for start, end, unit in reversed(list(self.found(text)))
        }

    def passage(self, text: str, start: int = 0, end: int | None = None) -> Passage:
        """Return the part of ``text`` that has most of what was looked for, the first of more."""
        end = min(len(text), READ) if end is None else min(end, start + READ)
        found = list(self.found(text, start, end))
        best = _best_window(found)
        if best is None:
            return Passage(_in_one_line(escape(_cut(text, start, end))), start, 0)
        first, units = best
        since = _word_start(text, max(start, found[first][0] - BEFORE), start)
        until = min(end, since + LENGTH)
        while until < end and not text[until].isspace():
            until += 1
        spans = [(one[0], one[1]) for one in found if since <= one[0] and one[1] <= until]
        html = _in_one_line(
            _marked(text[since:until], [(one - since, other - since) for one, other in spans])
        )
        if since > start:
            html = mark_safe("… ") + html
        if until < end:
            html = html + mark_safe(" …")
        return Passage(html, found[first][0], units)


def section_of(sections: Sequence[Section], place: int) -> Section | None:
    """Return the deepest section that ``place`` stands in."""
    found = None
    for section in sections:
        if section.offset > place:
            break
        found = section
    return found


def span_of(sections: Sequence[Section], number: int, length: int) -> tuple[int, int]:
    """Return where a section begins and ends, those within it included."""
    own = sections[number]
    for section in sections[number + 1 :]:
        if section.depth <= own.depth:
            return own.offset, section.offset
    return own.offset, length


def _best_window(found: Sequence[tuple[int, int, str]]) -> tuple[int, int] | None:
    """Return the place of the first mark of the window with most units, and how many it has."""
    best: tuple[int, int, int] | None = None
    counts: dict[str, int] = defaultdict(int)
    last = 0
    for first, (start, _end, unit) in enumerate(found):
        while last < len(found) and found[last][1] <= start + LENGTH - BEFORE:
            counts[found[last][2]] += 1
            last += 1
        units = sum(1 for count in counts.values() if count)
        if best is None or (units, last - first) > best[:2]:
            best = (units, last - first, first)
        if last > first:
            counts[unit] -= 1
        else:
            last = first + 1
    return (best[2], best[0]) if best else None


def _word_start(text: str, place: int, least: int) -> int:
    if place <= least:
        return least
    line = text.rfind("\n", least, place + BEFORE)
    if line >= place:
        return line + 1
    while place > least and not text[place - 1].isspace():
        place -= 1
    return place


def _cut(text: str, start: int, end: int) -> str:
    if end - start <= LENGTH:
        return text[start:end]
    return text[start : start + LENGTH].rpartition(" ")[0] + " …"


def _in_one_line(html: SafeString) -> SafeString:
    """Join the lines of a passage: cells of a table would each take a line of the screen."""
    # Nothing but space and a dot is added.
    return mark_safe(_LINES.sub(" · ", _SENTENCES.sub(" ", html.strip())))  # noqa: S308


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    parts.append(escape(text[last:]))
    # Every part but the marks is escaped.
    return mark_safe("".join(parts))  # noqa: S308


def _phrase(run: Sequence[str]) -> str:
    return _GAP.join(map(_syllable, run))


def _number(path: str) -> str:
    first, *rest = path.rstrip(".").split(".")
    return _GAP.join([f"0*{re.escape(first)}", *map(_syllable, rest)])


@cache
def _syllable(syllable: str) -> str:
    if syllable.isdecimal():
        return f"0*{syllable}"
    letters = [_letters().get(char, re.escape(char)) for char in syllable]
    if _ALSO_Y.match(syllable):
        letters[-1] = f"[{_letters()['i'][1:-1]}{_letters()['y'][1:-1]}]"
    return "".join(letters)


@cache
def _letters() -> dict[str, str]:
    """Return the class of each letter that may bear a sign."""
    found: dict[str, list[str]] = {base: [base] for base in _BASES}
    found["d"].append("đ")
    for point in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)):
        char = chr(point)
        base = unicodedata.normalize("NFD", char)[0]
        if char.islower() and base in found and char != base:
            found[base].append(char)
    return {base: f"[{''.join(chars)}]" for base, chars in found.items()}
