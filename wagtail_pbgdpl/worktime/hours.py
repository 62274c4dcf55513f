"""Office hours: the sessions of a day, which may differ by season.

Pure Python. Days are worked from Monday to Friday (BK21 Điều 10.5, BK18 Điều 5.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

# A leap year, so that 29 February belongs to a season too.
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of office time within a day, Vietnamese time: from ``opens`` to ``closes``.

    Raises ``ValueError`` when it does not open before it closes.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"a session must open before it closes: {self}")

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, from ``first`` through ``last``, each a pair (month, day).

    ``first`` may come after ``last``: the season then runs across the new year.
    Raises ``ValueError`` for sessions that are missing, out of order or overlapping.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        if not self.sessions:
            raise ValueError("a season needs at least one session")
        for before, after in zip(self.sessions, self.sessions[1:], strict=False):
            if after.opens < before.closes:
                raise ValueError(f"the session {after} begins before {before} has ended")

    def covers(self, day: date) -> bool:
        place = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= place <= self.last
        return place >= self.first or place <= self.last


def parse_office_hours(value: Any) -> tuple[Season, ...]:
    """Read the setting ``OFFICE_HOURS`` into seasons that together cover each day of a year once.

    ``value`` is a list of dictionaries such as
    ``{"from": "15/10", "until": "14/04", "sessions": ["07:30-11:30", "13:00-17:00"]}``;
    dates are day/month, both ends included, times are Vietnamese time.
    Raises ``ValueError`` that says what is wrong.
    """
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence) or not value:
        raise ValueError("the office hours must be a list of seasons")
    seasons = tuple(sorted(map(_parse_season, value), key=lambda season: season.first))
    check_year_is_covered(seasons)
    return seasons


def check_year_is_covered(seasons: Sequence[Season]) -> None:
    """Raise ``ValueError`` unless each day of the year lies in exactly one season."""
    if not seasons:
        raise ValueError("the office hours need at least one season")
    ordered = sorted(seasons, key=lambda season: season.first)
    if len({season.first for season in ordered}) < len(ordered):
        raise ValueError("two seasons begin on the same day")
    for season, following in zip(ordered, [*ordered[1:], ordered[0]], strict=True):
        next_day = date(_ANY_YEAR, *season.last) + timedelta(days=1)
        if (next_day.month, next_day.day) != following.first:
            raise ValueError(
                f"the season that ends on {_day_month(season.last)} must be followed by one that "
                f"begins on {next_day:%d/%m}, not on {_day_month(following.first)}"
            )


def _parse_season(value: Any) -> Season:
    if not isinstance(value, Mapping) or set(value) != {"from", "until", "sessions"}:
        raise ValueError(f'a season has the keys "from", "until" and "sessions", not {value!r}')
    sessions = value["sessions"]
    if isinstance(sessions, str) or not isinstance(sessions, Sequence):
        raise ValueError(f"the sessions must be a list, not {sessions!r}")
    return Season(
        _parse_day(value["from"]),
        _parse_day(value["until"]),
        tuple(map(_parse_session, sessions)),
    )


def _parse_day(value: Any) -> tuple[int, int]:
    try:
        day, month = (int(part) for part in value.split("/"))
        return (date(_ANY_YEAR, month, day).month, day)
    except (AttributeError, TypeError, ValueError):
        raise ValueError(f"a day must be written as day/month (15/10), not {value!r}") from None


def _parse_session(value: Any) -> Session:
    try:
        opens, closes = (
            datetime.strptime(part.strip(), "%H:%M").time()  # noqa: DTZ007
            for part in value.split("-")
        )
    except (AttributeError, TypeError, ValueError):
        raise ValueError(
            f"a session must be written as opening-closing (07:30-11:30), not {value!r}"
        ) from None
    return Session(opens, closes)


def _day_month(place: tuple[int, int]) -> str:
    month, day = place
    return f"{day:02}/{month:02}"


WHOLE_YEAR: tuple[Season, ...] = (
    Season((1, 1), (12, 31), (Session(time(7, 30), time(11, 30)), Session(time(13), time(17)))),
)
