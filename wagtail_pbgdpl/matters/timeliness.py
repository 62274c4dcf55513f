"""Which rows of the ledger somebody may see, and how late each is."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext, ngettext

from ..authority.scope import scope_of
from ..core.accounts import Visitor
from ..regulations import get_regulation
from ..worktime import VIETNAM, Calendar, working_days_between
from ..worktime.deadline import local_day
from .clock import counted_from
from .models import Matter, MatterQuerySet


def seen_by(user: Visitor) -> MatterQuerySet:
    """Return the matters of every kind that the user may see (R11: BK18 Điều 6.1b)."""
    return Matter.objects.filter(scope_of(user).matters())


def visible_to(user: Visitor) -> MatterQuerySet:
    """Return the rows that the user may see (R11: BK18 Điều 6.1b).

    The board sees all; a unit's people those of their unit, in the categories given to it; another
    role what is at its step.
    """
    return seen_by(user).publications()


def visible_units(user: Visitor) -> frozenset[int] | None:
    """Return the keys of the user's units and of those before them; ``None``: of all there are."""
    scope = scope_of(user)
    return None if scope.everything else scope.units


def end_of_soon(now: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """Return the last instant that counts as «due soon» at ``now`` (aware).

    It ends the working day after today whose number ``[reminders]`` of the profile says.
    """
    return end_after(get_regulation().reminders.due_soon_working_days, now, calendar)


def end_after(days: int, now: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """Return the last instant of the working day that is ``days`` of them after the day of ``now``
    (aware); 0: of that day."""
    last = calendar.working_day_number(calendar.working_days_through(local_day(now)) + days)
    return datetime.datetime.combine(last, datetime.time.max, VIETNAM)


def lateness(row: Matter, now: datetime.datetime, calendar: Calendar) -> str:
    """Say by how many working days a row is late, or that it is not.

    Of a rule «at once», which has no number, say the working days that were taken (T1).
    """
    if row.is_given_up:
        return ""
    if row.stopped_on is not None:
        return gettext("stopped since %(day)s") % {"day": f"{row.stopped_on:%d/%m/%Y}"}
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


def days_left(row: Matter, now: datetime.datetime, calendar: Calendar) -> str:
    """Say how many working days an open row has left at ``now``, or how late it is.

    Of what is closed, has no number or stands still: the same as ``lateness``.
    """
    due_at = row.due_at
    if not row.is_open or due_at is None or due_at < now:
        return lateness(row, now, calendar)
    days = working_days_between(now, due_at, calendar)
    if days == 0:
        return gettext("due today")
    return ngettext("due in %(days)d working day", "due in %(days)d working days", days) % {
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
