"""Phrases that mean the same: abbreviations, what people say, and what editors add."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..serving.process_cache import remembered
from .index_models import SearchSynonym
from .spelling import spoken
from .words import COMMON

Spoken = Sequence[tuple[str, str]]
# Shorter ones stand for too much.
_VOWELS = frozenset("aeiouy")


class Phrase(NamedTuple):
    """Its syllables, folded, and their codes."""

    syllables: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def is_abbreviation(self) -> bool:
        return len(self.syllables) == 1 and not _VOWELS.intersection(self.syllables[0])


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands from ``start`` to ``end`` in a run, and the other phrases for it."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    is_abbreviation: bool

    def parted(self) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
        """Return the phrases that are the same, one of both an abbreviation, and the looser."""
        same = [one for one in self.phrases if self.is_abbreviation or one.is_abbreviation]
        looser = [one for one in self.phrases if one not in same]
        return tuple(one.syllables for one in same), tuple(one.syllables for one in looser)


Table = Mapping[tuple[str, ...], Sequence[tuple[Phrase, tuple[Phrase, ...]]]]


def meanings(run: Spoken) -> list[Meaning]:
    """Return what phrases in ``run`` mean otherwise, none overlapping another.

    Of several ways those that cover most words that tell something: «bị | lừa đảo», though «bị lừa»
    is a phrase too. Then the longer from the left.
    """
    table = _table()
    longest = max(map(len, table), default=0)
    # From the end: what is covered from a place on, and by which phrases.
    best: list[tuple[int, tuple[Meaning, ...]]] = [(0, ())]
    for start in range(len(run) - 1, -1, -1):
        chosen = best[-1]
        # The longest comes last, so that it is taken of those as good.
        for end in range(start + 1, min(start + longest, len(run)) + 1):
            if meaning := _meaning(table, run, start, end):
                covered, after = best[len(run) - end]
                covered += sum(syllable not in COMMON for syllable, _code in run[start:end])
                if covered >= chosen[0]:
                    chosen = (covered, (meaning, *after))
        best.append(chosen)
    return list(best[-1][1])


def _meaning(table: Table, run: Spoken, start: int, end: int) -> Meaning | None:
    key = tuple(syllable for syllable, _code in run[start:end])
    others: dict[Phrase, None] = {}
    is_abbreviation = False
    for own, phrases in table.get(key, ()):
        if _is_typed(own, run[start:end]):
            others |= dict.fromkeys(phrases)
            is_abbreviation |= own.is_abbreviation
    return Meaning(start, end, tuple(others), is_abbreviation) if others else None


def _is_typed(phrase: Phrase, run: Spoken) -> bool:
    """Whether what was typed can be the phrase: accents that were typed must be those."""
    if phrase.is_abbreviation:
        return True
    typed = [
        (code, own)
        for (syllable, code), own in zip(run, phrase.codes, strict=True)
        if code != syllable
    ]
    # One syllable without accents may be any of ten.
    return all(code == own for code, own in typed) and (len(run) > 1 or bool(typed))


def _table() -> Table:
    """Return all groups; those of editors at most a second old."""
    return remembered("search.synonyms", lambda: {**_shipped(), **_with(_shipped(), _of_editors())})


@cache
def _shipped() -> Table:
    groups: list[list[str]] = []
    for name in ("abbreviations", "lay_words"):
        text = files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
        groups += tomllib.loads(text)["same"]
    return _with({}, groups)


def _of_editors() -> list[list[str]]:
    return [one.group() for one in SearchSynonym.objects.order_by("pk")]


def _with(before: Table, groups: Iterable[Iterable[str]]) -> Table:
    """Return the entries of ``groups``, after what ``before`` has for the same phrases."""
    found: dict[tuple[str, ...], list[tuple[Phrase, tuple[Phrase, ...]]]] = {}
    for group in groups:
        phrases = list(_phrases(group))
        for phrase in phrases:
            others = tuple(one for one in phrases if one.syllables != phrase.syllables)
            known = found.setdefault(phrase.syllables, list(before.get(phrase.syllables, ())))
            if others:
                known.append((phrase, others))
    return found


def _phrases(group: Iterable[str]) -> Iterator[Phrase]:
    for text in group:
        words = [word for run in spoken(text) for word in run]
        if words:
            yield Phrase(*(tuple(part) for part in zip(*words, strict=True)))  # type: ignore[arg-type]
