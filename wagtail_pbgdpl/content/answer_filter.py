"""Narrow the list of answers: words, legal field, unit and year (C6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ..search.engine import Query, engine
from .facets import Facet
from .filters import ListingFilter
from .search_results import content_language

# The best matches of the search; among these the other conditions choose.
MOST_FOUND = 500
# What the search calls them.
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class AnswerFilter(ListingFilter):
    """Words are those that the search of the site finds."""

    takes_words: ClassVar[bool] = True

    def apply(self, pages: Any, *, but: Facet | None = None) -> Any:
        pages = ListingFilter.apply(self, pages, but=but)
        if self.words:
            pages = pages.filter(pk__in=_found(self.words))
        return pages


def _found(words: str) -> list[int]:
    """Return the keys of the public answers that the search of the portal finds for ``words``."""
    return engine.matches(Query(words, content_language(), {"kind": ANSWER}), MOST_FOUND)
