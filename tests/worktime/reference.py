"""A second, slow and obvious way to count, against which the fast one is checked.

It shares nothing with the package but the question whether a day is worked and the plain data
of the seasons.
"""

from datetime import date, datetime, time, timedelta

from wagtail_pbgdpl.worktime import VIETNAM, Unit

ONE_DAY = timedelta(days=1)


def slow_due_with(start, limit, calendar, pauses):
    """Write down every day that counts, and take the last one."""
    first = start.astimezone(VIETNAM).date() if isinstance(start, datetime) else start
    stopped = {
        pause.since + n * ONE_DAY
        for pause in pauses
        for n in range(1, (pause.until - pause.since).days + 1)
    }
    days = [first + n * ONE_DAY for n in range(1, 1500)]
    open_days = [day for day in days if day not in stopped]
    worked = [day for day in open_days if calendar.day(day).works]
    counted = open_days if limit.unit is Unit.CALENDAR_DAY else worked
    last = counted[limit.amount - 1]
    if limit.ends_on_working_day and last not in worked:
        last = next(day for day in worked if day > last)
    return datetime.combine(last, time.max, tzinfo=VIETNAM)


def slow_due(start, limit, calendar):
    if limit.unit is Unit.OFFICE_HOUR:
        return _office_hours(start, limit.amount, calendar)
    day = start.astimezone(VIETNAM).date() if isinstance(start, datetime) else start
    last = _last_day(day, limit, calendar)
    while limit.ends_on_working_day and not calendar.day(last).works:
        last += ONE_DAY
    return datetime.combine(last, time.max, tzinfo=VIETNAM)


def _last_day(day, limit, calendar):
    left = limit.amount
    if limit.unit in (Unit.WORKING_DAY, Unit.CALENDAR_DAY):
        while left:
            day += ONE_DAY
            if limit.unit is Unit.CALENDAR_DAY or calendar.day(day).works:
                left -= 1
        return day
    period = _quarter if limit.unit is Unit.NEXT_QUARTER_DAY else _month
    if limit.unit is Unit.NEXT_MONTH_WEEK:
        left *= 7
    here = period(day)
    while period(day) == here:
        day += ONE_DAY
    following = period(day)
    while left > 1 and period(day + ONE_DAY) == following:
        day += ONE_DAY
        left -= 1
    return day


def _month(day):
    return day.year, day.month


def _quarter(day):
    return day.year, {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3}.get(day.month, 4)


def _office_hours(start, hours, calendar):
    if isinstance(start, datetime):
        now = start.astimezone(VIETNAM).replace(tzinfo=None)
    else:
        now = datetime.combine(start, time.max)
    left = timedelta(hours=hours)
    day = now.date()
    while True:
        for session in _sessions(day, calendar):
            opens = max(now, datetime.combine(day, session.opens))
            closes = datetime.combine(day, session.closes)
            if opens >= closes:
                continue
            if left <= closes - opens:
                return (opens + left).replace(tzinfo=VIETNAM)
            left -= closes - opens
        day += ONE_DAY


def _sessions(day, calendar):
    if not calendar.day(day).works:
        return ()
    for season in calendar.seasons:
        for year in (day.year - 1, day.year):
            first = date(year, *season.first)
            last = date(year + (season.last < season.first), *season.last)
            if first <= day <= last:
                return season.sessions
    raise AssertionError(f"{day} lies in no season")
