"""From an address to a page of the portal, with one query for all pages on the way.

Wagtail reads each page on the way twice, once as a row of the page table and once in its specific
form. Below the portal the way is short and known: one query brings every row of it, together with
whether anything on it is private; only the page that answers is read in its specific form.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from wagtail.models import PageViewRestriction

from .base_page import base_page_model


def is_private() -> Exists:
    """Return an annotation of pages: whether a restriction is set on the page itself."""
    return Exists(PageViewRestriction.objects.filter(page_id=OuterRef("pk")))


def ancestor_paths(page: Any) -> list[str]:
    """Return the tree paths of the page and of all above it."""
    step = type(page).steplen
    return [page.path[:end] for end in range(step, len(page.path) + 1, step)]


def read_way(page: Any, slugs: list[str] = ()) -> list[Any]:
    """Return the rows from the root of the tree to ``page``, and on along ``slugs``.

    The list ends early where a slug leads nowhere. Each row has ``is_private``.
    """
    wanted = Q(path__in=ancestor_paths(page))
    if slugs:
        wanted |= Q(
            path__startswith=page.path,
            depth__range=(page.depth + 1, page.depth + len(slugs)),
            slug__in=slugs,
        )
    rows = base_page_model().objects.filter(wanted).annotate(is_private=is_private())
    way, below = [], {}
    for row in rows.order_by("path"):
        if row.depth <= page.depth:
            way.append(row)
        else:
            below[row.path[: -row.steplen], row.slug] = row
    for slug in slugs:
        row = below.get((way[-1].path, slug))
        if row is None:
            break
        way.append(row)
    return way


def route_below(portal: Any, request: Any, slugs: list[str]) -> Any:
    """Return what ``Page.route`` returns, for the slugs below the portal.

    A type with a ``route`` of its own is asked for the rest of the way. Raises ``Http404``.
    """
    way = read_way(portal, slugs)
    begin = portal.depth
    usual = base_page_model().route
    for position in range(begin, len(way)):
        row = way[position]
        is_last = position == begin + len(slugs) - 1
        model = row.specific_class
        if not is_last and model is not None and model.route is usual:
            continue
        page = specific(row)
        if hasattr(page, "take_way"):
            page.take_way(portal, way[: position + 1])
        elif position:
            page._cached_parent_obj = way[position - 1]
        return page.route(request, slugs[position - begin + 1 :])
    raise Http404


def specific(row: Any) -> Any:
    """Return the page in its specific form; content knows how to read all of it at once."""
    model = row.specific_class
    return model.read(row.pk) if hasattr(model, "read") else row.specific
