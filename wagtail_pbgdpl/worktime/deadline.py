"""From a starting event and a limit to the instant at which the limit ends.

Pure functions; the instants that they return are Vietnamese (``Asia/Ho_Chi_Minh``).
The day of the event is day zero and a limit in days ends with its last day, as Bộ luật Dân sự 2015
Điều 147.2 and 148.6 have it; a limit in hours begins at the instant of the event (Điều 147.1).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .calendar import VIETNAM, Calendar
from .limits import Limit, Unit

Start = date | datetime


def due(start: Start, limit: Limit, calendar: Calendar) -> datetime | None:
    """Return the last instant within ``limit``, or ``None`` for a limit that is «at once».

    ``start`` is the event: an aware datetime in any time zone, or the date of an event whose time
    is not known. By unit of the limit:

    - working days (BK21 Điều 12.1b–d; BK18 Điều 7.1; BP20 Điều 9.3b–e): the days that ``calendar``
      says are worked, to the end of the last one;
    - calendar days (BK18 Điều 7.1c; BP20 Điều 9.3đ): all days, whatever the last one is;
    - office hours (BP20 Điều 9.3a): office time from the event on; outside office hours the
      count waits for the next opening. Of an event without a time the day itself is not counted,
      since it may have taken place at its very end;
    - day n of the next month or quarter (BP20 Điều 9.3đ): the end of that day, or of the last day
      where the month or quarter is shorter;
    - week n of the next month (BP20 Điều 9.3đ, «trong tuần đầu tiên của tháng tiếp theo»): the end
      of day 7 × n. The first week is read as the first seven days: a week that begins on a Monday
      would give as little as one day in some months, and the clause treats the month and the
      quarter («10 ngày đầu tiên») alike.

    Raises ``ValueError`` for a naive datetime, and when the start or the result lies outside the
    years 2000 to 2100.
    """
    day = _local_day(start)
    match limit.unit:
        case Unit.IMMEDIATE:
            return None
        case Unit.OFFICE_HOUR:
            reached = calendar.office_time_through(_local(start)) + timedelta(hours=limit.amount)
            return calendar.office_time_reached(reached).replace(tzinfo=VIETNAM)
        case Unit.WORKING_DAY:
            count = calendar.working_days_through(day) + limit.amount
            return _end_of(calendar.working_day_number(count))
        case Unit.CALENDAR_DAY:
            last = day + timedelta(days=limit.amount)
        case Unit.NEXT_MONTH_DAY:
            last = _day_of_next_period(day, 1, limit.amount)
        case Unit.NEXT_MONTH_WEEK:
            last = _day_of_next_period(day, 1, 7 * limit.amount)
        case Unit.NEXT_QUARTER_DAY:
            last = _day_of_next_period(day, 3, limit.amount)
    calendar.day(last)  # Refuses what the other units refuse too: a result outside its years.
    return _end_of(last)


def working_days_between(start: Start, end: Start, calendar: Calendar) -> int:
    """Return the number of working days after the day of ``start`` through the day of ``end``.

    Negative when ``end`` lies before ``start``: the days by which something is late.
    The inverse of a limit in working days. Raises ``ValueError`` as ``due`` does.
    """
    return calendar.working_days_through(_local_day(end)) - calendar.working_days_through(
        _local_day(start)
    )


def office_time_between(start: Start, end: Start, calendar: Calendar) -> timedelta:
    """Return the office time between two instants; a date stands for the end of its day.

    Negative when ``end`` lies before ``start``. The inverse of a limit in office hours.
    Raises ``ValueError`` as ``due`` does.
    """
    return calendar.office_time_through(_local(end)) - calendar.office_time_through(_local(start))


def is_overdue(due_at: datetime | None, now: datetime) -> bool:
    """Say whether ``due_at`` has passed. Never without a fixed limit. Both instants are aware."""
    return due_at is not None and now > due_at


def _local(start: Start) -> datetime:
    """The naive Vietnamese time of ``start``; the end of the day for a date."""
    if not isinstance(start, datetime):
        return datetime.combine(start, time.max)
    if start.utcoffset() is None:
        raise ValueError(f"a datetime must have a time zone: {start.isoformat()}")
    return start.astimezone(VIETNAM).replace(tzinfo=None)


def _local_day(start: Start) -> date:
    return _local(start).date() if isinstance(start, datetime) else start


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=VIETNAM)


def _day_of_next_period(day: date, months: int, number: int) -> date:
    """Day ``number`` of the period of ``months`` months that follows the one of ``day``."""
    begins = day.year * 12 + (day.month - 1) // months * months + months
    last = _first_day(begins + months) - timedelta(days=1)
    return min(_first_day(begins) + timedelta(days=number - 1), last)


def _first_day(month: int) -> date:
    """The first day of a month counted from the year zero."""
    return date(month // 12, month % 12 + 1, 1)
