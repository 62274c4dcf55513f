"""From an address to a page of the portal.

Wagtail reads each page on the way twice, once as a row of the page table and once in its specific
form. Here the portal and its index pages are remembered for a second, and one query reads the way.
"""

from __future__ import annotations

import copy
from typing import Any

from django.http import Http404

from ..core.base_page import base_page_model
from .ancestors import read_way
from .menu import menu_of


def route_below(portal: Any, request: Any, slugs: list[str]) -> Any:
    """Return what ``Page.route`` returns, for the slugs below the portal.

    A type with a ``route`` of its own is asked for the rest of the way. Raises ``Http404``.
    """
    way = read_way(portal, slugs)
    begin = portal.depth
    usual = base_page_model().route
    for position in range(begin if slugs else begin - 1, len(way)):
        row = way[position]
        is_last = position == begin + len(slugs) - 1
        model = row.specific_class
        if not is_last and model is not None and model.route is usual:
            continue
        page = specific(row, portal)
        if hasattr(page, "take_way"):
            page.take_way(portal, way[: position + 1])
        elif position:
            page._cached_parent_obj = way[position - 1]
        return page.route(request, slugs[position - begin + 1 :])
    raise Http404


def specific(row: Any, portal: Any) -> Any:
    """Return the page in its specific form; content knows how to read all of it at once.

    The portal and its index pages are at most a second old, but for whether they are live.
    """
    for known in (portal, *menu_of(portal)):
        if known.pk == row.pk and known.path == row.path:
            page = copy.copy(known)
            page.live = row.live
            return page
    model = row.specific_class
    return model.read(row.pk) if hasattr(model, "read") else row.specific
