"""The calendar in force: the shipped one, the office hours of the settings, and the exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.utils import timezone

from ..conf import settings
from .calendar import VIETNAM, Calendar, Day, DayKind
from .hours import Season, parse_office_hours
from .models import CalendarException
from .seed import shipped_calendar

Row = tuple[date, str, str, str]

_KINDS: dict[str, DayKind] = {
    CalendarException.Kind.OFF: DayKind.HOLIDAY,
    CalendarException.Kind.WORKED: DayKind.SWAPPED_WORK,
}


def today() -> date:
    """Return the present day in Asia/Ho_Chi_Minh."""
    return timezone.localdate(timezone=VIETNAM)


def get_calendar() -> Calendar:
    """Return the calendar in force, at the cost of one query.

    The exceptions are read on each call, so that what an administrator enters or deletes is seen
    at once by every process; the calendar made of them is kept for as long as they are the same.
    Call it once for a batch of deadlines.
    """
    rows = CalendarException.objects.order_by("date").values_list("date", "kind", "name", "notice")
    return _build(parse_office_hours(settings.OFFICE_HOURS), tuple(rows))


# More than one, for the moment in which an administrator changes a row and takes it back.
@lru_cache(maxsize=4)
def _build(seasons: tuple[Season, ...], rows: tuple[Row, ...]) -> Calendar:
    days = (Day(on, _KINDS[kind], name, notice) for on, kind, name, notice in rows)
    return replace(shipped_calendar().with_days(days), seasons=seasons)
