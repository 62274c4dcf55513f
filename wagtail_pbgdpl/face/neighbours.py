"""What a reader may read next: the items around one in its category, and the newest of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ..core.discovery import root_model
from ..core.listed import ListedMixin
from ..serving.listing import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    prepared,
    published,
    together,
    with_covers,
)
from ..serving.process_cache import of_version

RELATED = 5
# All that a link to a page needs; a template that shows more asks the database for it.
SHOWN = (
    "title",
    "url_path",
    "locale",
    "content_type",
    "category",
    "published_at",
    "listed_in",
    "cover",
)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``previous`` and ``next``: the items on each side; ``related``: others, newest first."""

    next: Any = None
    previous: Any = None
    related: Sequence[Any] = ()


def neighbours(page: Any) -> Neighbours:
    """Return the items listed with ``page`` that stand just before and after it, and the newest.

    One query, which the index of the listings serves however large the archive is; one or two more
    read the covers, for the same items seldom.
    """
    if not page.pk or page.published_at is None or page.listed_in is None:
        return Neighbours()
    query = prepared("neighbours", _around, "listed_in", "published_at", "id")
    found = query(listed_in=page.listed_in, published_at=page.published_at, id=page.pk)
    items = sorted({item.pk: item for item in found}.values(), key=_place, reverse=True)
    newer = [item for item in items if _place(item) > _place(page)]
    older = [item for item in items if _place(item) < _place(page)]
    related = [*newer, *older][:RELATED]
    _take_covers(related)
    return Neighbours(newer[-1] if newer else None, older[0] if older else None, related)


def _place(item: Any) -> tuple[Any, Any]:
    return item.published_at, item.pk


def _take_covers(items: Sequence[Any]) -> None:
    """Give the items their covers with renditions."""
    keys = tuple(item.pk for item in items if item.cover_id)
    rows = root_model(ListedMixin)._default_manager.filter(pk__in=keys).only("pk", "cover")
    covers = of_version(
        ("covers", keys), lambda: {row.pk: row.cover for row in with_covers(rows)} if keys else {}
    )
    for item in items:
        if item.pk in covers:
            item.cover = covers[item.pk]


def _around(listed_in: Any, at: Any, pk: Any) -> Any:
    others = published().filter(listed_in=listed_in, published_at__isnull=False)
    # The plain bound first: it is what the index can use.
    older = others.filter(Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=pk)))
    newer = others.filter(Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=pk)))
    near = [older.order_by(*NEWEST_FIRST)[:1], newer.order_by(*OLDEST_FIRST)[:1]]
    return together([*near, others.order_by(*NEWEST_FIRST)[: RELATED + 1]], SHOWN)
