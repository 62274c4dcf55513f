"""What was meant by words that no entry has, or that nobody wrote beside each other.

It shows in the neighbours: of all that one slip of a finger or of the ear away would be a word,
that is taken which stands most often beside what was typed with it. What is known is never replaced
in a long question.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from .reading import Known, Wish, Word
from .spelling import sounds_alike
from .words import LONGEST_SYLLABLE, halves, joined, variants

#: So many unknown words are mended.
MOST_MENDED = 4
#: Known words are replaced in queries of so many units only.
SHORT = 3
# What stands in no table of words need not be looked for.
_LONGEST = 12


def mended(wish: Wish, known: Known) -> list[Word] | None:
    """Return the words that were meant instead of those that no entry has; ``None`` for none.

    Two look-ups.
    """
    places = wish.unknown[:MOST_MENDED]
    if not places:
        return None
    choices = {place: _choices(wish.words[place].syllable) for place in places}
    asked = {part for ways in choices.values() for way in ways for part in way}
    counts = known(asked)
    choices = {
        place: [way for way in ways if all(part in counts for part in way)]
        for place, ways in choices.items()
    }
    return _best(wish.words, choices, counts, known)


def mended_pair(wish: Wish, known: Known) -> list[Word] | None:
    """Return the words where one, that nobody wrote beside its neighbours, is replaced by another.

    ``None`` where there is nothing to replace, or the query is long. A look-up for each such word.
    """
    choices = {place: _choices(wish.words[place].syllable) for place in lonely(wish)}
    found: tuple[float, list[Word]] | None = None
    for place, ways in choices.items():
        pairs = {pair for way in ways for pair in _beside(wish.words, place, (way[0], way[-1]))}
        counts = known(pairs)
        for way in ways:
            score = _score(wish.words, place, way, counts)
            if score and (found is None or score > found[0]):
                found = (score, _with(wish.words, {place: way}))
    return found[1] if found else None


def lonely(wish: Wish) -> list[int]:
    """Return the places of words that may be replaced for their neighbours; none of long ones."""
    # Of a question most words are not looked for, and make it long none the less.
    if not 1 <= len(wish.units) <= SHORT or len(wish.words) > 2 * SHORT:
        return []
    return [place for place in range(len(wish.words)) if _is_lonely(wish, place)]


def _is_lonely(wish: Wish, place: int) -> bool:
    """Whether nobody wrote a word that is looked for beside any of those that it was typed with."""
    word = wish.words[place]
    beside = list(_beside(wish.words, place, (word.syllable, word.syllable)))
    # What the table of synonyms has is spelled right.
    asked = any(
        unit.start <= place < unit.end and not (unit.others or unit.looser) for unit in wish.units
    )
    return asked and bool(beside) and wish.documents.keys().isdisjoint(beside)


def _choices(syllable: str) -> list[tuple[str, ...]]:
    """Return what may have been meant: one word, or two that were written as one."""
    if not syllable.isalpha() or len(syllable) > LONGEST_SYLLABLE:
        return []
    ways: dict[tuple[str, ...], None] = {}
    if len(syllable) <= _LONGEST:
        for one in sorted(sounds_alike(syllable) | variants(syllable)):
            ways[(one,)] = None
    if len(syllable) > 3:
        ways |= dict.fromkeys(halves(syllable))
    return list(ways)


def _best(
    words: Sequence[Word],
    choices: Mapping[int, Sequence[tuple[str, ...]]],
    counts: Mapping[str, int],
    known: Known,
) -> list[Word] | None:
    pairs = {
        pair
        for place, ways in choices.items()
        for way in ways
        for pair in (*_beside(words, place, (way[0], way[-1])), *_inside(way))
    }
    # Two that are both unknown stand beside each other mended.
    for place in choices:
        if place + 1 in choices and words[place].run == words[place + 1].run:
            pairs |= {
                joined(one[-1], other[0])
                for one in choices[place][:40]
                for other in choices[place + 1][:40]
            }
    beside = known(pairs)
    chosen: dict[int, tuple[str, ...]] = {}
    for place, ways in choices.items():
        so_far = _with(words, chosen) if chosen else list(words)
        shift = len(so_far) - len(words)
        best = max(
            ways,
            key=lambda way: (
                _score(so_far, place + shift, way, beside),
                len(way) == 1 and way[0] in sounds_alike(words[place].syllable),
                math.log1p(min(counts.get(part, 0) for part in way)),
                way,
            ),
            default=None,
        )
        if best is None or (len(best) > 1 and joined(*best) not in beside):
            continue
        # Where nobody wrote it beside the words that are known, it is a guess like any other.
        if _score(so_far, place + shift, best, beside) or not _has_known_neighbour(
            words, place, choices
        ):
            chosen[place] = best
    return _with(words, chosen) if chosen else None


def _has_known_neighbour(words: Sequence[Word], place: int, unknown: Collection[int]) -> bool:
    return any(
        words[other].run == words[place].run and other not in unknown
        for other in (place - 1, place + 1)
        if 0 <= other < len(words)
    )


def _score(
    words: Sequence[Word], place: int, way: tuple[str, ...], counts: Mapping[str, int]
) -> float:
    pairs = [*_beside(words, place, (way[0], way[-1])), *_inside(way)]
    return sum(math.log1p(counts.get(pair, 0)) for pair in pairs)


def _beside(words: Sequence[Word], place: int, ends: tuple[str, str]) -> Iterator[str]:
    if place and words[place - 1].run == words[place].run:
        yield joined(words[place - 1].syllable, ends[0])
    if place + 1 < len(words) and words[place + 1].run == words[place].run:
        yield joined(ends[1], words[place + 1].syllable)


def _inside(way: tuple[str, ...]) -> Iterator[str]:
    if len(way) > 1:
        yield joined(way[0], way[1])


def _with(words: Sequence[Word], chosen: Mapping[int, tuple[str, ...]]) -> list[Word]:
    found: list[Word] = []
    for place, word in enumerate(words):
        way = chosen.get(place)
        found += [replace(word, syllable=one, code=one) for one in way] if way else [word]
    return found
