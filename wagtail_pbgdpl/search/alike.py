"""Answered questions that look like what somebody types (C6, Q1: BK21 Điều 9.6).

Terms that few answers have lead to some hundred of them; these are read and compared. Who may read
an answer is asked of the page each time, so that nothing private is found.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router

from ..core.text import nfc
from . import words
from .keeping import EVERY, LEAD
from .models import AlikeTerm
from .sources import Basis, Document, Source, sources

#: Longer texts are cut, in letters.
LONGEST_TEXT = 2000
# More answers than this have a term: it tells little, and counting on costs time.
MOST_COUNTED = 2000
# So many rows are read of the terms, those of the rarest first.
MOST_ROWS = 6000
# So many answers are compared, the best of the terms first; again as many where most are private.
COMPARED = 80
ROUNDS = 3
# So many syllables that no answer has are taken for typing errors.
MOST_MENDED = 8

# What a term is worth beside a syllable that somebody wrote.
PAIR = 1.4
MENDED = 0.7
OTHERWISE = 0.9
# A longer phrase is not worth more than one of so many syllables.
SHORT = 4
IN_TEXT = 0.5
# How much it counts that an answer says other things as well: 0 not at all, 1 fully.
LENGTH = 0.2
# So many terms a title has.
USUAL = 20
# Of the terms of a title, the part that must have been said.
LEAST = 0.12


@dataclass(frozen=True, slots=True)
class Alike:
    """A public answer, and how much it looks like what was typed: more than 0, to compare by."""

    page: Any
    score: float
    source: Source

    @property
    def title(self) -> str:
        return str(self.page.title)

    @property
    def address(self) -> str:
        return self.page.get_url() or ""

    @property
    def basis(self) -> Sequence[Basis]:
        """The documents that the answer rests on."""
        return self.source.basis(self.page)


def alike(text: str, limit: int = 5) -> list[Alike]:
    """Return at most ``limit`` public answers that look like ``text``, the nearest first.

    ``text`` in any form, with or without accents; what goes beyond ``LONGEST_TEXT`` letters is not
    looked at. It is neither stored nor logged. At most seven queries.
    """
    weights = _weigh(nfc(text)[:LONGEST_TEXT])
    if not weights:
        return []
    keys = _candidates(weights)
    found: list[tuple[float, int, Source]] = []
    for start in range(0, ROUNDS * COMPARED, COMPARED):
        part = keys[start : start + COMPARED]
        for source in sources() if part else ():
            for document in source.public(part):
                if score := _score(document, weights):
                    found.append((score, document.key, source))
        if len(found) >= COMPARED // 2:
            break
    # Of equals the newer one.
    found.sort(key=lambda one: one[:2], reverse=True)
    return _with_pages(found[:limit])


@dataclass(frozen=True, slots=True)
class _Term:
    """``worth``: what it counts that an answer has it; ``count``: how many have it."""

    worth: float
    count: int


def _weigh(text: str) -> dict[str, _Term]:
    """Return the terms of what was typed that answers have; rare ones are worth most."""
    factors: dict[str, float] = {}
    runs = words.sentences(text)
    for run in runs:
        for term in words.terms(run):
            factors[term] = 1.0
        for phrase in words.said_otherwise(run):
            factor = OTHERWISE * min(1.0, SHORT / len(phrase))
            for term in words.terms(phrase):
                factors[term] = max(factor, factors.get(term, 0.0))
    counts = _count({*factors, EVERY})
    for term in _mend(runs, counts):
        factors.setdefault(term, MENDED)
    everything = counts.get(EVERY, 0) + 1
    return {
        term: _Term(
            factor
            * (PAIR if words.JOINT in term else 1.0)
            * math.log(1 + everything / (counts[term] + 0.5)),
            counts[term],
        )
        for term, factor in factors.items()
        if counts.get(term)
    }


def _mend(runs: Sequence[Sequence[str]], counts: dict[str, int]) -> set[str]:
    """Return terms in place of those that no answer has, and put how many have them in ``counts``.

    What was meant shows in the neighbours. What is known is never replaced.
    """
    places = [
        (run, place)
        for run in runs
        for place, syllable in enumerate(run)
        if syllable not in counts and syllable not in words.COMMON and not syllable.isdigit()
    ][:MOST_MENDED]
    if not places:
        return set()
    wanted = {run[place]: words.variants(run[place]) for run, place in places if len(run[place]) > 1}
    asked = set().union(*wanted.values()) if wanted else set()
    for syllable in wanted:
        asked.update(words.JOINT.join(pair) for pair in words.halves(syllable))
    known = _count(asked)
    pairs: dict[str, tuple[str, str]] = {}
    for run, place in places:
        for variant in wanted.get(run[place], set()) & known.keys():
            if place:
                pairs[f"{run[place - 1]}{words.JOINT}{variant}"] = (run[place], variant)
            if place + 1 < len(run):
                pairs[f"{variant}{words.JOINT}{run[place + 1]}"] = (run[place], variant)
    known |= _count(pairs)
    counts |= known
    found = {pair for pair in pairs if known.get(pair)}
    mended = {pairs[pair][0] for pair in found}
    found |= {pairs[pair][1] for pair in found}
    for syllable in wanted:
        glued = {words.JOINT.join(pair) for pair in words.halves(syllable)} & known.keys()
        found |= glued
        if syllable not in mended and not glued:
            found |= words.typed(syllable) & known.keys()
    return found


def _count(terms: Collection[str]) -> dict[str, int]:
    """Return how many answers have each of ``terms``, up to ``MOST_COUNTED``; without those that
    none has. One query."""
    if not terms:
        return {}
    listed = sorted(terms)
    table, term = _names()
    rows = ", ".join(["(%s)"] * len(listed))
    statement = (
        f"WITH asked (term) AS (VALUES {rows}) "  # noqa: S608
        f"SELECT asked.term, (SELECT COUNT(*) FROM (SELECT 1 FROM {table} "
        f"WHERE {table}.{term} = asked.term LIMIT %s) AS counted) FROM asked"
    )
    with connections[router.db_for_read(AlikeTerm)].cursor() as cursor:
        cursor.execute(statement, [*listed, MOST_COUNTED])
        return {name: number for name, number in cursor.fetchall() if number}


def _names() -> tuple[str, str]:
    quote = connections[router.db_for_read(AlikeTerm)].ops.quote_name
    return quote(AlikeTerm._meta.db_table), quote("term")


def _candidates(weights: Mapping[str, _Term]) -> list[int]:
    """Return the keys of the answers that have most of the terms, the best first. One query."""
    rows = AlikeTerm.objects.filter(term__in=_rarest(weights)).values_list("page", "term")
    scores: dict[int, float] = defaultdict(float)
    for page, term in rows[: 2 * MOST_ROWS]:
        scores[page] += weights[term].worth
    return sorted(scores, key=lambda page: (scores[page], page), reverse=True)


def _rarest(weights: Mapping[str, _Term]) -> list[str]:
    """Return the terms that tell most, as many as ``MOST_ROWS`` allows; at least one."""
    found: list[str] = []
    left = MOST_ROWS
    for term, about in sorted(weights.items(), key=lambda item: item[1].count):
        left -= about.count
        if found and left < 0:
            break
        found.append(term)
    return found


def _score(document: Document, weights: Mapping[str, _Term]) -> float:
    """Return how much an answer looks like what was typed; 0 where it does not."""
    title = {term for run in words.sentences(document.title) for term in words.terms(run)}
    said = title & weights.keys()
    run = words.syllables(document.text)[:LEAD]
    rest = (set(words.terms(run)) & weights.keys()) - said
    if not title or len(said) + len(rest) < LEAST * len(title):
        return 0.0
    worth = sum(weights[term].worth for term in said)
    worth += IN_TEXT * sum(weights[term].worth for term in rest)
    return worth / (1 - LENGTH + LENGTH * len(title) / USUAL)


def _with_pages(found: Sequence[tuple[float, int, Source]]) -> list[Alike]:
    pages = {
        source: source.pages([key for _score, key, own in found if own is source])
        for source in {source for _score, _key, source in found}
    }
    return [
        Alike(pages[source][key], score, source)
        for score, key, source in found
        if key in pages[source]
    ]
