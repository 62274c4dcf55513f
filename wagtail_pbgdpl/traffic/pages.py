"""Which numbers are pages that the public can read, and of which category."""

from __future__ import annotations

from django.core.cache import cache

from ..content.base_page import base_page_model
from ..content.regulated import RegulatedPageMixin

# A page that was withdrawn may be counted for as long; one just published is asked for sooner.
SECONDS_KNOWN = 300
SECONDS_UNKNOWN = 10
HIGHEST_ID = 2**63 - 1


def category_of(page_id: int) -> str | None:
    """Return the category of a page that everybody may read, empty where it has none.

    ``None``: there is no such page, or it is not for everybody. A few queries, or none for minutes
    after: the answer may be ``SECONDS_KNOWN`` old, also where a page was given another category.
    """
    if not 0 < page_id <= HIGHEST_ID:
        return None
    key = f"pbgdpl:traffic:category:{page_id}"
    known = cache.get(key)
    if known is None:
        category = _category_of(page_id)
        # A tuple, since the cache answers None for what it does not hold.
        known = (category,)
        cache.set(key, known, SECONDS_UNKNOWN if category is None else SECONDS_KNOWN)
    return known[0]


def _category_of(page_id: int) -> str | None:
    row = base_page_model()._default_manager.filter(pk=page_id, live=True).first()
    page = row and row.specific
    # The staff who read a private section are not the public, and others cannot have seen it.
    if page is None or page.get_view_restrictions().exists():
        return None
    # Another page of the site may mean something of its own by «category».
    return page.category if isinstance(page, RegulatedPageMixin) else ""
