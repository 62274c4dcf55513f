"""The page of the search: what was found, by kinds, with what narrows it (C14, C7, D1).

It is the same at the fixed address of the search box and at the page of the search in the tree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from ..core.flood import FloodGate
from ..core.text import LazyText, nfc
from ..intake.addresses import UNKNOWN, address_of
from ..legal.validity import VALIDITY
from ..organisation.models import Unit
from ..reference.models import IssuingBody, LegalField
from ..search.engine import LAST_PAGE, PER_PAGE, Found, Query, engine
from ..search.entries import kinds
from ..search.results import Result, meant, results
from ..search.signals import asked
from ..serving.process_cache import remembered
from ..site.languages import active_code, locales
from ..sources import searching

LONGEST_QUERY = 200
LONGEST_CODE = 80
WORDS, PAGE, VERBATIM = "q", "trang", "nguyen-van"
# For each process and minute; an office may stand behind one address.
gate = FloodGate(limit=120, limit_of_all=1200, share=20)
# Where a server in front hides addresses, everybody looks alike.
gate_of_unknown = FloodGate(limit=1200, limit_of_all=1200, share=0)
# Of suggestions there are several for each search.
gate_of_typing = FloodGate(limit=600, limit_of_all=3000, share=60)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """By what results are narrowed: its ``name`` in the engine and in addresses."""

    name: str
    parameter: str
    label: LazyText


NARROWINGS = (
    Narrowing("kind", "loai", _("Kind")),
    Narrowing("field", "linh-vuc", _("Legal field")),
    Narrowing("office", "co-quan", _("Unit or issuing body")),
    Narrowing("year", "nam", _("Year")),
    Narrowing("validity", "hieu-luc", _("Validity")),
)
KIND, *OTHERS = NARROWINGS
# A narrowing shows so many choices, those with most results.
MOST_CHOICES = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """``address`` narrows to it, or undoes that where it is chosen. ``count``: ``None`` where it
    is not known, among thousands."""

    label: str
    count: int | None
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    label: LazyText
    choices: Sequence[Choice]

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind; ``count`` of that kind in all, with the address of all of them."""

    label: str
    results: Sequence[Result]
    count: int | None
    address: str


