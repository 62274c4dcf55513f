"""How long 100,000 deadlines of each unit take on one core.

Run from the root of the project: ``python -m benchmarks.worktime``. No database, no network.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from platform import python_version
from time import process_time

from wagtail_pbgdpl.worktime import Calendar, Limit, Unit, due
from wagtail_pbgdpl.worktime.seed import shipped_calendar

COUNT = 100_000
LIMITS = [
    Limit(Unit.IMMEDIATE),
    Limit(Unit.WORKING_DAY, 15),
    Limit(Unit.CALENDAR_DAY, 30),
    Limit(Unit.OFFICE_HOUR, 12),
    Limit(Unit.NEXT_MONTH_DAY, 5),
    Limit(Unit.NEXT_MONTH_WEEK, 1),
    Limit(Unit.NEXT_QUARTER_DAY, 10),
]
YEARS = timedelta(days=10 * 365)


def starts() -> list[datetime]:
    """Instants spread over ten years, the same in each run."""
    chance = random.Random(2026)  # noqa: S311
    first = datetime(2020, 1, 1, tzinfo=UTC)
    return [first + chance.random() * YEARS for _ in range(COUNT)]


def measure(limit: Limit, events: list[datetime], calendar: Calendar) -> float:
    """Return the seconds of processor time for one deadline from each of ``events``."""
    begun = process_time()
    for event in events:
        due(event, limit, calendar)
    return process_time() - begun


def main() -> None:
    begun = process_time()
    calendar = shipped_calendar()
    built = process_time() - begun
    begun = process_time()
    for limit in LIMITS:
        due(datetime(2026, 1, 1, tzinfo=UTC), limit, calendar)
    filled = process_time() - begun

    events = starts()
    print(f"Python {python_version()}; {COUNT:,} deadlines of each unit, one core\n")
    print(f"{'unit':24}{'amount':>8}{'seconds':>10}{'deadlines/s':>14}")
    for limit in LIMITS:
        seconds = min(measure(limit, events, calendar) for _ in range(3))
        rate = COUNT / seconds
        print(f"{limit.unit:24}{limit.amount:>8}{seconds:>10.3f}{rate:>14,.0f}")
    print(f"\nonce per process: shipped calendar {built:.3f} s, tables {filled:.3f} s")


if __name__ == "__main__":
    main()
