"""How much two texts are alike: by the words that they share in the same order. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from .passages import words

#: Of texts with fewer pairs of neighbours, that one stands within the other says nothing.
LEAST_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words, and as pairs of neighbouring words with how often each occurs."""

    words: tuple[str, ...]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, text: str) -> Text:
        found = words(text)
        return cls(found, Counter(pairwise(found)))


def ratio(one: Text, other: Text) -> float:
    """Return the part of both that is shared, 0 to 1."""
    together = len(one.words) + len(other.words)
    shared: int = LCSseq.similarity(one.words, other.words)
    return 2 * shared / together if together else 1.0


def within(
    part: Text, whole: Text, without: Text | None = None, *, least: int = LEAST_PAIRS
) -> float:
    """Return how much of ``part`` stands in ``whole`` beside ``without``, 0 to 1.

    ``least``: with fewer pairs of words it is 0.
    """
    if part.pairs.total() < least:
        return 0.0
    room = whole.pairs - without.pairs if without else whole.pairs
    return (part.pairs & room).total() / part.pairs.total()


def in_order(places: Sequence[int]) -> frozenset[Hashable]:
    """Return most of the numbers, so that those which stay ascend: what is left out was moved."""
    steps = LCSseq.opcodes(places, sorted(places))
    kept = (step for step in steps if step.tag == "equal")
    return frozenset(one for step in kept for one in places[step.src_start : step.src_end])
