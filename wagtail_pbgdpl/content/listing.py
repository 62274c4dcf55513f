"""Listings of mixed content: one table, no page read again in its specific form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model

from .discovery import root_model

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

# The rendition that ``includes/item.html`` shows of a cover.
COVER = "fill-240x160"


def published(category: str | None = None) -> PageQuerySet:
    """Return what the public may read, newest first; all categories or one."""
    from .base import ContentMixin

    pages = root_model(ContentMixin)._default_manager.live().public()
    if category is not None:
        pages = pages.filter(category=category)
    return pages.order_by("-published_at", "-pk")


def covers() -> tuple[str | Prefetch, ...]:
    """Return what ``prefetch_related`` needs to read the covers of any number of items at once."""
    renditions = get_image_model().get_rendition_model()._default_manager.filter(filter_spec=COVER)
    return (
        "cover",
        Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions"),
    )


def newest_of(categories: Iterable[str], count: int, page: Any = None) -> dict[str, list[Any]]:
    """Return the ``count`` newest items of each category in the language of ``page``.

    One query for each category, and two for all covers.
    """
    items = published()
    if page is not None and page.locale_id:
        items = items.filter(locale_id=page.locale_id)
    found = {category: list(items.filter(category=category)[:count]) for category in categories}
    prefetch_related_objects([item for part in found.values() for item in part], *covers())
    return found


def newest(category: str, count: int, page: Any = None) -> list[Any]:
    """Return the ``count`` newest items of a category in the language of ``page``."""
    return newest_of([category], count, page)[category]
