"""Where questions stand, as lists, figures and filters name it (Q2, T3, T12)."""

from __future__ import annotations

import datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ..matters.models import Matter, MatterQuerySet
from ..matters.timeliness import end_of_soon
from ..worktime.active import get_calendar

#: Of no unit (still, or again, with the board), or of no legal field.
NONE = "none"
#: Received in the last twelve months, this one among them.
YEAR = "year"
IN_TIME = Q(due_at=None) | Q(due_at__gte=F("closed_at"))
CHOICES = (
    ("received", _("received, without spam")),
    ("open", _("not yet answered")),
    ("soon", _("not yet answered, due soon")),
    ("late", _("not yet answered, and late")),
    ("answered", _("answered")),
    ("in_time", _("answered in time")),
    ("too_late", _("answered late")),
)


def narrowed(rows: MatterQuerySet, standing: str, now: datetime.datetime) -> MatterQuerySet:
    """Return those of ``rows`` that stand so at ``now`` (aware)."""
    answered = Q(outcome="answered")
    match standing:
        case "open":
            return rows.open()
        case "late":
            return rows.late(now)
        case "soon":
            return rows.due_until(end_of_soon(now, get_calendar())).filter(due_at__gte=now)
        case "answered":
            return rows.filter(answered)
        case "in_time":
            return rows.filter(answered & IN_TIME)
        case "too_late":
            return rows.filter(answered).exclude(IN_TIME)
    return rows.exclude(state="spam")


def of_unit(rows: MatterQuerySet, unit: int | None) -> MatterQuerySet:
    """Return the rows that count for a unit: its own, or those that it had when they were closed.

    ``None``: those that count for none.
    """
    return rows.filter(
        Q(closed_at=None, unit=unit) | Q(closed_at__isnull=False, unit_at_close=unit)
    )


def counted_for(row: Matter) -> int | None:
    return row.unit_id if row.is_open else row.unit_at_close_id


def address(standing: str, **narrowed_to: str | int) -> str:
    """Return the address of the list, narrowed: by ``unit``, ``field``, ``month``, ``kind``."""
    values = {name: value for name, value in narrowed_to.items() if value != ""}
    query = urlencode({"standing": standing, **values})
    return f"{reverse('pbgdpl_questions:list')}?{query}"
