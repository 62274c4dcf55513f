"""The search of the portal: what is found for what somebody typed, and in which order.

At most eight queries a question, none of which reads more than some hundred rows, but for the count
of what has all words.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, cast

from django.utils.module_loading import import_string

from ..conf import settings
from ..core.text import nfc
from ..serving.process_cache import remembered
from . import citations, mending, pins, tiers
from .entries import asides
from .expressions import Expression, Has, every, has
from .index import Facets
from .index_models import SearchEntry
from .reading import Closeness, Unit, Wish, Word, of_words, read, read_as_words
from .store import Hit
from .stores import documents_with, store
from .tiers import Order, Tier
from .tokens import LEAD, TITLE, filter_token, folded
from .words import joined, syllables

logger = logging.getLogger(__name__)

PER_PAGE = 10
#: Of each tier the newest are looked at.
MOST_OF_A_TIER = 100
#: So far results can be turned.
LAST_PAGE = 50
#: Above so many entries, what many have is counted up to here.
LARGE = 10_000
MOST_COUNTED = 5_001
# Below so many, what lacks a word is offered too.
FEW = 50
# The parts of an index that a filter names, by the names of filters.
FILTERS = {"kind": "k", "field": "f", "office": "u", "year": "y", "validity": "v"}
# What words are worth where nothing has them all, by where they stand.
WORTH = {TITLE: 1.0, LEAD: 0.7, "": 0.3}
# What it is worth that other words stand there for it.
LOOSER = 0.5
COMMON_SHARE = 0.05
MOST_WEIGHED = 6
LEAST_WEIGHT = 0.3
MOST_SUGGESTED = 8
SHORTEST_TYPED = 2


@dataclass(frozen=True, slots=True)
class Query:
    """``filters``: codes by the names of ``FILTERS``; ``language``: its code; pages from 1."""

    text: str
    language: str
    filters: Mapping[str, str] = field(default_factory=dict)
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the ``keys`` of a page of results in their order.

    ``total``: how many there are in all, ``is_more``: more than that; ``facets``: by the names of
    ``FILTERS``, how many have which code, were it chosen beside the other filters; ``wish``: what
    was looked for; ``instead_of``: what had been typed instead, or empty; ``is_weighed``: nothing
    has all words; ``leads``: the first is the document whose number was typed.
    """

    keys: Sequence[int] = ()
    total: int = 0
    is_more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    wish: Wish = field(default_factory=lambda: Wish(""))
    instead_of: str = ""
    is_weighed: bool = False
    leads: bool = False
    pinned: Collection[int] = ()

    @property
    def meant(self) -> str:
        """What was looked for instead of what was typed, without accents."""
        return " ".join(word.syllable for word in self.wish.words)


class Engine(Protocol):
    """What asks an index: that of the portal's own database, or another that has its entries.

    Entries are named by the keys of ``SearchEntry``, whoever finds them.
    """

    def search(self, query: Query, *, mend: bool = True) -> Found:
        """Return a page of results. ``mend``: look for what was meant where nothing is found."""

    def matches(self, query: Query, most: int) -> list[int]:
        """Return the numbers of what is found, of all pages together, ``most`` of them."""

    def titled(self, query: Query, most: int) -> list[int]:
        """Return the numbers of what has the words in its title, and what numbers it names."""

    def suggest(self, typed: str, language: str) -> list[str]:
        """Return titles that may be meant by what somebody is typing."""


