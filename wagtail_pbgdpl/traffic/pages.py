"""Which numbers are pages that the public can read, and of which category."""

from __future__ import annotations

from django.core.cache import cache

from ..content.base_page import base_page_model

# A page that was withdrawn may be counted for as long; one just published is asked for sooner.
SECONDS_KNOWN = 300
SECONDS_UNKNOWN = 10
HIGHEST_ID = 2**63 - 1


def category_of(page_id: int) -> str | None:
    """Return the category of a live page, empty where it has none; ``None``: no such page.

    Two queries, or none for minutes after. The answer may be ``SECONDS_KNOWN`` old.
    """
    if not 0 < page_id <= HIGHEST_ID:
        return None
    key = f"pbgdpl:traffic:category:{page_id}"
    known = cache.get(key)
    if known is None:
        page = base_page_model()._default_manager.filter(pk=page_id, live=True).first()
        category = getattr(page.specific, "category", "") if page else None
        # A tuple, since the cache answers None for what it does not hold.
        known = (category,)
        cache.set(key, known, SECONDS_UNKNOWN if category is None else SECONDS_KNOWN)
    return known[0]
