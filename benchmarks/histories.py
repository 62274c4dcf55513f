"""A million random histories of questions: does the clock ever differ from a count day by day?

Run from the root of the project: ``python -m benchmarks.histories [how many]``. Each history begins
at an instant in eight years, has a limit of 5 to 30 working days, and from two to twelve things
happen in it: the clock is stopped and goes on, the limit is extended, the question is handed to
another unit, a holiday is announced late. After each the limit is compared with one that is counted
by writing down day after day. Nothing is shared with the package but the days that are worked. No
database, no network (Q2, Q3).
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

from wagtail_pbgdpl.worktime import VIETNAM, Calendar, Day, DayKind, Limit, Pause, Unit, due
from wagtail_pbgdpl.worktime.seed import shipped_calendar

HISTORIES = 1_000_000
FIRST, YEARS = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=8 * 365)
#: Calendars, each with more days announced than the one before it.
ANNOUNCED, DAYS_EACH = 12, 25


def calendars(chance: random.Random) -> list[Calendar]:
    found = [shipped_calendar()]
    for _ in range(ANNOUNCED):
        days = {
            (FIRST + chance.random() * (YEARS + timedelta(days=300))).astimezone(VIETNAM).date()
            for _ in range(DAYS_EACH)
        }
        kinds = (DayKind.HOLIDAY, DayKind.HOLIDAY, DayKind.SWAPPED_WORK)
        found.append(found[-1].with_days([Day(day, chance.choice(kinds), "Nghỉ") for day in days]))
    return found


def works(calendar: Calendar) -> dict[date, bool]:
    """Return which days are worked, each asked for alone."""
    first = FIRST.date() - timedelta(days=30)
    days = [first + timedelta(days=number) for number in range(YEARS.days + 800)]
    return {day: calendar.day(day).works for day in days}


def day_by_day(start: datetime, amount: int, stops: list[Pause], worked: dict[date, bool]) -> date:
    day = start.astimezone(VIETNAM).date()
    while amount:
        day += timedelta(days=1)
        stopped = any(one.since < day <= (one.until or day) for one in stops)
        amount -= worked[day] and not stopped
    return day


def history(
    chance: random.Random, known: list[Calendar], tables: list[dict[date, bool]]
) -> tuple[int, int]:
    """Let one happen; return how often the limit was compared, and how often it differed."""
    start = FIRST + chance.random() * YEARS
    limit = Limit(Unit.WORKING_DAY, chance.randint(5, 30))
    at, extended, newest = start.astimezone(VIETNAM).date(), 0, chance.randrange(len(known) - 4)
    stops: list[Pause] = []
    compared = differed = 0
    for _ in range(chance.randint(2, 12)):
        at += timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 5, 9)))
        happens = chance.choice(("clock", "clock", "extend", "transfer", "announce"))
        if happens == "clock":
            if stops and stops[-1].until is None:
                stops[-1] = Pause(stops[-1].since, at)
            else:
                stops.append(Pause(at))
        elif happens == "extend":
            extended += chance.randint(1, 10)
        elif happens == "announce":
            newest = min(newest + 1, len(known) - 1)
        found = due(start, limit, known[newest], stops, extended)
        if stops and stops[-1].until is None:
            expected = None
        else:
            last = day_by_day(start, limit.amount + extended, stops, tables[newest])
            expected = datetime.combine(last, time.max, VIETNAM)
        compared += 1
        differed += found != expected
    return compared, differed


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else HISTORIES
    chance = random.Random(2026)  # noqa: S311
    known = calendars(chance)
    tables = [works(calendar) for calendar in known]
    begun = process_time()
    compared = differed = wrong = 0
    for _ in range(count):
        more, bad = history(chance, known, tables)
        compared += more
        differed += bad
        wrong += bool(bad)
    print(
        f"{count:,} histories, {compared:,} limits compared: {differed:,} differ, "
        f"in {wrong:,} histories; {process_time() - begun:.0f} s of one core"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
