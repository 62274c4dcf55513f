"""What changed between two versions of a draft, article by article, down to the words (C12).

Pure, but for the template. Clauses: BK21 Điều 9.12; BK18 Điều 3.3l.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from diff_match_patch import diff_match_patch
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from .passages import Passage
from .versions import Place, compare

Kind = Literal["same", "added", "removed"]
_KINDS: dict[int, Kind] = {0: "same", 1: "added", -1: "removed"}
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
# Above the signs that end a line, below those that are no letters of their own.
_FIRST = 0x100


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, came or went."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Changed:
    """What became of an article, a clause or a point; ``was``: its former place, if another.

    ``label`` is that of the new version, for what was left out that of the old.
    """

    label: str
    anchor: str
    rank: str
    runs: tuple[Run, ...]
    was: str = ""
    below: list[Changed] = field(default_factory=list)

    @cached_property
    def is_changed(self) -> bool:
        """Whether words changed in it or below it; another number alone is no change."""
        own = any(run.kind != "same" for run in self.runs)
        return own or any(one.is_changed for one in self.below)

    @property
    def folded(self) -> list[Part]:
        """What stands below it."""
        return list(fold(self.below))


@dataclass(frozen=True, slots=True)
class Part:
    """Some that stand one after the other and are all changed, or all unchanged."""

    is_changed: bool
    items: list[Changed]

    @property
    def is_long(self) -> bool:
        """Whether it is folded away."""
        return not self.is_changed and len(self.items) > 1


def fold(items: Iterable[Changed]) -> Iterator[Part]:
    """Put those together that are unchanged one after the other."""
    for is_changed, group in groupby(items, key=lambda item: item.is_changed):
        yield Part(is_changed, list(group))


def changes(
    old: Sequence[Passage], new: Sequence[Passage], places: Mapping[str, Place] | None = None
) -> list[Changed]:
    """Return the articles of both versions, in the order of the new; what went stands in its place.

    ``places``: of both, where they are known.
    """
    return _Changes(old, new, compare(old, new) if places is None else places).articles()


def as_html(articles: Iterable[Changed]) -> SafeString:
    """Return the changes for a page: ``ins`` and ``del``, readable without colour, no script."""
    return render_to_string("wagtail_pbgdpl/includes/changes.html", {"parts": list(fold(articles))})


def runs_of(old: str, new: str) -> tuple[Run, ...]:
    """Return the words of both texts in one order, in runs as long as they are easy to read."""
    signs: dict[str, str] = {}

    def written(text: str) -> str:
        return "".join(
            signs.setdefault(one, chr(_FIRST + len(signs))) for one in _TOKENS.findall(text)
        )

    differ = diff_match_patch()
    # Whatever the machine has to do: the same texts have the same changes.
    differ.Diff_Timeout = 0
    found = differ.diff_main(written(old), written(new), False)
    differ.diff_cleanupSemantic(found)
    tokens = list(signs)
    texts = ((kind, "".join(tokens[ord(sign) - _FIRST] for sign in part)) for kind, part in found)
    # Of room between words nobody has to read that it went or came.
    return tuple(
        Run(_KINDS[kind if text.strip() else 0], text)
        for kind, text in texts
        if text.strip() or kind >= 0
    )


class _Changes:
    def __init__(
        self, old: Sequence[Passage], new: Sequence[Passage], places: Mapping[str, Place]
    ) -> None:
        self.old = {one.anchor: one for one in old}
        self.new = {one.anchor: one for one in new}
        self.places = places
        self.before: dict[str, list[str]] = defaultdict(list)
        for place in places.values():
            for anchor in place.new:
                self.before[anchor].append(place.old)
        self.below: dict[str, list[str]] = defaultdict(list)
        for one in new:
            self.below[one.above].append(one.anchor)
        self.gone, self.first_gone = self._gone()

    def articles(self) -> list[Changed]:
        return self._all_below("")

    def _all_below(self, above: str) -> list[Changed]:
        found = [self._left_out(one) for one in self.first_gone.get(above, ())]
        for anchor in self.below.get(above, ()):
            found.append(self._now(self.new[anchor]))
            found += [self._left_out(one) for one in self.gone.get(anchor, ())]
        return found

    def _now(self, one: Passage) -> Changed:
        before = [self.old[anchor] for anchor in self.before.get(one.anchor, ())]
        was = ", ".join(old.label for old in before if old.label != one.label)
        return Changed(
            one.label,
            one.anchor,
            one.rank,
            self._runs(one, before),
            was,
            self._all_below(one.anchor),
        )

    def _left_out(self, one: Passage) -> Changed:
        below = [
            self._left_out(other)
            for other in self.old.values()
            if other.above == one.anchor and not self.places[other.anchor].new
        ]
        return Changed(one.label, "", one.rank, (Run("removed", one.own),), "", below)

    def _runs(self, one: Passage, before: Sequence[Passage]) -> tuple[Run, ...]:
        if len(before) == 1 and len(parts := self.places[before[0].anchor].new) > 1:
            return self._part(one, before[0], parts)
        return runs_of("\n".join(old.own for old in before), one.own)

    def _part(self, one: Passage, old: Passage, parts: Sequence[str]) -> tuple[Run, ...]:
        """Of what was split: what came and went within the words of this part."""
        ordered = [anchor for anchor in self.new if anchor in parts]
        texts = [self.new[anchor].own for anchor in ordered]
        place = ordered.index(one.anchor)
        start = sum(len(text) + 1 for text in texts[:place])
        return tuple(_within(runs_of(old.own, "\n".join(texts)), start, start + len(texts[place])))

    def _gone(self) -> tuple[dict[str, list[Passage]], dict[str, list[Passage]]]:
        """Return what was left out by what it stood after, and by what it was the first of."""
        after: dict[str, list[Passage]] = defaultdict(list)
        first: dict[str, list[Passage]] = defaultdict(list)
        last: dict[str, str] = {}
        for anchor, one in self.old.items():
            new = self.places[anchor].new
            if new:
                last[one.above] = new[-1]
                continue
            if one.above and not self.places[one.above].new:
                continue
            home = self.places[one.above].new[0] if one.above else ""
            before = last.get(one.above, "")
            if before and self.new[before].above == home:
                after[before].append(one)
            else:
                first[home].append(one)
        return after, first


def _within(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    """Yield what of the runs lies between two places of the new text, and what went there."""
    at = 0
    for run in runs:
        if run.kind == "removed":
            if start <= at <= end:
                yield run
            continue
        text = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if text:
            yield Run(run.kind, text)
