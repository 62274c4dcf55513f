"""Where each article, clause and point of a draft stands in its next version, and so its comments.

Clauses: BK21 Điều 9.12; BK18 Điều 3.3l (C12). Pure functions on passages.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import partial_ratio

from .likeness import LEAST_PAIRS, Text, in_order, ratio, within
from .passages import Passage

#: What is less alike is something else. At the same place more may have been rewritten; what stands
#: somewhere else, or is a point no more, has to be more alike.
ALIKE = 0.5
ALIKE_IN_PLACE = 0.3
ALIKE_ELSEWHERE = 0.7
#: So much of a part must stand in the whole that it was taken from or went into.
PART = 0.65
#: How much it tells of two passages that what they stand in belongs together, and their number.
SAME_ABOVE = 0.15
SAME_ANCHOR = 0.05
SAME_TITLE = 0.3
#: So many pairs of words tell that a passage went into its neighbour.
LEAST_IN_PLACE = 2
# So many of the new passages are read word by word for one of the old.
READ = 8


class Kind(enum.StrEnum):
    SAME = "same"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands now. ``new``: anchors, the one with most of it first.

    ``score``: how much of its words is found there, 0 to 1.
    """

    old: str
    kind: Kind
    new: tuple[str, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Bound:
    """A comment by its key; ``quote``: the words that it is about. No anchor: the whole draft."""

    key: int | str
    anchor: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Homeless:
    """A comment whose passage is gone. ``near``: what that stood in, where it is still there."""

    key: int | str
    anchor: str
    near: str = ""


@dataclass(slots=True)
class Carried:
    """Each comment is in one of both. ``places``: its anchor in the new version."""

    places: dict[int | str, str] = field(default_factory=dict)
    homeless: list[Homeless] = field(default_factory=list)


def compare(old: Sequence[Passage], new: Sequence[Passage]) -> dict[str, Place]:
    """Return the place of each passage of ``old`` by its anchor, in their order."""
    return _Comparison(old, new).places()


def carry(
    comments: Iterable[Bound],
    old: Sequence[Passage],
    new: Sequence[Passage],
    places: Mapping[str, Place] | None = None,
) -> Carried:
    """Return where comments on ``old`` stand in ``new``.

    Of a passage that was split, a comment stands at the part that has the quoted words; without
    any, at the part with most of the passage. ``places``: of both, where they are known.
    """
    places = compare(old, new) if places is None else places
    above = {one.anchor: one.above for one in old}
    texts = {one.anchor: one.text for one in new}
    carried = Carried()
    for comment in comments:
        place = places.get(comment.anchor)
        if not comment.anchor:
            carried.places[comment.key] = ""
        elif place is None or not place.new:
            near = _near(above.get(comment.anchor, ""), above, places)
            carried.homeless.append(Homeless(comment.key, comment.anchor, near))
        else:
            carried.places[comment.key] = _part(place, comment.quote, texts)
    return carried


def _near(anchor: str, above: Mapping[str, str], places: Mapping[str, Place]) -> str:
    while anchor:
        if found := places[anchor].new:
            return found[0]
        anchor = above[anchor]
    return ""


def _part(place: Place, quote: str, texts: Mapping[str, str]) -> str:
    if not quote or len(place.new) == 1:
        return place.new[0]
    said = quote.lower()
    return max(place.new, key=lambda anchor: partial_ratio(said, texts[anchor].lower()))


class _Comparison:
    """Articles are put together first, then clauses, then points: what stands above tells."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old = {one.anchor: one for one in old}
        self.new = {one.anchor: one for one in new}
        self.old_texts = {one.anchor: Text.of(one.text) for one in old}
        self.new_texts = {one.anchor: Text.of(one.text) for one in new}
        self.numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in new:
            self.numbers[one.above, self._number(one.anchor)].append(one.anchor)
        self.found: dict[str, list[str]] = {anchor: [] for anchor in self.old}
        self.taken: dict[str, list[str]] = {anchor: [] for anchor in self.new}

    def places(self) -> dict[str, Place]:
        ranks = ("article", "clause", "point")
        for rank in ranks:
            olds = [one.anchor for one in self.old.values() if one.rank == rank]
            news = [one.anchor for one in self.new.values() if one.rank == rank]
            self._pair(olds, news)
            self._split(olds, news)
            self._join(olds, news)
        self._promote()
        ordered = self._ordered()
        return {anchor: self._place(anchor, ordered) for anchor in self.old}

    # What belongs together

    def _pair(self, olds: Sequence[str], news: Sequence[str]) -> None:
        """Put two and two together, the most alike first."""
        near = _index(news, self.new_texts)
        pairs = sorted(
            (
                (*self._alike(one, other), one, other)
                for one in olds
                for other in self._candidates(one, near)
            ),
            key=lambda pair: (-pair[0], pair[2], pair[3]),
        )
        for _rank, is_alike, one, other in pairs:
            if is_alike and not self.found[one] and not self.taken[other]:
                self._put(one, other)

    def _candidates(self, one: str, near: Mapping[tuple[str, str], list[str]]) -> set[str]:
        shared = Counter(
            other for pair in self.old_texts[one].pairs for other in near.get(pair, ())
        )
        # Long texts share something with whatever there is.
        sizes = {other: len(self.new_texts[other].words) for other in shared}
        best = sorted(shared, key=lambda other: (-shared[other] / (sizes[other] + 20), other))
        return {*best[:READ], *self._at_number(one)}

    def _at_number(self, one: str) -> Iterator[str]:
        """Yield what has the same number in what belongs to the same article or clause."""
        number = self._number(one)
        for above in self.found.get(self.old[one].above, [""]):
            yield from self.numbers.get((above, number), ())

    def _alike(self, one: str, other: str) -> tuple[float, bool]:
        old, new = self.old_texts[one], self.new_texts[other]
        alike = ratio(old, new)
        part = max(within(old, new), within(new, old))
        in_place = self._in_place(one, other)
        at_anchor = self._number(one) == self._number(other)
        rank = max(alike, part * 0.8) + SAME_ABOVE * in_place + SAME_ANCHOR * at_anchor
        rank += SAME_TITLE * self._same_title(one, other)
        is_alike = alike >= self._least_alike(one, in_place=in_place, at_anchor=at_anchor)
        stays = in_place or not self.old[one].above
        return rank, is_alike or (stays and part >= PART)

    def _least_alike(self, one: str, *, in_place: bool, at_anchor: bool) -> float:
        if in_place and at_anchor:
            return ALIKE_IN_PLACE
        return ALIKE if in_place or not self.old[one].above else ALIKE_ELSEWHERE

    def _number(self, anchor: str) -> str:
        return anchor.rpartition("-")[2]

    def _in_place(self, one: str, other: str) -> bool:
        """Whether what both stand in belongs together."""
        return self.new[other].above in self.found.get(self.old[one].above, ())

    def _same_title(self, one: str, other: str) -> float:
        if self.old[one].rank != "article" or not self.old[one].own:
            return 0.0
        return ratio(Text.of(self.old[one].own), Text.of(self.new[other].own))

    def _split(self, olds: Sequence[str], news: Sequence[str]) -> None:
        """Find what else was taken out of a passage than its first counterpart."""
        near = _index(olds, self.old_texts)
        for other in news:
            if self.taken[other]:
                continue
            text = self.new_texts[other]
            shared = Counter(one for pair in text.pairs for one in near.get(pair, ()))
            best = max(
                ((self._left(one, other, text), one) for one, _count in shared.most_common(READ)),
                default=(0.0, ""),
            )
            if best[0] >= PART:
                self._put(best[1], other)

    def _left(self, one: str, other: str, part: Text) -> float:
        """How much of ``part`` stands in an old passage and is not in its counterparts."""
        whole = self.old_texts[one]
        first = self.found[one]
        return within(
            part, whole, self.new_texts[first[0]] if first else None, least=self._least(one, other)
        )

    def _least(self, one: str, other: str) -> int:
        return LEAST_IN_PLACE if self._in_place(one, other) else LEAST_PAIRS

    def _join(self, olds: Sequence[str], news: Sequence[str]) -> None:
        """Find what went into a passage that has another counterpart already."""
        near = _index(news, self.new_texts)
        for one in olds:
            if self.found[one]:
                continue
            text = self.old_texts[one]
            shared = Counter(other for pair in text.pairs for other in near.get(pair, ()))
            best = max(
                (
                    (self._room(one, other, text), other)
                    for other, _count in shared.most_common(READ)
                ),
                default=(0.0, ""),
            )
            if best[0] >= PART:
                self._put(one, best[1])

    def _room(self, one: str, other: str, part: Text) -> float:
        first = self.taken[other]
        taken = self.old_texts[first[0]] if first else None
        return within(part, self.new_texts[other], taken, least=self._least(one, other))

    def _promote(self) -> None:
        """Find points that became clauses, clauses that became articles, and the other way."""
        firsts = {found[0] for found in self.found.values() if found}
        news = [anchor for anchor in self.new if anchor not in firsts]
        near = _index(news, self.new_texts)
        for one in (anchor for anchor, found in self.found.items() if not found):
            alike = (
                (ratio(self.old_texts[one], self.new_texts[other]), other)
                for other in self._candidates(one, near)
            )
            best, other = max(alike, default=(0.0, ""))
            if best >= ALIKE_ELSEWHERE:
                self.found[one] = [other]

    def _put(self, one: str, other: str) -> None:
        self.found[one].append(other)
        self.taken[other].append(one)

    # What that is called

    def _ordered(self) -> set[str]:
        """Return those of the old that kept their place among those that they stand with."""
        places = {anchor: number for number, anchor in enumerate(self.new)}
        groups: dict[str, list[str]] = defaultdict(list)
        for anchor, passage in self.old.items():
            found = self.found[anchor]
            if found and self._stays(passage, self.new[found[0]]):
                groups[passage.above].append(anchor)
        kept: set[str] = set()
        for group in groups.values():
            ascending = in_order([places[self.found[anchor][0]] for anchor in group])
            kept |= {anchor for anchor in group if places[self.found[anchor][0]] in ascending}
        return kept

    def _stays(self, old: Passage, new: Passage) -> bool:
        return new.above in self.found[old.above] if old.above else not new.above

    def _place(self, anchor: str, ordered: set[str]) -> Place:
        new = tuple(self.found[anchor])
        if not new:
            return Place(anchor, Kind.GONE)
        return Place(anchor, self._kind(anchor, new, ordered), new, self._score(anchor, new))

    def _kind(self, anchor: str, new: tuple[str, ...], ordered: set[str]) -> Kind:
        if len(new) > 1:
            return Kind.SPLIT
        if len(self.taken[new[0]]) > 1:
            return Kind.JOINED
        if new[0] == anchor:
            return Kind.SAME
        return Kind.RENUMBERED if anchor in ordered else Kind.MOVED

    def _score(self, anchor: str, new: tuple[str, ...]) -> float:
        text = self.old_texts[anchor]
        together = Text.of("\n".join(self.new[one].text for one in new))
        if len(new) > 1 or len(self.taken[new[0]]) > 1:
            return round(within(text, together) or ratio(text, together), 3)
        return round(ratio(text, together), 3)


def _index(anchors: Iterable[str], texts: Mapping[str, Text]) -> dict[tuple[str, str], list[str]]:
    """Return which passages have a pair of words."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for anchor in anchors:
        for pair in texts[anchor].pairs:
            found[pair].append(anchor)
    return found