class SearchPage:
    """A page of results, as its template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.text = _text(request, WORDS, LONGEST_QUERY)
        self.is_verbatim = request.GET.get(VERBATIM) == "1"
        self.chosen = {
            one.name: code
            for one in NARROWINGS
            if (code := _text(request, one.parameter, LONGEST_CODE))
        }
        number = request.GET.get(PAGE, "")
        is_number = number.isascii() and number.isdecimal() and len(number) < 6
        self.number = max(1, int(number)) if is_number else 1
        self.is_refused = bool(self.text) and not passes(request)

    @cached_property
    def found(self) -> Found:
        if not self.text or self.is_refused:
            return Found()
        query = Query(self.text, content_language(), self.chosen, self.number)
        found = engine.search(query, mend=not self.is_verbatim)
        if found.total and not found.keys and self.number > 1:
            # There are no more pages: the last one.
            self.number = min(-(-found.total // PER_PAGE), LAST_PAGE)
            query = dataclasses.replace(query, page=self.number)
            found = engine.search(query, mend=not self.is_verbatim)
        return found

    @cached_property
    def results(self) -> list[Result]:
        return results(self.found)

    @property
    def lead(self) -> Result | None:
        """The document whose number was typed."""
        return self.results[0] if self.found.leads and self.results else None

    @cached_property
    def groups(self) -> list[Group]:
        """The results by kinds, that of the best first; one list where a kind is chosen."""
        rest = self.results[1:] if self.lead else self.results
        by_kind: dict[str, list[Result]] = {}
        for one in rest:
            by_kind.setdefault(one.kind, []).append(one)
        counts = self.found.facets.get("kind", {})
        return [
            Group(
                str(kinds().get(kind, kind)),
                own,
                None if self.found.is_more else counts.get(kind),
                "" if "kind" in self.chosen else self.address(kind=kind),
            )
            for kind, own in by_kind.items()
        ]

    @cached_property
    def kinds(self) -> list[Choice]:
        """All results and those of each kind."""
        counts = self.found.facets.get("kind", {})
        everything = sum(counts.values())
        whole = Choice(
            "",
            None if self.found.is_more else everything,
            self.address(kind=""),
            "kind" not in self.chosen,
        )
        own = list(self._choices(KIND))
        return [whole, *own] if len(own) > 1 or "kind" in self.chosen else []

    @cached_property
    def facets(self) -> list[Facet]:
        if self.found.total < 2 and not self.is_narrowed:
            return []
        found = (Facet(one.label, list(self._choices(one))) for one in OTHERS)
        return [one for one in found if len(one.choices) > 1 or one.is_used]

    @cached_property
    def chosen_choices(self) -> list[Choice]:
        """What the results are narrowed to, each with the address without it."""
        found = [choice for facet in self.facets for choice in facet.choices if choice.is_chosen]
        return [*(choice for choice in self._choices(KIND) if choice.is_chosen), *found]

    @cached_property
    def meant(self) -> str:
        """What was looked for instead of what was typed, as it stands in what was found."""
        return meant(self.found)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen)

    @property
    def without_narrowing(self) -> str:
        return "?" + urlencode({WORDS: self.text})

    @property
    def verbatim(self) -> str:
        return "?" + urlencode({WORDS: self.text, VERBATIM: "1"})

    @property
    def query_prefix(self) -> str:
        return self.address()[1:] + "&"

    @cached_property
    def page_of_items(self) -> Any:
        """The place among the pages of results, as pagination shows it."""
        total = min(self.found.total, LAST_PAGE * PER_PAGE)
        return Paginator(range(total), PER_PAGE).get_page(self.number)

    def address(self, **other: str) -> str:
        """Return the address of the same search with other narrowing."""
        chosen = {**self.chosen, **other}
        parts = [self._words]
        parts += [
            f"{one.parameter}={quote_plus(chosen[one.name])}"
            for one in NARROWINGS
            if chosen.get(one.name)
        ]
        parts += [f"{VERBATIM}=1"] if self.is_verbatim else []
        return f"?{'&'.join(parts)}"

    @cached_property
    def _words(self) -> str:
        return urlencode({WORDS: self.text})

    def _choices(self, narrowing: Narrowing) -> Iterator[Choice]:
        counts = self.found.facets.get(narrowing.name, {})
        mine = self.chosen.get(narrowing.name)
        codes = list(counts)
        if narrowing is KIND:
            codes = [kind for kind in kinds() if kind in counts]
        elif narrowing.name == "year":
            codes = sorted(counts, reverse=True)
        codes = codes[:MOST_CHOICES]
        if mine and mine not in codes:
            codes.append(mine)
        names = _names(narrowing.name)
        for code in codes:
            if narrowing.name in ("year", "kind") or code in names or code == mine:
                yield Choice(
                    str(names.get(code, code)),
                    None if self.found.is_more else counts.get(code, 0),
                    self.address(**{narrowing.name: "" if code == mine else code}),
                    code == mine,
                )


def search_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the template of the search shows."""
    page = SearchPage(request)
    if page.text and not page.is_refused and page.number == 1 and not page.is_narrowed:
        asked.send(sender=SearchPage, request=request, text=page.text, total=page.found.total)
    return {"search": page, "query": page.text, "asks_elsewhere": searching.is_any()}


def suggestions(request: HttpRequest) -> list[str] | None:
    """Return titles for what somebody is typing; ``None`` where too much is asked."""
    text = _text(request, WORDS, LONGEST_QUERY)
    if not text:
        return []
    return engine.suggest(text, content_language()) if passes(request, gate_of_typing) else None


def passes(request: HttpRequest, own: FloodGate | None = None) -> bool:
    """Whether a search, or what ``own`` counts, may be answered yet from where somebody asks."""
    address = address_of(request)
    if own is None:
        own = gate_of_unknown if address == UNKNOWN else gate
    return own.passes(address)


def content_language() -> str:
    """Return the language of the pages that are looked for: the one there is, or the active one."""
    if locales():
        return active_code()
    return remembered("search.language", lambda: Locale.get_default().language_code)


def _names(narrowing: str) -> Mapping[str, Any]:
    match narrowing:
        case "kind":
            return kinds()
        case "field":
            return remembered(
                "search.fields", lambda: dict(LegalField.objects.values_list("code", "name"))
            )
        case "office":
            return remembered("search.offices", _offices)
        case "validity":
            return VALIDITY
    return {}


def _offices() -> dict[str, str]:
    found = {f"b-{code}": name for code, name in IssuingBody.objects.values_list("code", "name")}
    return found | {f"u-{code}": name for code, name in Unit.objects.values_list("code", "name")}


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return nfc(request.GET.get(name, "")[: 2 * longest]).replace("\x00", "").strip()[:longest]  # type: ignore[no-any-return]
