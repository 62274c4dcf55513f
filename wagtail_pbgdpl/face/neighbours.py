"""What a reader may read next: the items around one in its category, by one short query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ..serving.listing import NEWEST_FIRST, OLDEST_FIRST, prepared, published, together

RELATED = 4
# All that a link to a page needs; a template that shows more asks the database for it.
SHOWN = ("title", "url_path", "locale", "published_at", "listed_in")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``older`` and ``newer``: the next items on each side, nearest first."""

    newer: list[Any]
    older: list[Any]

    @property
    def next(self) -> Any:
        return self.newer[0] if self.newer else None

    @property
    def previous(self) -> Any:
        return self.older[0] if self.older else None

    @property
    def related(self) -> list[Any]:
        """Other items of the category that are not already «previous» and «next»."""
        return [*self.older[1:], *self.newer[1:]][:RELATED]


def neighbours(page: Any) -> Neighbours:
    """Return the items listed with ``page`` that were published just before and after it.

    One query, which the index of the listings serves however large the archive is.
    """
    if not page.pk or page.published_at is None or page.listed_in is None:
        return Neighbours([], [])
    query = prepared("neighbours", _around, "listed_in", "published_at", "id")
    found = query(listed_in=page.listed_in, published_at=page.published_at, id=page.pk)
    place = (page.published_at, page.pk)
    items = sorted(found, key=lambda item: (item.published_at, item.pk), reverse=True)
    newer = sum((item.published_at, item.pk) > place for item in items)
    return Neighbours(newer=items[:newer][::-1], older=items[newer:])


def _around(listed_in: Any, at: Any, pk: Any) -> Any:
    others = published().filter(listed_in=listed_in, published_at__isnull=False)
    # The plain bound first: it is what the index can use.
    older = others.filter(Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=pk)))
    newer = others.filter(Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=pk)))
    nearest = [older.order_by(*NEWEST_FIRST), newer.order_by(*OLDEST_FIRST)]
    return together([items[: RELATED + 1] for items in nearest], SHOWN)
