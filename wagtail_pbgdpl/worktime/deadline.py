"""From a starting event and a limit to the instant at which the limit ends.

Pure functions; the instants that they return are Vietnamese (``Asia/Ho_Chi_Minh``).
The day of the event is day zero and a limit in days ends with its last day, as Bộ luật Dân sự 2015
Điều 147.2 and 148.6 have it, and with the next working day where that is a day off (Điều 148.5);
a limit in hours begins at the instant of the event (Điều 147.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from .calendar import VIETNAM, Calendar, index_of
from .limits import Limit, Unit

Start = date | datetime


class Pause(NamedTuple):
    """While somebody is owed something by the person whom the limit protects.

    As the day of an event is day zero, the day ``since`` on which it was asked for still counts,
    and the day ``until`` on which it came does not; ``None``: it has not come.
    """

    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether ``on`` is not counted."""
        return self.since < on and (self.until is None or on <= self.until)


_HOUR = timedelta(hours=1) // timedelta(microseconds=1)
_ONE_DAY = timedelta(days=1)
_BY_DAY = (Unit.WORKING_DAY, Unit.CALENDAR_DAY)
_LAST_MICROSECOND = time.max.replace(tzinfo=VIETNAM)


def due(
    start: Start,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extended_by: int = 0,
) -> datetime | None:
    """Return the last instant within ``limit``, or ``None`` for a limit that is «at once».

    ``None`` as well while one of the ``pauses`` goes on. They are for limits in working and in
    calendar days, of which they take out the days in which they hold; of two that overlap a day is
    taken out once. ``extended_by``: working days given beside a limit in working days, of which
    they are a part.

    ``start`` is the event: an aware datetime in any time zone, or the date of an event whose time
    is not known. By unit of the limit:

    - working days (BK21 Điều 12.1b–d; BK18 Điều 7.1; BP20 Điều 9.3b–e): the days that ``calendar``
      says are worked, to the end of the last one;
    - calendar days (BK18 Điều 7.1c; BP20 Điều 9.3đ): all days;
    - office hours (BP20 Điều 9.3a): office time from the event on; outside office hours the
      count waits for the next opening. Of an event without a time the day itself is not counted,
      since it may have taken place at its very end;
    - day n of the next month or quarter (BP20 Điều 9.3đ): the end of that day, or of the last day
      where the month or quarter is shorter. ``start`` is any day of the month or quarter before,
      such as its last;
    - week n of the next month (BP20 Điều 9.3đ, «trong tuần đầu tiên của tháng tiếp theo»): the end
      of day 7 × n. The first week is read as the first seven days: a week that begins on a Monday
      would give as little as one day in some months, and the clause treats the month and the
      quarter («10 ngày đầu tiên») alike.

    A last day that is not worked gives way to the next working day (Bộ luật Dân sự 2015 Điều 148.5)
    unless the limit says otherwise (``ends_on_working_day``).

    Raises ``TypeError`` for pauses or an extension of another limit, ``ValueError`` for a naive
    datetime, and when the start or the result lies outside the years 2000 to 2100.
    """
    limit = limit.extended(extended_by)
    day = local_day(start)
    index_of(day)
    stops = tuple(pauses)
    if limit.unit is Unit.IMMEDIATE or any(stop.until is None for stop in stops):
        return None
    if stops:
        return _end_of(_last_day_with(stops, day, limit, calendar))
    if limit.unit is Unit.OFFICE_HOUR:
        begun = calendar.office_time_through(_instant(start))
        return calendar.office_time_reached(begun + limit.amount * _HOUR)
    last = last_day_counted(day, limit, calendar)
    index_of(last)
    if limit.ends_on_working_day and not calendar.day(last).works:
        last = calendar.working_day_number(calendar.working_days_through(last) + 1)
    return _end_of(last)


def _last_day_with(stops: tuple[Pause, ...], day: date, limit: Limit, calendar: Calendar) -> date:
    if limit.unit not in _BY_DAY:
        raise TypeError(f"a limit in the unit {limit.unit.value!r} is not paused")
    left, counts = limit.amount, limit.unit is Unit.CALENDAR_DAY
    while left or (limit.ends_on_working_day and not calendar.day(day).works):
        day += _ONE_DAY
        index_of(day)
        while any(stop.holds(day) for stop in stops):
            day += _ONE_DAY
        if left and (counts or calendar.day(day).works):
            left -= 1
    return day


def last_day_counted(day: date, limit: Limit, calendar: Calendar) -> date:
    """Return the day on which a limit in days is used up, worked or not."""
    return _LAST_DAY[limit.unit](day, limit.amount, calendar)


def working_days_between(start: Start, end: Start, calendar: Calendar) -> int:
    """Return the number of working days after the day of ``start`` through the day of ``end``.

    Negative when ``end`` lies before ``start``: the days by which something is late.
    The inverse of a limit in working days. Raises ``ValueError`` as ``due`` does.
    """
    return calendar.working_days_through(local_day(end)) - calendar.working_days_through(
        local_day(start)
    )


def office_time_between(start: Start, end: Start, calendar: Calendar) -> timedelta:
    """Return the office time between two instants; a date stands for the end of its day.

    Negative when ``end`` lies before ``start``. The inverse of a limit in office hours.
    Raises ``ValueError`` as ``due`` does.
    """
    until, since = (calendar.office_time_through(_instant(moment)) for moment in (end, start))
    return timedelta(microseconds=until - since)


def _instant(start: Start) -> datetime:
    if not isinstance(start, datetime):
        return _end_of(start)
    if start.utcoffset() is None:
        raise ValueError(f"a datetime must have a time zone: {start.isoformat()}")
    return start


def local_day(start: Start) -> date:
    """Return the Vietnamese date of an aware datetime, or the date itself.

    Raises ``ValueError`` for a naive datetime.
    """
    return _instant(start).astimezone(VIETNAM).date() if isinstance(start, datetime) else start


def _end_of(day: date) -> datetime:
    return datetime.combine(day, _LAST_MICROSECOND)


def _working_days(day: date, amount: int, calendar: Calendar) -> date:
    return calendar.working_day_number(calendar.working_days_through(day) + amount)


def _calendar_days(day: date, amount: int, calendar: Calendar) -> date:
    return day + timedelta(days=amount)


def _day_of_next_month(day: date, amount: int, calendar: Calendar) -> date:
    return _day_of_period(day.year * 12 + day.month, 1, amount)


def _week_of_next_month(day: date, amount: int, calendar: Calendar) -> date:
    return _day_of_next_month(day, 7 * amount, calendar)


def _day_of_next_quarter(day: date, amount: int, calendar: Calendar) -> date:
    return _day_of_period(day.year * 12 + (day.month + 2) // 3 * 3, 3, amount)


def _day_of_period(begins: int, months: int, amount: int) -> date:
    """Day ``amount`` of the ``months`` months from the month ``begins``, counted from year zero."""
    found = _first_day(begins) + timedelta(days=amount - 1)
    # Only a high number can lie beyond the end.
    return found if amount <= 28 else min(found, _first_day(begins + months) - timedelta(days=1))


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


_LAST_DAY: dict[Unit, Callable[[date, int, Calendar], date]] = {
    Unit.WORKING_DAY: _working_days,
    Unit.CALENDAR_DAY: _calendar_days,
    Unit.NEXT_MONTH_DAY: _day_of_next_month,
    Unit.NEXT_MONTH_WEEK: _week_of_next_month,
    Unit.NEXT_QUARTER_DAY: _day_of_next_quarter,
}
