"""After a change of the calendar or the regulation: where the open time limits end now."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from ..core.accounts import User
from ..worktime.active import get_calendar
from . import clock
from .kinds import kind_of
from .models import Matter
from .publications import Move
from .record import govern, note, text_of

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Shift:
    """A time limit that ends elsewhere now; ``None``: it has no end."""

    row: Matter
    before: datetime.datetime | None
    after: datetime.datetime | None
    rule_changed: bool


def recalculate(*, dry_run: bool = False, by: User | None = None) -> Iterator[Shift]:
    """Move the limits of open rows to where the present calendar and regulation put them.

    Yields each move once it is made. ``by``: who asked for it in a session. What is closed never
    changes; each row is read again under a lock, so that one which closes meanwhile stays as it is.
    """
    calendar = get_calendar()
    last = 0
    while batch := list(Matter.objects.open().filter(pk__gt=last).order_by("pk")[:ROWS_AT_ONCE]):
        last = batch[-1].pk
        # Most often nothing moves, and then nothing is locked.
        keys = [row.pk for row in batch if _moved(row, calendar) is not None]
        if not keys:
            continue
        moves: list[Shift] = []
        with transaction.atomic():
            rows = Matter.objects.open().select_for_update().filter(pk__in=keys)
            for row in rows.order_by("pk"):
                move = _moved(row, calendar)
                if move is None:
                    continue
                moves.append(move)
                if not dry_run:
                    row.save(update_fields=["due_at", "clause", "rule", "profile"])
                    note(
                        row,
                        Move.MOVED,
                        by,
                        before=text_of(move.before),
                        after=text_of(move.after),
                        clause=row.clause,
                    )
        yield from moves


def _moved(row: Matter, calendar: clock.Calendar) -> Shift | None:
    before = (row.due_at, row.rule, row.clause, row.profile)
    govern(row, row.rule)
    rule = kind_of(row).rule_of(row)
    row.due_at = clock.due_at(rule, row.start, calendar, row.stops, row.extended_by)
    if (row.due_at, row.rule, row.clause, row.profile) == before:
        return None
    return Shift(row, before[0], row.due_at, (row.rule, row.clause, row.profile) != before[1:])