class OwnEngine:
    """The index in the site's database."""

    def search(self, query: Query, *, mend: bool = True) -> Found:
        wish = read(query.text, documents_with)
        if not wish:
            return Found(wish=wish)
        search = _Search(query)
        found = search.by_number(wish) if wish.numbers else None
        if found is None and wish.numbers:
            wish = read_as_words(query.text, documents_with)
        if found is None and wish.articles:
            found = search.by_article(wish)
            if found is None and not wish.units:
                wish = read_as_words(query.text, documents_with)
        if found is None and wish.units:
            found = search.by_words(wish, mend=mend)
        return search.with_pins(found or Found(wish=wish))

    def matches(self, query: Query, most: int) -> list[int]:
        wish = read(query.text, documents_with)
        keys: list[int] = []
        if wish.units and not wish.numbers and not wish.articles:
            keys = _newest([tiers.matching(wish)], query, most)
        return _objects(keys or self.search(query).keys)

    def titled(self, query: Query, most: int) -> list[int]:
        asked = _titled(read(query.text, documents_with))
        return _objects(_newest(asked, query, most)) if asked else []

    def suggest(self, typed: str, language: str) -> list[str]:
        words = syllables(nfc(typed)[:80])
        if not words or sum(map(len, words)) < SHORTEST_TYPED:
            return []
        spoken_in = has(filter_token("l", language))
        # What bears a number comes before titles that name it.
        numbers = citations.read(nfc(typed)[:80]).numbers
        asked = [tiers.bearing(numbers)] if numbers else []
        asked = [every([one, spoken_in]) for one in (*asked, _begun(words))]
        hits = store().hits(asked, MOST_OF_A_TIER)
        if not hits and (meant := _titled(read(typed[:80], documents_with))):
            # Numbers, abbreviations, signs of Telex, other orders of words.
            hits = store().hits([every([*meant, spoken_in])], MOST_OF_A_TIER)
        said = " ".join(words)
        hits.sort(
            key=lambda hit: (-hit.tier, hit.words.startswith(said), -len(hit.words), hit.key),
            reverse=True,
        )
        chosen = [hit.key for hit in hits[: 3 * MOST_SUGGESTED]]
        titles = dict(SearchEntry.objects.filter(key__in=chosen).values_list("key", "title"))
        return list(dict.fromkeys(titles[key] for key in chosen if key in titles))[:MOST_SUGGESTED]


def _titled(wish: Wish) -> list[Expression]:
    """Return what has the words in its title, and bears the number; empty where nothing is said."""
    own = [tiers.bearing(wish.numbers)] if wish.numbers else []
    return own + [unit.expression(TITLE) for unit in wish.units]


def _begun(words: Sequence[str]) -> Expression:
    """Return what has the words in its title in a row, the last as it begins."""
    *before, last = words
    pairs = [f"{TITLE}.{joined(*pair)}" for pair in itertools.pairwise(before)]
    ending = f"{TITLE}.{joined(before[-1], last) if before else last}"
    return every([*map(Has, pairs), Has(ending, is_beginning=True)])


def _newest(asked: Sequence[Expression], query: Query, most: int) -> list[int]:
    """Return the keys of what has all that is asked, in the language and with the filters."""
    narrowed = [has(filter_token("l", query.language))]
    narrowed += [has(filter_token(FILTERS[name], one)) for name, one in query.filters.items()]
    return [hit.key for hit in store().hits([every([*asked, *narrowed])], most)]


def _objects(keys: Collection[int]) -> list[int]:
    rows = SearchEntry.objects.filter(key__in=keys)
    return list(rows.values_list("object_id", flat=True))


class _Chosen:
    """Asks the engine that ``SEARCH_ENGINE`` names."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_made(settings.SEARCH_ENGINE), name)


@cache
def _made(path: str) -> Engine:
    try:
        made: Engine = import_string(path)()
    except ImportError:
        # The check E017 explains it; visitors go on searching.
        logger.exception("The engine of the search cannot be found: %s", path)
        return OwnEngine()
    return made


engine: Engine = cast("Engine", _Chosen())


class _Rows:
    """Hits in their order, each entry once, where it came first."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.order = Order(wish)
        self.found: dict[int, Facets] = {}
        self.whole: set[int] = set()

    def take(self, found: Iterable[tuple[Tier, list[Hit]]]) -> None:
        behind = asides()
        for tier, hits in found:
            ordered = []
            for hit in hits:
                facets = Facets.read(hit.facets)
                order = self.order.of(hit.words, is_aside=facets.kind in behind)
                ordered.append((order, hit.key, facets))
            # No two have the same key.
            ordered.sort(reverse=True)
            for _order, key, facets in ordered:
                self.found.setdefault(key, facets)
            if tier.is_whole:
                self.whole.update(hit.key for hit in hits)

    def complete(self, page: int) -> None:
        """Of what lacks a word, leave what fills the first page."""
        left = max(0, PER_PAGE - len(self.whole))
        for key in [key for key in self.found if key not in self.whole]:
            left -= 1
            if left < 0:
                del self.found[key]


