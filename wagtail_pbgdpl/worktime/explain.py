"""How a deadline was counted, day by day, for the people who have to keep it or to wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .calendar import VIETNAM, Calendar, Day, DayKind
from .deadline import Pause, Start, due, last_day_counted, local_day, office_time_between
from .limits import Limit, Unit
from .wording import moment

_ONE_DAY = timedelta(days=1)
_DEPENDS_ON_DAYS_OFF = (Unit.WORKING_DAY, Unit.OFFICE_HOUR)
_COUNTED_BY_DAY = (Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.OFFICE_HOUR)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day on the way to a deadline.

    ``number`` is its place among the days counted, 0 when it was not counted (always 0 for a limit
    in office hours); ``office_time`` what was counted of its office hours (zero for other limits);
    ``is_start`` whether it is the day of the event, ``is_paused`` whether a pause held.
    """

    day: Day
    number: int = 0
    office_time: timedelta = timedelta()
    is_start: bool = False
    is_paused: bool = False

    @property
    def counts(self) -> bool:
        return bool(self.number or self.office_time)


@dataclass(frozen=True, slots=True)
class Run:
    """Days that follow each other and are counted, or not counted for one reason.

    ``said``: which working days they are, or why they do not count, in the active language.
    """

    first: date
    last: date
    said: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """The count behind one deadline.

    ``days`` runs from the day of the event through the day on which the limit ends; it is empty
    for limits that are not counted day by day. ``due_at`` is what ``due`` returns.
    ``extended``: the last day was not worked, and the limit ends with the next working day.
    ``unannounced`` are the years whose days off are computed, so that the deadline may still move.
    ``extended_by``: the working days that were given beside ``limit``; they are counted after its
    own.
    """

    start: Start
    limit: Limit
    due_at: datetime | None
    days: tuple[CountedDay, ...] = ()
    unannounced: tuple[int, ...] = ()
    extended: bool = False
    extended_by: int = 0

    def lines(self) -> list[str]:
        """Return the count as text in the active language, one line for each day."""
        return [
            _("Event: %(start)s. Time limit: %(limit)s.")
            % {"start": moment(self.start), "limit": describe(self.limit)},
            *([_extension(self.extended_by)] if self.extended_by else []),
            *(self._day_line(counted) for counted in self.days),
            *(
                [
                    _(
                        "The last day is a day off, so the limit ends on the next working day "
                        "(Civil Code 2015, Article 148.5)."
                    )
                ]
                if self.extended
                else []
            ),
            _format_end(self.limit, self.due_at),
            *(
                _("The days off of %(year)s are computed; the yearly notice may change them.")
                % {"year": year}
                for year in self.unannounced
            ),
        ]

    def runs(self, until: date | None = None) -> list[Run]:
        """Return the days in stretches, those after ``until`` left out, day zero by itself."""
        shown = [one for one in self.days if until is None or one.day.date <= until]
        stretches = [list(days) for _key, days in groupby(shown, self._stretch)]
        return [
            Run(days[0].day.date, days[-1].day.date, self._said(days), days[0].counts)
            for days in stretches
        ]

    def _stretch(self, counted: CountedDay) -> object:
        if counted.number:
            return "counted"
        return (self._reason(counted), _details(counted.day), counted.is_start)

    def _said(self, days: list[CountedDay]) -> str:
        first, last = days[0], days[-1]
        if first.number and first is not last:
            return _RUNS[self.limit.unit] % {"first": first.number, "last": last.number}
        said, details = self._reason(first), _details(first.day)
        if details:
            return _("%(reason)s (%(details)s)") % {"reason": said, "details": details}
        return said

    def _day_line(self, counted: CountedDay) -> str:
        on = counted.day.date
        values = {
            "weekday": WEEKDAYS[on.weekday()],
            "date": _format_date(on),
            "reason": self._reason(counted),
        }
        details = _details(counted.day)
        if details:
            return _("%(weekday)s %(date)s: %(reason)s (%(details)s)") % {
                **values,
                "details": details,
            }
        return _("%(weekday)s %(date)s: %(reason)s") % values

    def _reason(self, counted: CountedDay) -> str:
        if counted.office_time:
            return _("%(time)s of office time counted") % {
                "time": _format_duration(counted.office_time)
            }
        if counted.number:
            return _NUMBERED[self.limit.unit] % {"number": counted.number}
        timed = self.limit.unit is Unit.OFFICE_HOUR and isinstance(self.start, datetime)
        if counted.is_start and not timed:
            return _("day of the event, not counted")
        if counted.is_paused:
            return _("the clock was stopped, not counted")
        if counted.day.works and self.extended:
            return _("next working day")
        if counted.day.works:
            return _("outside office hours, not counted")
        return str(_NOT_COUNTED[counted.day.kind])


