"""Comments that are copies of one text, as campaigns send them, in groups. Pure.

Each group is known by its first comment. A text is compared with a few of each group that share
pairs of words with it, so that one more finds its group at once and none is ever moved.

``datasketch`` (MinHash) was measured beside it on the same 5,000 comments: as fast, but it misses a
third of the pairs of short texts, and brings numpy and scipy.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from rapidfuzz.distance import Indel

from ..core.text import fold
from .passages import words

Key: TypeAlias = int | str

#: So much of both texts, word by word, without accents, is shared by copies.
ALIKE = 0.63
# Copies that are less alike are compared with as well, so many of a group.
VERY_ALIKE = 0.8
EXAMPLES = 8
# So many are compared word by word, those that share most pairs of words.
COMPARED = 6
# What is quoted of the draft is no opinion; where somebody says no more than that, it has to do.
_QUOTED = re.compile('«[^»]*»|“[^”]*”|"[^"]*"')
LEAST_WORDS = 4
# Who says that is not of one opinion with who does not, however alike the rest is.
_NEGATIONS = frozenset({"khong", "chua", "chang"})


@dataclass(frozen=True, slots=True)
class _Text:
    words: tuple[str, ...]
    marks: frozenset[str]
    negations: int

    @classmethod
    def of(cls, text: str) -> _Text:
        found = words(fold(_QUOTED.sub(" ", text)))
        if len(found) < LEAST_WORDS:
            found = words(fold(text))
        marks = frozenset(map(" ".join, pairwise(found))) or frozenset(found)
        return cls(found, marks, sum(one in _NEGATIONS for one in found))


class Copies:
    """Puts comments to groups, each to one."""

    def __init__(self, alike: float = ALIKE) -> None:
        self.alike = alike
        self.groups: dict[Key, list[Key]] = {}
        # What is compared with: the first of each group, and some that are less like it.
        self._examples: dict[Key, tuple[Key, _Text]] = {}
        self._having: dict[str, list[Key]] = defaultdict(list)
        self._number: Counter[Key] = Counter()

    def put(self, key: Key, text: str) -> Key:
        """Put a comment to its group, a new one if need be; return the group's first comment."""
        read = _Text.of(text)
        alike, group = self._nearest(read)
        if group is None:
            self._begin(key, read)
            return key
        self._add(key, read, group, alike)
        return group

    def take(self, key: Key, text: str, group: Key) -> None:
        """Take a comment that stands in a group already, known by its first, which comes first.

        For groups that were made earlier, and those that somebody put together by hand.
        """
        read = _Text.of(text)
        if group not in self.groups:
            self._begin(group, read)
        if key != group:
            self._add(key, read, group, _likeness(read, self._examples[group][1]))

    def group_of(self, text: str) -> Key | None:
        """Return the first comment of the group that a text belongs to; it is not put there."""
        return self._nearest(_Text.of(text))[1]

    def _begin(self, key: Key, text: _Text) -> None:
        self.groups[key] = [key]
        self._show(key, text, key)

    def _add(self, key: Key, text: _Text, group: Key, alike: float) -> None:
        self.groups[group].append(key)
        if alike < VERY_ALIKE and self._number[group] < EXAMPLES:
            self._show(key, text, group)

    def _show(self, key: Key, text: _Text, group: Key) -> None:
        self._examples[key] = (group, text)
        self._number[group] += 1
        for mark in text.marks:
            self._having[mark].append(key)

    def _nearest(self, text: _Text) -> tuple[float, Key | None]:
        shared = Counter(key for mark in text.marks for key in self._having.get(mark, ()))
        best: tuple[float, Key | None] = (0.0, None)
        for key, _count in shared.most_common(COMPARED):
            group, example = self._examples[key]
            alike = _likeness(text, example)
            if alike >= self.alike and alike > best[0]:
                best = (alike, group)
        return best


def _likeness(one: _Text, other: _Text) -> float:
    if one.negations != other.negations:
        return 0.0
    alike: float = Indel.normalized_similarity(one.words, other.words)
    return alike


def groups_of(comments: Iterable[tuple[Key, str]]) -> dict[Key, list[Key]]:
    """Return the groups of comments, of one or more each, by their first, in the order given."""
    found = Copies()
    for key, text in comments:
        found.put(key, text)
    return found.groups
