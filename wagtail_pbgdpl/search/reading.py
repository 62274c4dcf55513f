"""What somebody typed, cut into what is looked for: numbers, articles, and units of words."""

from __future__ import annotations

import enum
import math
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise, product

from ..core.text import nfc
from . import citations
from .citations import Article, DocumentNumber
from .expressions import Expression, Has, every, some
from .spelling import code, spoken, untyped
from .synonyms import meanings
from .tokens import CODE, DENSE
from .words import COMMON, joined, syllables

#: In letters; of what is longer the beginning is read.
LONGEST = 200
#: Words that are looked for; more tell no more.
MOST_WORDS = 24
# How often two neighbours stand together, of how often each stands, if they are one word.
COHESION = 0.05
# What such a syllable tells, of what it would tell with its accents.
AMBIGUOUS = 0.5
# Of these none is part of a word: codes where accents were typed, else folded.
_ALONE = frozenset(map(code, ("của", "và", "là", "thì", "mà", "các", "những", "với", "hoặc")))
_ALONE_FOLDED = frozenset(("cua", "va", "cac", "nhung"))

Known = Callable[[Collection[str]], Mapping[str, int]]


class Closeness(enum.Enum):
    """How close what is found is to what was typed: with its accents, without, by other words."""

    CODED = enum.auto()
    EXACT = enum.auto()
    LOOSE = enum.auto()


@dataclass(frozen=True, slots=True)
class Word:
    """A syllable that was typed: its code, and which run of words it stands in."""

    syllable: str
    code: str
    run: int

    @property
    def is_accented(self) -> bool:
        return self.code != self.syllable

    @property
    def stands_alone(self) -> bool:
        if self.is_accented:
            return self.code in _ALONE
        return self.syllable in _ALONE_FOLDED


@dataclass(frozen=True, slots=True)
class Unit:
    """Neighbouring words from ``start`` to ``end`` that are looked for as one.

    ``others``: what is the same, an abbreviation written out; ``looser``: what others say for it.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    others: tuple[tuple[str, ...], ...] = ()
    looser: tuple[tuple[str, ...], ...] = ()

    @property
    def syllables(self) -> tuple[str, ...]:
        return tuple(word.syllable for word in self.words)

    @property
    def is_bare(self) -> bool:
        """Whether it is one syllable without accents: where none were typed, any of ten words."""
        return len(self.words) == 1 and self.words[0].code.isalpha() and not self.others

    def ways(self, closeness: Closeness) -> tuple[tuple[str, ...], ...]:
        """Return the phrases that are taken for it."""
        looser = self.looser if closeness == Closeness.LOOSE else ()
        return (self.syllables, *self.others, *looser)

    def expression(self, scope: str = "", closeness: Closeness = Closeness.LOOSE) -> Expression:
        own = [Has(token) for token in _run_tokens(self.syllables, scope)]
        if closeness == Closeness.CODED:
            # «h.9.» is followed by words, «hc.9.» by words with their signs.
            first, _dot, rest = scope.partition(".")
            prefix = f"{first}{CODE}.{rest}." if rest else f"{first}{CODE}."
            own += [Has(f"{prefix}{word.code}") for word in self.words if word.is_accented]
        others = self.ways(closeness)[1:]
        return some([every(own), *(every(map(Has, _run_tokens(one, scope))) for one in others)])

    def dense(self) -> Expression:
        ways = [one for one in self.ways(Closeness.EXACT) if len(one) > 1]
        if not ways:
            return self.expression()
        return some(every(map(Has, _run_tokens(one, DENSE))) for one in ways)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. ``words``: all that were typed, but for numbers and articles."""

    text: str
    words: tuple[Word, ...] = ()
    units: tuple[Unit, ...] = ()
    numbers: tuple[DocumentNumber, ...] = ()
    articles: tuple[Article, ...] = ()
    documents: Mapping[str, int] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.units or self.numbers or self.articles)

    @property
    def is_accented(self) -> bool:
        return any(word.is_accented for unit in self.units for word in unit.words)

    @property
    def unknown(self) -> list[int]:
        """The places of words that no entry has."""
        return [
            place
            for unit in self.units
            if not (unit.others or unit.looser)
            for place, word in enumerate(unit.words, unit.start)
            if word.syllable not in self.documents
        ]

    def closenesses(self) -> tuple[Closeness, ...]:
        """Return how close what is found may be, in the order in which it is looked for."""
        found = [Closeness.CODED] if self.is_accented else []
        found.append(Closeness.EXACT)
        if any(unit.looser for unit in self.units):
            found.append(Closeness.LOOSE)
        return tuple(found)

    def run(self, scope: str, closeness: Closeness) -> Expression:
        """Return all units as they follow each other."""
        parts = [unit.expression(scope, closeness) for unit in self.units]
        for one, other in pairwise(self.units):
            if one.end == other.start and one.words[-1].run == other.words[0].run:
                ends = {way[-1] for way in one.ways(closeness)}
                beginnings = {way[0] for way in other.ways(closeness)}
                pairs = sorted(product(ends, beginnings))
                parts.append(some(Has(_run_tokens(pair, scope)[0]) for pair in pairs))
        return every(parts)

    def rarity(self, unit: Unit, everything: int) -> float:
        """Return how much a unit tells: more, the fewer have it."""
        rarity = math.log(1 + everything / (self.frequency(unit) + 0.5))
        return rarity if self.is_accented or not unit.is_bare else rarity * AMBIGUOUS

    def frequency(self, unit: Unit, closeness: Closeness = Closeness.LOOSE) -> int:
        """Return in how many entries a unit stands, or what is taken for it, where it is known."""
        return max(
            min(self.documents.get(token, 0) for token in _run_tokens(way, ""))
            for way in unit.ways(closeness)
        )

    def with_others(self, known: Known) -> Wish:
        """Return the same that knows as well how often other words for its units stand."""
        tokens = {
            token
            for unit in self.units
            for way in (*unit.others, *unit.looser)
            for token in _run_tokens(way, "")
        }
        return replace(self, documents={**known(tokens), **self.documents}) if tokens else self