def explain(
    start: Start,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extended_by: int = 0,
) -> Explanation:
    """Return how ``due(start, limit, calendar, pauses, extended_by)`` was counted.

    Takes the same arguments, and raises ``ValueError`` in the same cases.
    """
    stops = tuple(pauses)
    due_at = due(start, limit, calendar, stops, extended_by)
    if due_at is None:
        return Explanation(start, limit, due_at, extended_by=extended_by)
    own, limit = limit, limit.extended(extended_by)
    unannounced: tuple[int, ...] = ()
    if limit.unit in _DEPENDS_ON_DAYS_OFF or limit.ends_on_working_day:
        years = range(local_day(start).year, due_at.year + 1)
        unannounced = tuple(year for year in years if year > calendar.announced_until)
    days: tuple[CountedDay, ...] = ()
    if limit.unit in _COUNTED_BY_DAY:
        days = tuple(_count(start, limit, due_at, calendar, stops))
    if stops:
        extended = not days[-1].number
    else:
        extended = limit.unit is not Unit.OFFICE_HOUR and due_at.date() != last_day_counted(
            local_day(start), limit, calendar
        )
    return Explanation(start, own, due_at, days, unannounced, extended, extended_by)


def describe(limit: Limit) -> str:
    """Return a limit in words in the active language, for example «15 working days»."""
    # The first week is read as the first seven days; say so rather than leave the reader to guess.
    count = limit.amount * 7 if limit.unit is Unit.NEXT_MONTH_WEEK else limit.amount
    return _describe(limit.unit, count) % {"count": count}


def _extension(days: int) -> str:
    return ngettext(
        "Extended by %(count)d working day.", "Extended by %(count)d working days.", days
    ) % {"count": days}


def _describe(unit: Unit, count: int) -> str:
    match unit:
        case Unit.IMMEDIATE:
            return _("at once")
        case Unit.WORKING_DAY:
            return ngettext("%(count)d working day", "%(count)d working days", count)
        case Unit.CALENDAR_DAY:
            return ngettext("%(count)d calendar day", "%(count)d calendar days", count)
        case Unit.OFFICE_HOUR:
            return ngettext("%(count)d office hour", "%(count)d office hours", count)
        case Unit.NEXT_MONTH_DAY:
            return _("by day %(count)d of the next month")
        case Unit.NEXT_QUARTER_DAY:
            return _("by day %(count)d of the next quarter")
        case Unit.NEXT_MONTH_WEEK:
            return _("within the first %(count)d days of the next month")


def _count(
    start: Start,
    limit: Limit,
    due_at: datetime,
    calendar: Calendar,
    stops: tuple[Pause, ...],
) -> Iterator[CountedDay]:
    first = local_day(start)
    number = 0
    for offset in range((due_at.date() - first).days + 1):
        day = calendar.day(first + offset * _ONE_DAY)
        if limit.unit is Unit.OFFICE_HOUR:
            spent = _office_time_of(day.date, start, due_at, calendar)
            yield CountedDay(day, office_time=spent, is_start=offset == 0)
        elif any(stop.holds(day.date) for stop in stops):
            yield CountedDay(day, is_paused=True)
        elif offset and number < limit.amount and (day.works or limit.unit is Unit.CALENDAR_DAY):
            number += 1
            yield CountedDay(day, number)
        else:
            yield CountedDay(day, is_start=offset == 0)


def _office_time_of(on: date, start: Start, due_at: datetime, calendar: Calendar) -> timedelta:
    midnight = datetime.combine(on, time.min, tzinfo=VIETNAM)
    end_of_day = datetime.combine(on, time.max, tzinfo=VIETNAM)
    begin: Start = midnight
    if on == local_day(start):
        begin = start
    return office_time_between(begin, min(end_of_day, due_at), calendar)


_NUMBERED = {
    Unit.WORKING_DAY: gettext_lazy("working day %(number)d"),
    Unit.CALENDAR_DAY: gettext_lazy("calendar day %(number)d"),
}
_RUNS = {
    Unit.WORKING_DAY: gettext_lazy("working days %(first)d to %(last)d"),
    Unit.CALENDAR_DAY: gettext_lazy("calendar days %(first)d to %(last)d"),
}
_NOT_COUNTED = {
    DayKind.WEEKEND: gettext_lazy("weekend, not counted"),
    DayKind.HOLIDAY: gettext_lazy("holiday, not counted"),
    DayKind.SWAPPED_OFF: gettext_lazy("day off by a swap of working days, not counted"),
    DayKind.COMPENSATORY: gettext_lazy("compensatory day off, not counted"),
}


def _details(day: Day) -> str:
    notice = day.notice and _("notice %(number)s") % {"number": day.notice}
    return "; ".join(filter(None, (day.name, notice)))


def _format_end(limit: Limit, due_at: datetime | None) -> str:
    if due_at is None:
        return _("No fixed deadline.")
    values = {"date": _format_date(due_at), "time": f"{due_at:%H:%M}"}
    if limit.unit is Unit.OFFICE_HOUR:
        return _("Due at %(time)s on %(date)s.") % values
    return _("Due by the end of %(date)s.") % values


def _format_date(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _format_duration(duration: timedelta) -> str:
    minutes = duration // timedelta(minutes=1)
    return _("%(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