class _Search:
    def __init__(self, query: Query) -> None:
        self.query = query
        self.store = store()
        self.language = has(filter_token("l", query.language))
        self.filters = {
            name: code for name, code in query.filters.items() if name in FILTERS and code
        }
        self.page = min(max(query.page, 1), LAST_PAGE)
        self.most = max(MOST_OF_A_TIER, self.page * PER_PAGE)

    # The ways to find something

    def by_number(self, wish: Wish) -> Found | None:
        rows = _Rows(wish)
        ways = tiers.of_numbers(wish)
        rows.take(self._hits(ways))
        if not rows.found:
            return None
        found = self._of_rows(rows)
        leads = self.page == 1 and bool(found.keys) and not self.filters
        return dataclasses.replace(found, leads=leads)

    def by_article(self, wish: Wish) -> Found | None:
        number = wish.articles[0].article
        counted = self._count(tiers.about_article(wish, number, self.language))
        if not counted:
            return None
        if wish.units:
            ways = [
                one
                for closeness in wish.closenesses()
                for group in tiers.climb(wish, closeness)
                for one in group
            ]
        else:
            ways = [Tier(self.language)]
        return self._of_many(wish, counted, tiers.with_article(wish, ways, number))

    def by_words(self, wish: Wish, *, mend: bool) -> Found:
        counted = self._count(tiers.matching(wish))
        total = sum(counted.values())
        if not total or (mend and total < FEW):
            other = self._meant(wish, nothing=not total) if mend else None
            if other is not None:
                found = self.by_words(other, mend=False)
                if found.total and (wish.unknown or not found.is_weighed):
                    return dataclasses.replace(found, instead_of=wish.text)
        if not total:
            return self._weighed(wish)
        if total < FEW:
            rows = _Rows(wish)
            for closeness in wish.closenesses():
                rows.take(
                    self._hits([one for group in tiers.climb(wish, closeness) for one in group])
                )
            rows.complete(self.page)
            return self._of_rows(rows)
        climbed = (
            group for closeness in wish.closenesses() for group in tiers.climb(wish, closeness)
        )
        return self._of_many(wish, counted, climbed)

    def _of_many(
        self, wish: Wish, counted: Mapping[Facets, int], groups: Iterable[Sequence[Tier]]
    ) -> Found:
        """Return the first of ``groups`` that fill the page; how many there are is counted."""
        rows = _Rows(wish)
        narrowed = self._narrowing()
        enough = self.page * PER_PAGE
        for group in groups:
            whole = [one for one in group if one.is_whole]
            rows.take(self._hits(whole, narrowed, enough))
            if len(rows.found) >= enough:
                break
        total = sum(count for facets, count in counted.items() if self._fits(facets))
        is_more = sum(counted.values()) >= MOST_COUNTED and self._is_large()
        return Found(
            keys=self._turned(list(rows.found)),
            total=total,
            is_more=is_more,
            facets=self._facets(counted),
            wish=wish,
        )

    def _weighed(self, wish: Wish) -> Found:
        """Return what has most of the words, the rare ones first; nothing has them all."""
        everything = self._everything()
        wish = wish.with_others(documents_with)
        units = sorted(
            (unit for unit in wish.units if self._is_known(unit, wish)),
            key=lambda unit: wish.rarity(unit, everything),
            reverse=True,
        )[:MOST_WEIGHED]
        if not units:
            return Found(wish=wish)
        ways: list[tuple[Tier, float, int]] = []
        for place, unit in enumerate(units):
            rarity = wish.rarity(unit, everything)
            count = wish.frequency(unit)
            for scope, worth in WORTH.items():
                if scope == TITLE or everything < FEW or count <= COMMON_SHARE * everything:
                    exact = unit.expression(scope, Closeness.EXACT)
                    ways.append((Tier(exact), worth * rarity, place))
                    if unit.looser:
                        ways.append((Tier(unit.expression(scope)), LOOSER * worth * rarity, place))
        scores: dict[int, dict[int, float]] = defaultdict(dict)
        facets: dict[int, Facets] = {}
        for (_tier, worth, place), (_same, hits) in zip(
            ways, self._hits([one[0] for one in ways]), strict=True
        ):
            for hit in hits:
                own = scores[hit.key]
                own[place] = max(worth, own.get(place, 0.0))
                facets[hit.key] = Facets.read(hit.facets)
        sums = {key: round(sum(own.values()), 6) for key, own in scores.items()}
        most = (
            wish.rarity(unit, everything) * (1 if wish.frequency(unit, Closeness.EXACT) else LOOSER)
            for unit in units
        )
        least = LEAST_WEIGHT * sum(most)
        rows = _Rows(wish)
        for key in sorted(sums, key=lambda key: (sums[key], key), reverse=True):
            if sums[key] >= least:
                rows.found[key] = facets[key]
        return dataclasses.replace(self._of_rows(rows), is_weighed=True)

    def _meant(self, wish: Wish, *, nothing: bool) -> Wish | None:
        """Return what was meant, where words are unknown, or nobody wrote two of them together."""
        words: list[Word] | None = None
        if wish.unknown:
            words = mending.mended(wish, documents_with)
        elif mending.lonely(wish) and (nothing or not self._in_titles(wish)):
            words = mending.mended_pair(wish, documents_with)
        if words is None:
            return None
        meant = of_words(wish.text, words, documents_with)
        return dataclasses.replace(meant, articles=wish.articles)

    def _in_titles(self, wish: Wish) -> bool:
        return bool(self._hits([Tier(every(unit.expression(LEAD) for unit in wish.units))])[0][1])

    # What they are made of

    def _hits(
        self,
        ways: Sequence[Tier],
        narrowed: Sequence[Expression] = (),
        enough: int | None = None,
    ) -> list[tuple[Tier, list[Hit]]]:
        """Return what the tiers have; those behind ``enough`` entries may be left out."""
        if not ways:
            return []
        # Of one word, in a row and anywhere is the same.
        asked: dict[Expression, int] = {}
        for tier in ways:
            asked.setdefault(tier.expression, len(asked))
        found: list[list[Hit]] = [[] for _one in asked]
        questions = [every([one, self.language, *narrowed]) for one in asked]
        for hit in self.store.hits(questions, self.most, enough):
            found[hit.tier].append(hit)
        return [(tier, found[asked[tier.expression]]) for tier in ways]

    def _count(self, expression: Expression) -> Mapping[Facets, int]:
        most = MOST_COUNTED if self._is_large() else self._everything() + 1
        rows = self.store.counts(every([expression, self.language]), most)
        return {Facets.read(facets): count for facets, count in rows}

    def _of_rows(self, rows: _Rows) -> Found:
        counted = Counter(rows.found.values())
        keys = [key for key, facets in rows.found.items() if self._fits(facets)]
        return Found(
            keys=self._turned(keys), total=len(keys), facets=self._facets(counted), wish=rows.wish
        )

    def _turned(self, keys: Sequence[int]) -> list[int]:
        return list(keys[(self.page - 1) * PER_PAGE : self.page * PER_PAGE])

    def _narrowing(self) -> list[Expression]:
        return [
            has(filter_token(FILTERS[name], code)) for name, code in sorted(self.filters.items())
        ]

    def _fits(self, facets: Facets, *, but: str = "") -> bool:
        return all(
            code in _codes_of(facets, name) for name, code in self.filters.items() if name != but
        )

    def _facets(self, counted: Mapping[Facets, int]) -> dict[str, dict[str, int]]:
        found: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
        for facets, count in counted.items():
            for name, counts in found.items():
                if self._fits(facets, but=name):
                    for code in _codes_of(facets, name):
                        counts[code] += count
        return {
            name: dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
            for name, counts in found.items()
        }

    def _is_known(self, unit: Unit, wish: Wish) -> bool:
        return bool(unit.others or unit.looser) or all(
            one in wish.documents for one in unit.syllables
        )

    def _everything(self) -> int:
        return remembered("search.everything", SearchEntry.objects.count)

    def _is_large(self) -> bool:
        return self._everything() > LARGE

    def with_pins(self, found: Found) -> Found:
        """Put first what editors have pinned to what was typed."""
        if self.page > 1 or self.filters:
            return found
        pinned = pins.pinned(folded(self.query.text))
        if not pinned:
            return found
        keys = list(dict.fromkeys([*pinned, *found.keys]))[:PER_PAGE]
        more = len(set(pinned) - set(found.keys))
        return dataclasses.replace(
            found,
            keys=keys,
            total=max(found.total, len(keys), more),
            pinned=frozenset(pinned),
            leads=False,
        )


def _codes_of(facets: Facets, name: str) -> tuple[str, ...]:
    if name == "field":
        return facets.fields
    code = getattr(facets, name)
    return (code,) if code else ()
