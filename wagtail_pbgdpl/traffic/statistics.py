"""What the public statistics page says about visits (C14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..serving.listing import published
from ..site.languages import categories_of
from .figures import public_figures, reading

#: Of pages by their numbers, most first.
Views = list[tuple[int, int]]


def most_read_in(category: str) -> list[tuple[Any, int]]:
    """Return the items of a category that were read most this month, each with its views.

    Taken at most a minute ago. Which may be named is asked each time.
    """
    pairs = reading().most_read_of_each.get(category, [])
    return _named(pairs, _public([pairs]))


def _public(lists: Iterable[Views]) -> dict[int, Any]:
    """Return the pages in lists that may be named now; one query for all, none for nothing."""
    keys = {page_id for pairs in lists for page_id, _views in pairs}
    return published().in_bulk(keys) if keys else {}


def _named(pairs: Views, pages: dict[int, Any]) -> list[tuple[Any, int]]:
    return [(pages[page_id], number) for page_id, number in pairs if page_id in pages]


def access_statistics(index_pages: Iterable[Any]) -> dict[str, Any]:
    """Return how often the portal was read; a minute old at most, and nothing about readers.

    Which pages may be named is asked each time. Categories are named as the ``index_pages`` are.
    """
    views = reading()
    of_each = views.most_read_of_each
    pages = _public([views.most_read, *of_each.values()])
    categories = categories_of(index_pages)
    return {
        "access": public_figures(),
        "by_month": views.by_month,
        "views": [
            (category, views.month.get(category.code, 0), views.total.get(category.code, 0))
            for category in categories
        ],
        "most_read": _named(views.most_read, pages),
        "most_read_of_each": [
            (category, items)
            for category in categories
            if (items := _named(of_each.get(category.code, []), pages))
        ],
    }
