"""Narrow the listing of a category, kept while one turns the pages: facets, words, a tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

from ..core.text import nfc
from ..serving.process_cache import of_version, remembered
from .facets import KIND, SUPPLIER, TAG, YEAR, Facet, Value
from .tags import ContentTag

WORDS = "q"
LONGEST_WORDS = 200


class Offered(NamedTuple):
    """A value of a facet; ``query`` is the address that chooses it, or gives it up."""

    value: str
    label: str
    items: int
    is_chosen: bool
    query: str


class Group(NamedTuple):
    """A facet as it is shown, with what occurs; ``all_query`` gives the choice up."""

    facet: Facet
    values: Sequence[Offered]
    chosen: str
    all_query: str

    @property
    def tells(self) -> bool:
        """Whether it tells items from one another, or is chosen."""
        return bool(self.facet.shows_one or len(self.values) > 1 or self.chosen)


@dataclass(frozen=True, slots=True)
class ListingFilter:
    """``chosen``: values by the names of ``facets``; ``tag_name``: of the tag; ``words``: as
    typed."""

    tag_name: str = ""
    words: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    facets: Sequence[Facet] = ()

    #: Whether one may search the list for words.
    takes_words: ClassVar[bool] = False

    @classmethod
    def of(cls, request: HttpRequest, facets: Sequence[Facet] = (KIND, TAG, YEAR)) -> ListingFilter:
        """Read the filter from the address; what makes no sense there is left out."""
        read = {one.name: one.read(request.GET.get(one.name, "")) for one in facets}
        tag = read.get(TAG.name)
        found = ContentTag.objects.filter(slug=tag).first() if tag else None
        return cls(
            tag_name=found.name if found else "",
            words=_text(request, WORDS, LONGEST_WORDS) if cls.takes_words else "",
            chosen={name: value for name, value in read.items() if value},
            facets=tuple(facets),
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.chosen)

    @property
    def tag(self) -> str:
        return self.chosen.get(TAG.name, "")

    @property
    def unit(self) -> str:
        return self.chosen.get(SUPPLIER.name, "")

    @property
    def year(self) -> int | None:
        return int(self.chosen[YEAR.name]) if YEAR.name in self.chosen else None

    def apply(self, pages: Any, *, but: Facet | None = None) -> Any:
        """Return the pages of a queryset that the filter lets through, leaving out one facet."""
        for facet in self.facets:
            if facet is not but and (value := self.chosen.get(facet.name)):
                pages = facet.narrow(pages, value)
        return pages

    def groups(self, key: Any, pages: Any) -> list[Group]:
        """Return the facets with the values that occur in ``pages`` under the other conditions.

        They are at most a second old, by ``key`` of the list. One query or a few for each facet.
        """
        groups = (self._group(facet, key, pages) for facet in self.facets)
        return [one for one in groups if one.values and one.tells]

    def _group(self, facet: Facet, key: Any, pages: Any) -> Group:
        chosen = self.chosen.get(facet.name, "")
        others = tuple(self._query(facet))
        # So many sets of choices there are that they would crowd out what every page needs.
        recall = remembered if others else of_version
        values: Sequence[Value] = recall(
            ("facet", key, facet.name, others),
            lambda: tuple(facet.values(self.apply(pages, but=facet))),
        )
        return Group(facet, tuple(self._offered(facet, values)), chosen, _written(others))

    def _offered(self, facet: Facet, values: Sequence[Value]) -> Iterator[Offered]:
        chosen = self.chosen.get(facet.name, "")
        others = tuple(self._query(facet))
        for one in values:
            query = _written((*others, (facet.name, one.value)))
            yield Offered(*one, one.value == chosen, query)

    def _query(self, but: Facet | None = None) -> Iterator[tuple[str, str]]:
        if self.words:
            yield WORDS, self.words
        for facet in self.facets:
            if facet is not but and (value := self.chosen.get(facet.name)):
                yield facet.name, value

    @property
    def query_prefix(self) -> str:
        """The filter as it stands in an address before the number of the page: ``nam=2026&``."""
        query = _written(tuple(self._query()))
        return f"{query}&" if query else ""


def _written(query: Sequence[tuple[str, str]]) -> str:
    return urlencode(query)


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return nfc(request.GET.get(name, "")).replace("\x00", "").strip()[:longest]