def read(text: str, known: Known) -> Wish:
    """Read what somebody typed. ``known``: in how many entries each of some terms stands.

    One look-up; nothing is stored.
    """
    text = nfc(text).replace("\x00", " ")[:LONGEST].strip()
    found = citations.read(text)
    wish = of_words(text, _words(found.rest), known)
    return replace(wish, numbers=found.numbers, articles=found.articles)


def read_as_words(text: str, known: Known) -> Wish:
    """Read it without taking anything for a number or an article."""
    text = nfc(text).replace("\x00", " ")[:LONGEST].strip()
    return of_words(text, _words(text), known)


def of_words(text: str, words: Sequence[Word], known: Known) -> Wish:
    """Cut words into units; signs of input methods are taken out of what no entry has."""
    typed = {word.syllable: untyped(word.syllable) for word in words}
    counts = dict(known({*_terms(words), *_terms(_undone(words, typed))}))
    if any(word.syllable not in counts for word in words):
        meant = {
            one: other for one, other in typed.items() if one not in counts and other in counts
        }
        words = _undone(words, meant)
    units = tuple(_asked(words, _units(words, counts)))
    return Wish(text, tuple(words), units, documents=counts)


def _words(text: str) -> list[Word]:
    found = [
        Word(syllable, code, number)
        for number, run in enumerate(spoken(text))
        for syllable, code in run
    ]
    return found[:MOST_WORDS]


def _undone(words: Sequence[Word], meant: Mapping[str, str]) -> list[Word]:
    return [
        replace(word, syllable=meant[word.syllable], code=meant[word.syllable])
        if meant.get(word.syllable, word.syllable) != word.syllable
        else word
        for word in words
    ]


def _terms(words: Sequence[Word]) -> Iterator[str]:
    for place, word in enumerate(words):
        yield word.syllable
        if place and words[place - 1].run == word.run:
            yield joined(words[place - 1].syllable, word.syllable)


