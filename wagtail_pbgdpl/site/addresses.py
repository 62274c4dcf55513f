"""Addresses of many pages, of which no more is read than an address needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wagtail.models import Site

from ..core.base_page import base_page_model
from ..serving.process_cache import of_version


def addresses_of(rows: Iterable[tuple[int, str, int]]) -> Iterator[tuple[int, str | None]]:
    """Yield the key and the address of each page, given key, ``url_path`` and key of its locale."""
    # One page takes the place of each: to make them costs more than to ask for them, and Wagtail
    # would ask its cache for each.
    page = base_page_model()()
    page._wagtail_cached_site_root_paths = of_version("site.roots", Site.get_site_root_paths)
    for page.pk, page.url_path, page.locale_id in rows:
        yield page.pk, page.get_url()
