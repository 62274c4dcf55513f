"""Results that editors put first for certain words."""

from __future__ import annotations

from collections.abc import Mapping

from ..serving.process_cache import remembered
from .index_models import SearchEntry, SearchPin

#: The source whose pages are pinned.
PAGES = "pages"


def pinned(words: str) -> list[int]:
    """Return the keys of what is pinned to words (folded), in the order of the pins."""
    pages = _pins().get(words, ())
    if not pages:
        return []
    rows = SearchEntry.objects.filter(source=PAGES, object_id__in=pages)
    keys = dict(rows.values_list("object_id", "key"))
    return [keys[page] for page in pages if page in keys]


def _pins() -> Mapping[str, tuple[int, ...]]:
    """Return the pages by words, at most a second old."""
    return remembered("search.pins", _read)


def _read() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for words, page in SearchPin.objects.order_by("pk").values_list("words", "page"):
        found[words] = (*found.get(words, ()), page)
    return found
