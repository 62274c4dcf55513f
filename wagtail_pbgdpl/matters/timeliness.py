"""Which rows of the ledger somebody may see, and how late each is."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from ..authority.reach import is_of_the_board
from ..organisation.models import Seat
from ..organisation.succession import predecessors
from ..worktime import VIETNAM, Calendar, working_days_between
from ..worktime.active import today
from ..worktime.deadline import local_day
from .clock import counted_from
from .models import Matter

# «Due soon»: until the end of the second working day after today.
SOON = 2


def visible_to(user: Any) -> Any:
    """Return the rows that the user may see (R11: BK18 Điều 6.1b).

    The board sees all; a unit's people those of their unit, in the categories given to it.
    """
    return Matter.objects.publications().filter(seen_by(user))


def seen_by(user: Any) -> Q:
    """Return the same as a condition, for any table with ``unit`` and ``category``."""
    seats = _unit_seats(user)
    if seats is None:
        return Q()
    before = predecessors()
    seen = Q(pk__in=())
    for seat in seats:
        units = before.get(seat.unit.pk, {seat.unit.pk})
        seen |= Q(unit__in=units, category__in=seat.unit.categories)
    return seen


def visible_units(user: Any) -> set[int] | None:
    """Return the keys of the user's units and of those before them; ``None``: of all there are."""
    seats = _unit_seats(user)
    if seats is None:
        return None
    before = predecessors()
    return {key for seat in seats for key in before.get(seat.unit.pk, {seat.unit.pk})}


def _unit_seats(user: Any) -> list[Any] | None:
    """Return the user's seats in units today, or ``None`` for who sees everything."""
    if user.is_superuser:
        return None
    seats = list(Seat.objects.filter(user=user).on(today()).select_related("unit"))
    if any(is_of_the_board(seat) for seat in seats):
        return None
    return [seat for seat in seats if seat.unit is not None]


def end_of_soon(now: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """Return the last instant that counts as «due soon» at ``now`` (aware)."""
    last = calendar.working_day_number(calendar.working_days_through(local_day(now)) + SOON)
    return datetime.datetime.combine(last, datetime.time.max, VIETNAM)


def lateness(row: Matter, now: datetime.datetime, calendar: Calendar) -> str:
    """Say by how many working days a row is late, or that it is not.

    Of a rule «at once», which has no number, say the working days that were taken (T1).
    """
    if row.is_given_up:
        return ""
    end = row.closed_at or now
    if row.due_at is None:
        return _time_taken(row, end, calendar)
    if end <= row.due_at:
        return gettext("in time") if row.closed_at else gettext("not due yet")
    days = working_days_between(row.due_at, end, calendar)
    if days == 0:
        return gettext("late by less than a working day")
    return ngettext("late by %(days)d working day", "late by %(days)d working days", days) % {
        "days": days
    }


def _time_taken(row: Matter, end: datetime.datetime, calendar: Calendar) -> str:
    if row.start is None or not row.rule:
        return ""
    days = working_days_between(counted_from(row.start), end, calendar)
    if row.closed_at:
        return ngettext(
            "published after %(days)d working day", "published after %(days)d working days", days
        ) % {"days": days}
    return ngettext(
        "waiting for %(days)d working day", "waiting for %(days)d working days", days
    ) % {"days": days}
