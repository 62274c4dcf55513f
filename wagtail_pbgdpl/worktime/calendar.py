"""An immutable calendar: which days are worked, why the others are not, and the hours of each.

Pure Python. All dates and times here are Vietnamese ones (``Asia/Ho_Chi_Minh``).
"""

from __future__ import annotations

import enum
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from .hours import WHOLE_YEAR, Season, Session, check_year_is_covered

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)

_FIRST_ORDINAL = FIRST_DAY.toordinal()
_LENGTH = LAST_DAY.toordinal() - _FIRST_ORDINAL + 1
_SATURDAY = 5
_MICROSECOND = timedelta(microseconds=1)


class DayKind(enum.StrEnum):
    """Why a day is worked or not."""

    ORDINARY = "ordinary"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED_OFF = "swapped_off"
    SWAPPED_WORK = "swapped_work"
    COMPENSATORY = "compensatory"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar.

    ``name`` is what the day is called (Vietnamese data, empty for an ordinary day or weekend);
    ``notice`` the number of the notice that made it so, empty where the law itself does.
    """

    date: date
    kind: DayKind
    name: str = ""
    notice: str = ""

    @property
    def works(self) -> bool:
        return self.kind in (DayKind.ORDINARY, DayKind.SWAPPED_WORK)


@dataclass(frozen=True)
class Calendar:
    """Working days and office hours from 2000 through 2100. Immutable, comparable, hashable.

    ``days`` are the days that differ from «Monday to Friday is worked»; ``seasons`` the office
    hours; ``announced_until`` the last year whose days off have been announced: the days of later
    years are computed and may still change. Raises ``ValueError`` for a day that is given twice
    or lies outside the years covered, and for seasons that leave a gap or overlap.
    """

    seasons: tuple[Season, ...] = WHOLE_YEAR
    days: tuple[Day, ...] = ()
    announced_until: int = LAST_DAY.year

    def __post_init__(self) -> None:
        check_year_is_covered(self.seasons)
        object.__setattr__(self, "days", tuple(sorted(self.days, key=lambda day: day.date)))
        for before, after in zip(self.days, self.days[1:], strict=False):
            if before.date == after.date:
                raise ValueError(f"{after.date} is given twice")
        for day in self.days:
            _index(day.date)

    def with_days(self, days: Iterable[Day]) -> Calendar:
        """Return a calendar in which ``days`` stand in for what was known of their dates."""
        merged = {day.date: day for day in (*self.days, *days)}
        return replace(self, days=tuple(merged.values()))

    def day(self, on: date) -> Day:
        """Return the day ``on``. Raises ``ValueError`` outside the years 2000 to 2100."""
        _index(on)
        if (known := self._known.get(on)) is not None:
            return known
        return Day(on, DayKind.WEEKEND if on.weekday() >= _SATURDAY else DayKind.ORDINARY)

    def sessions(self, on: date) -> tuple[Session, ...]:
        """Return the office hours of the day ``on``: none when it is not worked."""
        return self._season_sessions(on) if self.day(on).works else ()

    # The four functions below place a day or an instant on one running count that begins with
    # the year 2000. Adding a limit, and measuring between two instants, is then plain arithmetic.

    def working_days_through(self, on: date) -> int:
        """Return how many working days there were from FIRST_DAY through ``on``."""
        return self._worked[_index(on)]

    def working_day_number(self, number: int) -> date:
        """Return the day on which the running count of working days reaches ``number``."""
        index = bisect_left(self._worked, number)
        return date.fromordinal(_FIRST_ORDINAL + _check(index))

    def office_time_through(self, at: datetime) -> timedelta:
        """Return the office time from FIRST_DAY until the naive Vietnamese time ``at``."""
        on = at.date()
        index = _index(on)
        total = self._office_time[index - 1] if index else 0
        if self._office_time[index] > total:
            now = _microseconds(at.time())
            for opens, length in self._spans(on):
                total += min(max(now - opens, 0), length)
        return timedelta(microseconds=total)

    def office_time_reached(self, total: timedelta) -> datetime:
        """Return the first naive Vietnamese time at which the running office time is ``total``."""
        wanted = total // _MICROSECOND
        index = _check(bisect_left(self._office_time, wanted))
        rest = wanted - (self._office_time[index - 1] if index else 0)
        on = date.fromordinal(_FIRST_ORDINAL + index)
        midnight = datetime.combine(on, time.min)
        for opens, length in self._spans(on):
            if rest <= length:
                return midnight + timedelta(microseconds=opens + rest)
            rest -= length
        return midnight  # Only for a total of zero on a day that is not worked.

    @cached_property
    def _known(self) -> dict[date, Day]:
        return {day.date: day for day in self.days}

    @cached_property
    def _works(self) -> bytearray:
        works = bytearray((_FIRST_ORDINAL + index - 1) % 7 < _SATURDAY for index in range(_LENGTH))
        for day in self.days:
            works[_index(day.date)] = day.works
        return works

    @cached_property
    def _worked(self) -> array[int]:
        return array("l", accumulate(self._works))

    @cached_property
    def _office_time(self) -> array[int]:
        lengths = {
            place: sum(length for _, length in spans)
            for place, spans in self._spans_by_place.items()
        }
        days = map(date.fromordinal, range(_FIRST_ORDINAL, _FIRST_ORDINAL + _LENGTH))
        return array(
            "q",
            accumulate(
                lengths[day.month, day.day] if works else 0
                for day, works in zip(days, self._works, strict=True)
            ),
        )

    @cached_property
    def _spans_by_place(self) -> dict[tuple[int, int], tuple[tuple[int, int], ...]]:
        """For each (month, day): the sessions as (opening, length) in microseconds."""
        leap_year = (date(2000, 1, 1) + timedelta(days=offset) for offset in range(366))
        return {
            (day.month, day.day): tuple(
                (
                    _microseconds(session.opens),
                    _microseconds(session.closes) - _microseconds(session.opens),
                )
                for session in self._season_sessions(day)
            )
            for day in leap_year
        }

    def _spans(self, on: date) -> tuple[tuple[int, int], ...]:
        return self._spans_by_place[on.month, on.day]

    def _season_sessions(self, on: date) -> tuple[Session, ...]:
        return next(season.sessions for season in self.seasons if season.covers(on))


def _index(on: date) -> int:
    return _check(on.toordinal() - _FIRST_ORDINAL)


def _check(index: int) -> int:
    if not 0 <= index < _LENGTH:
        raise ValueError(
            f"outside the calendar, which covers {FIRST_DAY:%d/%m/%Y} to {LAST_DAY:%d/%m/%Y}"
        )
    return index


def _microseconds(clock: time) -> int:
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return seconds * 1_000_000 + clock.microsecond
