"""What a reader may read next: the items around one in its category, by one short query."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from .listing import NEWEST_FIRST, OLDEST_FIRST, one_query, published

RELATED = 4


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
    others = published().filter(listed_in=page.listed_in, published_at__isnull=False)
    place = page.published_at, page.pk
    at, pk = place
    # The plain bound first: it is what the index can use.
    older = others.filter(Q(published_at__lte=at) & (Q(published_at__lt=at) | Q(pk__lt=pk)))
    newer = others.filter(Q(published_at__gte=at) & (Q(published_at__gt=at) | Q(pk__gt=pk)))
    found = one_query(
        older.order_by(*NEWEST_FIRST)[: RELATED + 1], newer.order_by(*OLDEST_FIRST)[: RELATED + 1]
    )
    found = sorted(found, key=_place)
    return Neighbours(
        newer=[item for item in found if _place(item) > place],
        older=[item for item in reversed(found) if _place(item) < place],
    )


def _place(item: Any) -> tuple[datetime.datetime, int]:
    return item.published_at, item.pk
