"""Adds batches of counts to the database, correctly whoever else adds at the same moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections, models, router, transaction
from django.utils import timezone

from .models import TrafficDay, TrafficHelpful, TrafficMinute, TrafficPage, TrafficSearch

KEPT_MINUTES = timedelta(hours=1)
#: Of words in a month: machines invent more.
MOST_SEARCHES = 20_000
ROWS_IN_A_STATEMENT = 200


@dataclass
class Batch:
    """Counts that wait to be written.

    ``views``: by day (Asia/Ho_Chi_Minh), page and category; ``beats``: by minute; ``searches``: by
    month, words and whether nothing was found.
    """

    views: Counter[tuple[date, int, str]] = field(default_factory=Counter)
    beats: Counter[datetime] = field(default_factory=Counter)
    searches: Counter[tuple[date, str, bool]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.views or self.beats or self.searches)

    def merge(self, other: Batch) -> None:
        self.views.update(other.views)
        self.beats.update(other.beats)
        self.searches.update(other.searches)


def write(batch: Batch) -> None:
    """Add the counts of ``batch``, all or none of them.

    Raises ``django.db.Error`` where the database does not take them.
    """
    days: Counter[tuple[date, str]] = Counter()
    pages: Counter[tuple[date, int, str]] = Counter()
    for (day, page_id, category), count in batch.views.items():
        days[day, category] += count
        pages[day.replace(day=1), page_id, category] += count
    with transaction.atomic(using=router.db_for_write(TrafficDay)):
        _add(TrafficDay, ("date", "category"), "views", days)
        _add(TrafficPage, ("month", "page_id", "category"), "views", pages)
        _add(TrafficMinute, ("minute",), "beats", {(at,): n for at, n in batch.beats.items()})
        _add(TrafficSearch, ("month", "words", "is_empty"), "searches", _few(batch.searches))


def _few(searches: Mapping[tuple[date, str, bool], int]) -> Mapping[tuple[Any, ...], int]:
    """Leave out words that are new in a month that has more than anybody reads."""
    found = dict(searches)
    for month in {key[0] for key in searches}:
        rows = TrafficSearch.objects.filter(month=month)
        if rows.count() >= MOST_SEARCHES:
            words = {key[1] for key in searches if key[0] == month}
            known = set(rows.filter(words__in=words).values_list("words", flat=True))
            found = {key: n for key, n in found.items() if key[0] != month or key[1] in known}
    return found


def add_opinion(day: date, page_id: int, *, is_helpful: bool) -> None:
    """Count one opinion of a reader on an answer. Raises ``django.db.Error``."""
    key = ("date", "page_id", "is_helpful")
    _add(TrafficHelpful, key, "presses", {(day, page_id, is_helpful): 1})


def drop_old_minutes() -> None:
    """Forget the signs of life that no figure needs any more."""
    TrafficMinute.objects.filter(minute__lt=timezone.now() - KEPT_MINUTES).delete()


def _add(
    model: type[models.Model],
    key: tuple[str, ...],
    counter: str,
    counts: Mapping[tuple[Any, ...], int],
) -> None:
    """Insert or add: one statement for each ``ROWS_IN_A_STATEMENT`` rows.

    Django's upsert can only replace a value by the new one, never add to it. PostgreSQL and SQLite
    share this syntax.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    fields: list[Any] = [model._meta.get_field(name) for name in (*key, counter)]
    columns = [quote(field.column) for field in fields]
    # Sorted: two writers that lock the same rows in the same order cannot block each other.
    rows = [(*values, count) for values, count in sorted(counts.items())]
    for start in range(0, len(rows), ROWS_IN_A_STATEMENT):
        part = rows[start : start + ROWS_IN_A_STATEMENT]
        one_row = f"({', '.join(['%s'] * len(columns))})"
        statement = (
            f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608
            f"VALUES {', '.join([one_row] * len(part))} "
            f"ON CONFLICT ({', '.join(columns[:-1])}) "
            f"DO UPDATE SET {columns[-1]} = {table}.{columns[-1]} + EXCLUDED.{columns[-1]}"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                statement,
                [
                    field.get_db_prep_save(value, connection)
                    for row in part
                    for field, value in zip(fields, row, strict=True)
                ],
            )
