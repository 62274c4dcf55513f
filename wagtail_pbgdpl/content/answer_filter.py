"""Narrow the list of answers: words, legal field, unit and year (C6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest

from ..core.discovery import concrete_models
from ..core.text import nfc
from ..organisation.models import Unit
from ..reference.models import LegalField
from ..search.engine import Query, engine
from ..serving.listing import published_in
from ..serving.process_cache import remembered
from .answers import AnswerMixin
from .filters import ListingFilter
from .search_results import LONGEST_QUERY, content_language

FIELD = "linh-vuc"
UNIT = "don-vi"
WORDS = "q"
LONGEST_CODE = 60
# The best matches of the search; among these the other conditions choose.
MOST_FOUND = 500
# What the search calls them.
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class AnswerFilter(ListingFilter):
    """``field`` and ``unit``: codes; ``words``: as they were typed."""

    field: str = ""
    unit: str = ""
    words: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> AnswerFilter:
        common = ListingFilter.of(request)
        return cls(
            year=common.year,
            tag=common.tag,
            tag_name=common.tag_name,
            field=_text(request, FIELD, LONGEST_CODE),
            unit=_text(request, UNIT, LONGEST_CODE),
            words=_text(request, WORDS, LONGEST_QUERY),
        )

    def __bool__(self) -> bool:
        return ListingFilter.__bool__(self) or bool(self.field or self.unit or self.words)

    def apply(self, pages: Any) -> Any:
        pages = ListingFilter.apply(self, pages)
        if self.field:
            pages = pages.filter(_of_field(self.field))
        if self.unit:
            pages = pages.filter(unit__code=self.unit)
        if self.words:
            pages = pages.filter(pk__in=_found(self.words))
        return pages

    @property
    def query_prefix(self) -> str:
        own = [(WORDS, self.words), (FIELD, self.field), (UNIT, self.unit)]
        query = urlencode([(name, value) for name, value in own if value])
        # Without ``super()``: a class with slots is made anew.
        prefix = ListingFilter.query_prefix.fget(self)  # type: ignore[attr-defined]
        return f"{query}&{prefix}" if query else prefix


def answered_fields(index_page: Any) -> tuple[LegalField, ...]:
    """Return the legal fields of the public answers below ``index_page``; a second old at most."""
    return remembered(("answered fields", index_page.pk), lambda: _answered_fields(index_page))


def answering_units(index_page: Any) -> tuple[Unit, ...]:
    """Return the units of the public answers below ``index_page``; a second old at most."""
    keys = published_in(index_page).order_by().values("unit")
    return remembered(
        ("answering units", index_page.pk), lambda: tuple(Unit.objects.filter(pk__in=keys))
    )


def _answered_fields(index_page: Any) -> tuple[LegalField, ...]:
    listed = published_in(index_page).order_by().values("pk")
    used = Q()
    for model in concrete_models(AnswerMixin):
        answers = model._default_manager.filter(pk__in=listed).order_by()
        used |= Q(pk__in=answers.values("legal_fields"))
    return tuple(LegalField.objects.filter(used))


def _of_field(code: str) -> Q:
    found = Q(pk__in=())
    for model in concrete_models(AnswerMixin):
        answers = model._default_manager.filter(legal_fields__code=code).order_by()
        found |= Q(pk__in=answers.values("pk"))
    return found


def _found(words: str) -> list[int]:
    """Return the keys of the public answers that the search of the portal finds for ``words``."""
    return engine.matches(Query(words, content_language(), {"kind": ANSWER}), MOST_FOUND)


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return nfc(request.GET.get(name, "")).replace("\x00", "").strip()[:longest]
