"""A year of the calendar, month by month, as it is shown. Pure Python but for the words."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .calendar import FIRST_DAY, LAST_DAY, Calendar, Day, DayKind

#: Why a day is not as its day of the week says.
KINDS = {
    DayKind.HOLIDAY: _("day off"),
    DayKind.SWAPPED_OFF: _("day off, worked on another day"),
    DayKind.COMPENSATORY: _("day off in the place of another"),
    DayKind.SWAPPED_WORK: _("worked in the place of another day"),
}
#: Days of the week from Monday, as the head of a narrow column has them.
SHORT_WEEKDAYS = (
    pgettext_lazy("narrow column", "Mon"),
    pgettext_lazy("narrow column", "Tue"),
    pgettext_lazy("narrow column", "Wed"),
    pgettext_lazy("narrow column", "Thu"),
    pgettext_lazy("narrow column", "Fri"),
    pgettext_lazy("narrow column", "Sat"),
    pgettext_lazy("narrow column", "Sun"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """``weeks`` begin on Monday; a day of another month is ``None``."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def working_days(self) -> int:
        return sum(day.works for week in self.weeks for day in week if day is not None)


def months_of(calendar: Calendar, year: int) -> list[Month]:
    """Return the months of ``year``. Raises ``ValueError`` outside the years of the calendar."""
    return [Month(number, tuple(_weeks(calendar, year, number))) for number in range(1, 13)]


def special_days(calendar: Calendar, year: int) -> list[Day]:
    """Return the days of ``year`` that are not as their day of the week says, in their order."""
    return [day for day in calendar.days if day.date.year == year and day.kind in KINDS]


def is_covered(year: int) -> bool:
    return FIRST_DAY.year <= year <= LAST_DAY.year


def _weeks(calendar: Calendar, year: int, month: int) -> Iterator[tuple[Day | None, ...]]:
    for week in months.Calendar(months.MONDAY).monthdayscalendar(year, month):
        yield tuple(calendar.day(date(year, month, number)) if number else None for number in week)