def _units(words: Sequence[Word], counts: Mapping[str, int]) -> Iterator[Unit]:
    for number in sorted({word.run for word in words}):
        start = next(place for place, word in enumerate(words) if word.run == number)
        run = [word for word in words if word.run == number]
        yield from _cut(run, start, counts)


def _cut(run: Sequence[Word], offset: int, counts: Mapping[str, int]) -> Iterator[Unit]:
    """Cut a run where its neighbours belong together least; phrases that mean something stay."""
    said = [(word.syllable, word.code) for word in run]
    spans = {one.start: one for one in meanings(said)}
    taken = {
        place
        for one in spans.values()
        if _holds(one, run, counts)
        for place in range(one.start, one.end)
    }
    place = 0
    pairs = _best_pairs(run, taken, counts)
    while place < len(run):
        meaning = spans.get(place)
        if meaning is not None and place in taken:
            same, looser = meaning.parted()
            words = tuple(run[place : meaning.end])
            yield Unit(offset + place, offset + meaning.end, words, same, looser)
            place = meaning.end
        else:
            end = place + (2 if place in pairs else 1)
            yield Unit(offset + place, offset + end, tuple(run[place:end]))
            place = end


def _holds(meaning: object, run: Sequence[Word], counts: Mapping[str, int]) -> bool:
    """Whether one syllable that means something stands alone, and in no word of two."""
    start, end = meaning.start, meaning.end  # type: ignore[attr-defined]
    if end - start > 1 or meaning.is_abbreviation:  # type: ignore[attr-defined]
        return True
    neighbours = [(start - 1, start), (start, end)]
    return not any(
        one >= 0 and other < len(run) and _cohesion(run[one], run[other], counts) >= COHESION
        for one, other in neighbours
    )


def _best_pairs(run: Sequence[Word], taken: set[int], counts: Mapping[str, int]) -> set[int]:
    """Return where the pairs begin that belong together most, none overlapping another."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), (0.0, ())]
    for place in range(1, len(run)):
        without = best[-1]
        cohesion = 0.0
        if not taken.intersection((place - 1, place)):
            cohesion = _cohesion(run[place - 1], run[place], counts)
        score, chosen = best[-2]
        joint = (score + cohesion, (*chosen, place - 1))
        best.append(max(without, joint) if cohesion >= COHESION else without)
    return set(best[-1][1])


def _cohesion(one: Word, other: Word, counts: Mapping[str, int]) -> float:
    if not (one.syllable.isalpha() and other.syllable.isalpha()):
        return 0.0
    if one.stands_alone or other.stands_alone:
        return 0.0
    both = counts.get(joined(one.syllable, other.syllable), 0)
    each = counts.get(one.syllable, 0) * counts.get(other.syllable, 0)
    return both / math.sqrt(each) if each else 0.0


def _asked(words: Sequence[Word], units: Iterator[Unit]) -> list[Unit]:
    """Leave out what questions are made of, unless there is nothing else."""
    found = list(units)
    accented = any(word.is_accented for word in words)
    telling = [
        unit
        for unit in found
        if unit.others or unit.looser or not _is_common(unit, accented=accented)
    ]
    return telling or found


def _is_common(unit: Unit, *, accented: bool) -> bool:
    codes, folded = question_words()
    if accented:
        return all(word.code in codes for word in unit.words)
    return all(word.syllable in folded for word in unit.words)


@cache
def question_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that questions are made of: their codes, and folded."""
    text = files(__package__).joinpath("data/question_words.toml").read_text(encoding="utf-8")
    words = [word for run in spoken(tomllib.loads(text)["words"]) for word in run]
    return (
        frozenset(code for _syllable, code in words),
        COMMON | frozenset(syllables("so viec ban")),
    )


def _run_tokens(run: Sequence[str], scope: str) -> list[str]:
    prefix = f"{scope}." if scope else ""
    if len(run) == 1:
        return [f"{prefix}{run[0]}" if scope != DENSE else run[0]]
    return [f"{prefix}{joined(one, other)}" for one, other in pairwise(run)]
