"""From an address to a page of the portal, with one query for all pages on the way.

Wagtail reads each page on the way twice, once as a row of the page table and once in its specific
form. The portal and its index pages are remembered for a second; one query asks of every page on
the way whether it is live and whether it is private.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from wagtail.models import PageViewRestriction

from ..core.base_page import base_page_model
from ..serving.prepared import Given, PreparedQuery
from .menu import menu_of

# All that routing, breadcrumb and privacy need of a page on the way.
STEP = (
    "path",
    "depth",
    "slug",
    "url_path",
    "title",
    "live",
    "alias_of",
    "content_type",
    "locale",
)


def is_private() -> Exists:
    """Return an annotation of pages: whether a restriction is set on the page itself."""
    return Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk")))


def ancestor_paths(page: Any) -> list[str]:
    """Return the tree paths of the page and of all above it."""
    step = type(page).steplen
    return [page.path[:end] for end in range(step, len(page.path) + 1, step)]


@cache
def _query_of_way(above: int, below: int) -> PreparedQuery:
    """Return the query for a way over so many pages of known path and so many known slugs."""
    pages = base_page_model()
    field = pages._meta.get_field

    def build() -> Any:
        paths = [Given(f"path{number}", field("path")) for number in range(above)]
        slugs = [Given(f"slug{number}", field("slug")) for number in range(below)]
        addresses = [Given(f"url_path{number}", field("url_path")) for number in range(below)]
        wanted = Q(path__in=paths)
        if below:
            # The slug has an index, the address tells it from its namesakes.
            wanted |= Q(slug__in=slugs, url_path__in=addresses)
        rows = pages._default_manager.filter(wanted).annotate(is_private=is_private())
        return rows.order_by("depth").only(*STEP)

    return PreparedQuery(build)


def read_way(page: Any, slugs: Sequence[str] = ()) -> list[Any]:
    """Return the rows from the root of the tree to ``page``, and on along ``slugs``.

    The list ends early where a slug leads nowhere. Each row has ``is_private`` and the columns of
    ``STEP``.
    """
    paths = ancestor_paths(page)
    values, address = {}, page.url_path
    for number, path in enumerate(paths):
        values[f"path{number}"] = path
    for number, slug in enumerate(slugs):
        address = f"{address}{slug}/"
        values[f"slug{number}"], values[f"url_path{number}"] = slug, address
    way: list[Any] = []
    for row in _query_of_way(len(paths), len(slugs))(**values):
        if row.depth == len(way) + 1 and (not way or row.path.startswith(way[-1].path)):
            way.append(row)
    return way


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
