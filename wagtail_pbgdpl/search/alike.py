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
from .keeping import EVERY, FREQUENT, LEAD
from .models import AlikeCount, AlikeTerm
from .sources import Basis, Document, Source, sources

#: Longer texts are cut, in letters: the time grows with them, and what is asked is said at first.
LONGEST_TEXT = 500
# So many rows are read of the terms, those of the rarest first, and so many of one of them.
MOST_ROWS = 2000
MOST_OF_ONE = 300
# So many answers are compared, the best of the terms first; again as many where most are private.
COMPARED = 60
ROUNDS = 3
# So many syllables that no answer has are taken for typing errors.
MOST_MENDED = 4
# So many claims of a long text are kept, those that tell most.
MOST_CLAIMS = 120
# Of what may have been meant it is enough to know that some have it.
MOST_MEANT = 100

# How much of a syllable that somebody wrote is met by an answer that has it, by one that has it
# with its neighbour, and by one that has what it was taken for, or what else people say.
ALONE = 0.6
PAIR = 0.9
MENDED = 0.7
OTHERWISE = 1.1
# An abbreviation stands for so many syllables at most.
LONG = 3
IN_TEXT = 0.5
# How much it counts that an answer says other things as well: 0 not at all, 1 fully.
LENGTH = 0.15
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
    if not text.strip():
        return []
    wish = _read(nfc(text)[:LONGEST_TEXT])
    if not wish.counts:
        return []
    keys = _candidates(wish)
    found: list[tuple[float, int, Source]] = []
    for start in range(0, ROUNDS * COMPARED, COMPARED):
        part = keys[start : start + COMPARED]
        for source in sources() if part else ():
            for document in source.public(part):
                if score := _score(document, wish):
                    found.append((score, document.key, source))
        if len(found) >= COMPARED // 2:
            break
    # Of equals the newer one.
    found.sort(key=lambda one: one[:2], reverse=True)
    return _with_pages(found[:limit])


