"""The days that the package knows without being told: shipped data, elsewhere ``holidays``.

Sources: Bộ luật Lao động 2019 Điều 112, Nghị quyết 80-NQ/TW (24/11 from 2026) and the yearly
notices, named in ``data/*.toml``. The data of a year replaces what ``holidays`` has for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

import holidays

from .calendar import FIRST_DAY, LAST_DAY, Calendar, Day, DayKind
from .hours import WHOLE_YEAR

CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_CULTURE_DAY_SINCE = 2026
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def shipped_calendar() -> Calendar:
    """Return the calendar of the package itself, with office hours 07:30–11:30, 13:00–17:00."""
    years = {table["year"]: table for table in _tables()}
    days = [
        Day(row["date"], DayKind(row["kind"]), row["name"], row.get("notice", ""))
        for table in years.values()
        for row in table["days"]
    ]
    days += [day for day in _computed_days() if day.date.year not in years]
    announced = (year for year, table in years.items() if table["announced"])
    return Calendar(WHOLE_YEAR, tuple(days), announced_until=max(announced))


def _tables() -> Iterator[dict[str, Any]]:
    for entry in (resources.files(__package__) / "data").iterdir():
        if entry.name.endswith(".toml"):
            yield tomllib.loads(entry.read_text(encoding="utf-8"))


def _computed_days() -> Iterator[Day]:
    known = holidays.country_holidays(
        "VN",
        years=range(FIRST_DAY.year, LAST_DAY.year + 1),
        categories=("public",),
        observed=True,
        language="vi",
    )
    names: dict[date, str] = {on: known[on] for on in known}
    for year in range(_CULTURE_DAY_SINCE, LAST_DAY.year + 1):
        _add_culture_day(names, year)
    for on, name in names.items():
        yield Day(on, _kind(name), name)
    for on in known.weekend_workdays:
        yield Day(on, DayKind.SWAPPED_WORK, "Ngày làm việc bù")


def _kind(name: str) -> DayKind:
    # ``holidays`` tells these apart by nothing but the name.
    if "thay cho ngày" in name:
        return DayKind.SWAPPED_OFF
    return DayKind.COMPENSATORY if "nghỉ bù" in name else DayKind.HOLIDAY


def _add_culture_day(names: dict[date, str], year: int) -> None:
    """Add 24 November and its compensatory day, which older releases of ``holidays`` lack."""
    on = date(year, 11, 24)
    if on in names:
        return
    names[on] = CULTURE_DAY
    if on.weekday() >= 5:
        while on.weekday() >= 5 or on in names:
            on += _ONE_DAY
        names[on] = f"{CULTURE_DAY} (nghỉ bù)"
