"""Which numbers are pages that the public can read, and of which category."""

from __future__ import annotations

from django.core.cache import cache

from ..content.regulated import RegulatedPageMixin
from ..core.base_page import base_page_model

# A page that was withdrawn may be counted for as long.
SECONDS_KNOWN = 300
HIGHEST_ID = 2**63 - 1


def category_of(page_id: int) -> str | None:
    """Return the category of a page that everybody may read, empty where it has none.

    ``None``: there is no such page, or it is not for everybody; that is asked each time, so that
    invented numbers push nothing out of the cache. Otherwise a few queries, or none for minutes
    after: the answer may be ``SECONDS_KNOWN`` old, also where a page was given another category.
    """
    if not 0 < page_id <= HIGHEST_ID:
        return None
    key = f"pbgdpl:traffic:category:{page_id}"
    category: str | None = cache.get(key)
    if category is None:
        category = _category_of(page_id)
        if category is not None:
            cache.set(key, category, SECONDS_KNOWN)
    return category


def _category_of(page_id: int) -> str | None:
    row = base_page_model()._default_manager.filter(pk=page_id, live=True).first()
    page = row and row.specific
    # The staff who read a private section are not the public, and others cannot have seen it.
    if page is None or page.get_view_restrictions().exists():
        return None
    # Another page of the site may mean something of its own by «category».
    return page.category if isinstance(page, RegulatedPageMixin) else ""