@dataclass(frozen=True, slots=True)
class _Claim:
    """Syllables of what was typed, by their places, and the terms that an answer meets them by."""

    first: int
    last: int
    terms: tuple[str, ...]
    quality: float


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was typed. ``counts``: how many answers, about, have each term that any has; ``rarity``:
    how much each term tells, those that no answer has too."""

    claims: Sequence[_Claim]
    counts: Mapping[str, int]
    rarity: Mapping[str, float]


def _read(text: str) -> _Wish:
    runs = words.sentences(text)
    claims = []
    at = 0
    for run in runs:
        for place, syllable in enumerate(run, start=at):
            if syllable not in words.COMMON:
                claims.append(_Claim(place, place + 1, (syllable,), ALONE))
        for place, pair in enumerate(words.pairs(run), start=at):
            if pair:
                claims.append(_Claim(place, place + 2, (pair,), PAIR))
        for first, last, phrase in words.said_otherwise(run):
            terms = tuple(dict.fromkeys(words.terms(phrase)))
            if terms:
                claims.append(_Claim(at + first, at + last, terms, OTHERWISE))
        at += len(run)
    counts = _count({term for claim in claims for term in claim.terms} | {EVERY})
    claims += _mend(runs, counts)
    everything = counts.pop(EVERY, 0)
    claims = [claim for claim in claims if not counts.keys().isdisjoint(claim.terms)]
    asked = {term for claim in claims for term in claim.terms}
    rarity = {term: math.log(1 + everything / (counts.get(term, 0) + 0.5)) for term in asked}
    claims.sort(key=lambda claim: max(map(rarity.__getitem__, claim.terms)), reverse=True)
    del claims[MOST_CLAIMS:]
    asked = {term for claim in claims for term in claim.terms}
    return _Wish(claims, {term: counts[term] for term in asked & counts.keys()}, rarity)


def _mend(runs: Sequence[Sequence[str]], counts: dict[str, int]) -> list[_Claim]:
    """Return what was meant by syllables that no answer has, and put into ``counts`` how many have
    it.

    It shows in the neighbours. What is known is never replaced. Two queries.
    """
    places: list[tuple[Sequence[str], int, int]] = []
    at = 0
    for run in runs:
        for place, syllable in enumerate(run):
            if syllable not in counts and syllable not in words.COMMON and not syllable.isdigit():
                places.append((run, place, at + place))
        at += len(run)
    del places[MOST_MENDED:]
    meant = {
        run[place]: (words.variants(run[place]), words.halves(run[place]))
        for run, place, _at in places
        if len(run[place]) > 1
    }
    asked = {one for variants, _halves in meant.values() for one in variants}
    asked |= {words.joined(*pair) for _variants, halves in meant.values() for pair in halves}
    known = _count(asked, MOST_MEANT)
    found: list[tuple[_Claim, bool]] = []
    for run, place, at in places:
        variants, halves = meant.get(run[place], (set(), []))
        for variant in variants & known.keys():
            sure = variant in words.typed(run[place])
            found.append((_Claim(at, at + 1, (variant,), MENDED * ALONE), sure))
            if place:
                pair = words.joined(run[place - 1], variant)
                found.append((_Claim(at - 1, at + 1, (pair, variant), MENDED), False))
            if place + 1 < len(run):
                pair = words.joined(variant, run[place + 1])
                found.append((_Claim(at, at + 2, (pair, variant), MENDED), False))
        for pair in (words.joined(*half) for half in halves):
            if pair in known:
                found.append((_Claim(at, at + 1, (pair,), MENDED), True))
    pairs = _count({claim.terms[0] for claim, _sure in found if len(claim.terms) == 2})
    counts |= known | pairs
    return [claim for claim, sure in found if sure or claim.terms[0] in pairs]


def _count(terms: Collection[str], most: int = FREQUENT) -> dict[str, int]:
    """Return how many answers have each of ``terms``, without those that none has. One query.

    As counted last where many have it; else as it is now, up to ``most``.
    """
    if not terms:
        return {}
    listed = sorted(terms)
    table, term = _names(AlikeTerm)
    counts, _term = _names(AlikeCount)
    rows = ", ".join(["(%s)"] * len(listed))
    statement = (
        f"WITH asked (term) AS (VALUES {rows}) "  # noqa: S608
        f"SELECT asked.term, COALESCE((SELECT answers FROM {counts} "
        f"WHERE {counts}.{term} = asked.term), (SELECT COUNT(*) FROM (SELECT 1 FROM {table} "
        f"WHERE {table}.{term} = asked.term LIMIT %s) AS counted)) FROM asked"
    )
    with connections[router.db_for_read(AlikeTerm)].cursor() as cursor:
        cursor.execute(statement, [*listed, most])
        return {name: number for name, number in cursor.fetchall() if number}


def _names(model: Any) -> tuple[str, str]:
    quote = connections[router.db_for_read(model)].ops.quote_name
    return quote(model._meta.db_table), quote("term")


def _candidates(wish: _Wish) -> list[int]:
    """Return the keys of the answers that have most of the terms, the best first. One query.

    Of each term the newest; the database adds up, so that their number costs little here.
    """
    worth: dict[str, float] = {}
    for claim in wish.claims:
        for term in claim.terms:
            own = claim.quality * wish.rarity[term] / max(1, len(claim.terms) / LONG)
            worth[term] = max(own, worth.get(term, 0.0))
    table, term_column = _names(AlikeTerm)
    terms = _rarest(wish.counts)
    newest = " UNION ALL ".join(
        [
            f"SELECT page, worth FROM (SELECT page, %s AS worth FROM {table} "  # noqa: S608
            f"WHERE {term_column} = %s ORDER BY page DESC LIMIT %s) AS newest"
        ]
        * len(terms)
    )
    statement = (
        f"SELECT page FROM ({newest}) AS met "  # noqa: S608
        "GROUP BY page ORDER BY SUM(worth) DESC, page DESC LIMIT %s"
    )
    values = [value for term in terms for value in (worth[term], term, MOST_OF_ONE)]
    with connections[router.db_for_read(AlikeTerm)].cursor() as cursor:
        cursor.execute(statement, [*values, ROUNDS * COMPARED])
        return [page for (page,) in cursor.fetchall()]


def _rarest(counts: Mapping[str, int]) -> list[str]:
    """Return the terms that tell most, as many as ``MOST_ROWS`` allows; at least one."""
    found: list[str] = []
    left = MOST_ROWS
    for term, count in sorted(counts.items(), key=lambda item: item[1]):
        left -= min(count, MOST_OF_ONE)
        if found and left < 0:
            break
        found.append(term)
    return found


def _score(document: Document, wish: _Wish) -> float:
    """Return how much an answer looks like what was typed; 0 where it does not.

    Each syllable that was typed counts once, by the best of what meets it.
    """
    has = dict.fromkeys(words.terms(words.syllables(document.text)[:LEAD]), IN_TEXT)
    title = {term for run in words.sentences(document.title) for term in words.terms(run)}
    has |= dict.fromkeys(title, 1.0)
    if not title or len(has.keys() & wish.counts.keys()) < LEAST * len(title):
        return 0.0
    best: dict[int, float] = defaultdict(float)
    for claim in wish.claims:
        met = sum(has[term] * wish.rarity[term] for term in claim.terms if term in has)
        if not met:
            continue
        length = claim.last - claim.first
        size = max(length, min(LONG, (len(claim.terms) + 1) // 2))
        worth = claim.quality * met / len(claim.terms) * size / length
        for place in range(claim.first, claim.last):
            best[place] = max(best[place], worth)
    return sum(best.values()) / (1 - LENGTH + LENGTH * len(title) / USUAL)


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
