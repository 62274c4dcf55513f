"""An immutable calendar: which days are worked, why the others are not, and the hours of each.

Pure Python. All dates and times here are Vietnamese ones (``Asia/Ho_Chi_Minh``).
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
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
_DAY = timedelta(days=1) // _MICROSECOND
# Vietnam has kept UTC+7 throughout the years covered, so that elapsed time is wall-clock time.
_EPOCH = datetime.combine(FIRST_DAY, time.min, tzinfo=VIETNAM)


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
            index_of(day.date)

    def with_days(self, days: Iterable[Day]) -> Calendar:
        """Return a calendar in which ``days`` stand in for what was known of their dates."""
        merged = {day.date: day for day in (*self.days, *days)}
        return replace(self, days=tuple(merged.values()))

    def day(self, on: date) -> Day:
        """Return the day ``on``. Raises ``ValueError`` outside the years 2000 to 2100."""
        index_of(on)
        if (known := self._known.get(on)) is not None:
            return known
        return Day(on, DayKind.WEEKEND if on.weekday() >= _SATURDAY else DayKind.ORDINARY)

    def sessions(self, on: date) -> tuple[Session, ...]:
        """Return the office hours of the day ``on``: none when it is not worked."""
        return self._sessions_of_year[on.month, on.day] if self.day(on).works else ()

    # The four functions below place a day or an instant on one running count that begins with
    # the year 2000. Adding a limit, and measuring between two instants, is then plain arithmetic.

    def is_office_time(self, at: datetime) -> bool:
        """Whether ``at`` (aware) lies within a session of a day that is worked (T14)."""
        local = at.astimezone(VIETNAM)
        return self.day(local.date()).works and any(
            session.opens <= local.time() < session.closes
            for session in self.sessions(local.date())
        )

    def working_days_through(self, on: date) -> int:
        """Return how many working days there were from 01/01/2000 through ``on``.

        Raises ``ValueError`` outside the years 2000 to 2100.
        """
        return self._count[index_of(on)]

    def working_day_number(self, number: int) -> date:
        """Return the day on which the running count of working days reaches ``number`` (>= 1).

        Raises ``ValueError`` when that is no day of the years 2000 to 2100.
        """
        if not 1 <= number <= len(self._working_ordinals):
            raise _outside()
        return date.fromordinal(self._working_ordinals[number - 1])

    def office_time_through(self, at: datetime) -> int:
        """Return the office time from 01/01/2000 until the aware instant ``at``, in microseconds.

        Raises ``ValueError`` outside the years 2000 to 2100.
        """
        now = (at - _EPOCH) // _MICROSECOND
        if not 0 <= now < _LENGTH * _DAY:
            raise _outside()
        opens, closes, totals = self._sessions
        session = bisect_right(opens, now) - 1
        if session < 0:
            return 0
        return totals[session] - max(closes[session] - now, 0)

    def office_time_reached(self, total: int) -> datetime:
        """Return the first instant at which the running office time is ``total`` microseconds.

        The instant is aware and Vietnamese. Raises ``ValueError`` when it is after the year 2100.
        """
        _opens, closes, totals = self._sessions
        session = bisect_left(totals, total)
        if session == len(totals):
            raise _outside()
        return _EPOCH + timedelta(microseconds=closes[session] - (totals[session] - total))

    @cached_property
    def _known(self) -> dict[date, Day]:
        return {day.date: day for day in self.days}

    @cached_property
    def _works(self) -> bytearray:
        works = bytearray((_FIRST_ORDINAL + index - 1) % 7 < _SATURDAY for index in range(_LENGTH))
        for day in self.days:
            works[index_of(day.date)] = day.works
        return works

    @cached_property
    def _count(self) -> list[int]:
        return list(accumulate(self._works))

    @cached_property
    def _working_ordinals(self) -> list[int]:
        return [_FIRST_ORDINAL + index for index, works in enumerate(self._works) if works]

    @cached_property
    def _sessions(self) -> tuple[list[int], list[int], list[int]]:
        """Opening, closing and running office time of each session, in microseconds."""
        spans = {
            place: [(_microseconds(session.opens), _microseconds(session.closes)) for session in of]
            for place, of in self._sessions_of_year.items()
        }
        opens, closes = [], []
        for ordinal in self._working_ordinals:
            on = date.fromordinal(ordinal)
            midnight = (ordinal - _FIRST_ORDINAL) * _DAY
            for opening, closing in spans[on.month, on.day]:
                opens.append(midnight + opening)
                closes.append(midnight + closing)
        lengths = (closing - opening for opening, closing in zip(opens, closes, strict=True))
        return opens, closes, list(accumulate(lengths))

    @cached_property
    def _sessions_of_year(self) -> dict[tuple[int, int], tuple[Session, ...]]:
        leap_year = (date(2000, 1, 1) + timedelta(days=offset) for offset in range(366))
        return {
            (day.month, day.day): next(
                season.sessions for season in self.seasons if season.covers(day)
            )
            for day in leap_year
        }


def index_of(on: date) -> int:
    """Return the number of days from 01/01/2000 to ``on``.

    Raises ``ValueError`` outside the years 2000 to 2100, and ``TypeError`` for a datetime, whose
    date depends on the time zone.
    """
    if isinstance(on, datetime):
        raise TypeError(f"a date is needed, not the datetime {on.isoformat()}")
    index = on.toordinal() - _FIRST_ORDINAL
    if not 0 <= index < _LENGTH:
        raise _outside()
    return index


def _outside() -> ValueError:
    return ValueError(
        f"outside the calendar, which covers {FIRST_DAY:%d/%m/%Y} to {LAST_DAY:%d/%m/%Y}"
    )


def _microseconds(clock: time) -> int:
    return (datetime.combine(FIRST_DAY, clock, tzinfo=VIETNAM) - _EPOCH) // _MICROSECOND
