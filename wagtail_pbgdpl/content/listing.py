"""Listings of mixed content: one table, no page read again in its specific form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .discovery import root_model

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


def published(category: str | None = None) -> PageQuerySet:
    """Return what the public may read, newest first; all categories or one."""
    from .base import ContentMixin

    pages = root_model(ContentMixin)._default_manager.live().public()
    if category is not None:
        pages = pages.filter(category=category)
    return pages.order_by("-published_at", "-pk")


def newest(category: str, count: int, page: Any = None) -> list[Any]:
    """Return the ``count`` newest items of a category in the language of ``page``."""
    items = published(category)
    if page is not None and page.locale_id:
        items = items.filter(locale_id=page.locale_id)
    return list(items.select_related("cover")[:count])
