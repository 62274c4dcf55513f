"""Which rows of the ledger somebody may see, and how late each is."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from ..organisation.models import Seat
from ..organisation.succession import predecessors
from ..regulations import Scope
from ..worktime import VIETNAM, Calendar, working_days_between
from ..worktime.active import today
from .models import Publication


def visible_to(user: Any) -> Any:
    """Return the rows that the user may see (R11: BK18 Điều 6.1b).

    The board sees all; a unit's people those of their unit, in the categories given to it.
    """
    rows = Publication.objects.all()
    if user.is_superuser:
        return rows
    seats = list(Seat.objects.filter(user=user).on(today()).select_related("unit"))
    if any(seat.scope in (Scope.PORTAL, Scope.CATEGORIES) for seat in seats):
        return rows
    before = predecessors()
    own = Q(pk__in=())
    for seat in seats:
        if seat.unit is not None:
            units = before.get(seat.unit.pk, {seat.unit.pk})
            own |= Q(unit__in=units, category__in=seat.unit.categories)
    return rows.filter(own)


def lateness(row: Publication, now: datetime.datetime, calendar: Calendar) -> str:
    """Say by how many working days a row is late, or that it is not."""
    if row.due_at is None or row.cancelled_at is not None:
        return ""
    end = row.first_published_at or now
    if end <= row.due_at:
        return gettext("in time") if row.first_published_at else gettext("not due yet")
    days = working_days_between(row.due_at, end, calendar)
    if days == 0:
        return gettext("late by less than a working day")
    return ngettext("late by %(days)d working day", "late by %(days)d working days", days) % {
        "days": days
    }


def moment(at: datetime.datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else ""
