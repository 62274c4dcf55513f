"""The pages on the way from the root of the tree to a page: one query for all of them.

It asks of every page on the way whether it is live and whether it is private.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q
from wagtail.models import PageViewRestriction

from ..core.base_page import base_page_model
from ..serving.prepared import Given, PreparedQuery

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
