"""Narrow the list of answers: words, legal field, unit and year (C6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..core.discovery import concrete_models
from ..serving.listing import public
from .answers import AnswerMixin
from .facets import Facet
from .filters import ListingFilter
from .services import search_words

# The best matches of the search; among these the other conditions choose.
MOST_FOUND = 500


@dataclass(frozen=True, slots=True)
class AnswerFilter(ListingFilter):
    """Words are those that the search of the site finds."""

    takes_words: ClassVar[bool] = True

    def apply(self, pages: Any, *, but: Facet | None = None) -> Any:
        pages = ListingFilter.apply(self, pages, but=but)
        if self.words:
            pages = pages.filter(pk__in=_found(search_words(self.words)))
        return pages


def _found(words: str) -> list[Any]:
    """Return the keys of the public answers that the search of the site finds for ``words``."""
    if not words:
        return []
    return [
        page.pk
        for model in concrete_models(AnswerMixin)
        for page in public(model._default_manager.only("pk")).search(words)[:MOST_FOUND]
    ]
