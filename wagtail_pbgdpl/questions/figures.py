"""What was received, answered and in time: for the board by unit, for the public by month.

A question counts in the month of Asia/Ho_Chi_Minh in which it was received, for the unit that has
it, or had it when it was answered. What was set aside as spam counts nowhere. Erasure changes no
figure. Clauses: BK21 Điều 12.1c; BP20 Điều 18.5 (Q2, P3, T3).
"""

from __future__ import annotations

import datetime
import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ..matters.clock import counted_from
from ..matters.models import Matter, MatterQuerySet
from ..organisation.models import Unit
from ..reporting.months import in_month
from ..worktime import VIETNAM, Calendar
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from .kinds import KINDS
from .models import Question
from .standing import counted_for

MONTHS = 12
READ = (
    *("pk", "kind", "subject", "state", "outcome", "closed_at", "due_at", "started_on"),
    *("started_at", "pauses", "unit_id", "unit_at_close_id"),
)


@dataclass(slots=True)
class Figures:
    """Numbers of questions. ``days``: the working days that each answer took, without pauses.

    ``unit`` is empty for what no unit has, and for the sum, which ``is_sum``.
    """

    unit: Unit | None = None
    is_sum: bool = False
    received: int = 0
    answered: int = 0
    in_time: int = 0
    open: int = 0
    open_late: int = 0
    days: list[int] = field(default_factory=list)
    ratings: list[int] = field(default_factory=list)

    @property
    def too_late(self) -> int:
        return self.answered - self.in_time

    @property
    def share_in_time(self) -> int | None:
        """Of what was answered, in percent."""
        return round(100 * self.in_time / self.answered) if self.answered else None

    @property
    def median(self) -> float | None:
        """In working days."""
        return float(statistics.median(self.days)) if self.days else None

    @property
    def ninetieth(self) -> int | None:
        """The working days within which nine of ten answers came."""
        return sorted(self.days)[math.ceil(0.9 * len(self.days)) - 1] if self.days else None

    @property
    def rating(self) -> float | None:
        return round(statistics.fmean(self.ratings), 1) if self.ratings else None


def by_unit(matters: MatterQuerySet, month: str = "", kind: str = "") -> list[Figures]:
    """Return the figures of the questions among ``matters``, unit by unit, and their sum.

    ``month``, such as «2026-03»: of those received in it. Three queries. Without a question there
    is no row.
    """
    now, found, everything = timezone.now(), defaultdict(Figures), Figures(is_sum=True)
    counting = _Counting(now)
    for row, _received, rating in _read(matters, month, kind):
        for figures in (found[counted_for(row)], everything):
            counting.add(figures, row, rating)
    units = Unit.objects.in_bulk([key for key in found if key])
    for key, figures in found.items():
        figures.unit = units.get(key) if key else None
    rows = sorted(found.values(), key=lambda one: (one.unit is None, str(one.unit or "")))
    return [*rows, everything] if len(rows) > 1 else rows


@dataclass(frozen=True, slots=True)
class Month:
    """``figures``: the sum of the month; ``units``: of each unit that has some."""

    year: int
    month: int
    figures: Figures
    units: list[Figures]


def public(months: int = MONTHS, now: datetime.datetime | None = None) -> list[Month]:
    """Return the figures of this month and of those before it, the latest first; three queries.

    They name units and numbers alone, so that everybody may read them.
    """
    now = now or timezone.now()
    here = now.astimezone(VIETNAM)
    last = here.year * 12 + here.month - 1
    first = datetime.datetime(*_month(last - months + 1), 1, tzinfo=VIETNAM)
    counting = _Counting(now)
    found: dict[int, dict[int | None, Figures]] = defaultdict(lambda: defaultdict(Figures))
    sums: dict[int, Figures] = defaultdict(lambda: Figures(is_sum=True))
    rows = Matter.objects.filter(
        kind__in=KINDS, subject__in=Question.objects.filter(received_at__gte=first).values("pk")
    )
    for row, received, rating in _read(rows, since=first):
        day = local_day(received)
        number = day.year * 12 + day.month - 1
        for figures in (found[number][counted_for(row)], sums[number]):
            counting.add(figures, row, rating)
    units = Unit.objects.in_bulk({key for one in found.values() for key in one if key})
    return [
        Month(*_month(number), sums[number], list(_named(found[number], units)))
        for number in range(last, last - months, -1)
        if number in sums
    ]


def _named(found: Mapping[int | None, Figures], units: Mapping[Any, Unit]) -> Iterator[Figures]:
    for key, figures in found.items():
        figures.unit = units.get(key) if key else None
    yield from sorted(
        (one for one in found.values() if one.unit is not None), key=lambda one: str(one.unit)
    )


def _month(number: int) -> tuple[int, int]:
    year, month = divmod(number, 12)
    return year, month + 1


def _read(
    matters: MatterQuerySet,
    month: str = "",
    kind: str = "",
    since: datetime.datetime | None = None,
) -> Iterable[tuple[Matter, datetime.datetime, int | None]]:
    """Yield what counts, with when it was received and how it was rated; two queries."""
    questions = Question.objects.order_by()
    if month:
        questions = in_month(questions, "received_at", month)
    if since:
        questions = questions.filter(received_at__gte=since)
    about = {
        key: (received, rating)
        for key, received, rating in questions.values_list("pk", "received_at", "rating")
    }
    rows = matters.filter(kind__in=[kind] if kind else list(KINDS)).exclude(state="spam")
    for row in rows.only(*READ).order_by().iterator():
        if row.subject in about:
            yield (row, *about[row.subject])


class _Counting:
    """Counts at one moment, and asks the calendar once for each day."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self._calendar: Calendar = get_calendar()
        self._through: dict[datetime.date, int] = {}

    def add(self, figures: Figures, row: Matter, rating: int | None) -> None:
        figures.received += 1
        if rating:
            figures.ratings.append(rating)
        if row.is_open:
            figures.open += 1
            figures.open_late += row.due_at is not None and row.due_at < self.now
        elif row.outcome == "answered" and row.closed_at is not None:
            figures.answered += 1
            figures.in_time += row.due_at is None or row.closed_at <= row.due_at
            figures.days.append(self._days(row))

    def _days(self, row: Matter) -> int:
        """Return the working days from the start of the clock to the answer, without pauses."""
        end = local_day(row.closed_at)
        start = local_day(counted_from(row.start)) if row.start else end
        days = self._worked(end) - self._worked(start)
        for stop in row.stops:
            until = min(stop.until or end, end)
            since = max(stop.since, start)
            days -= max(0, self._worked(until) - self._worked(since))
        return max(0, days)

    def _worked(self, day: datetime.date) -> int:
        if day not in self._through:
            self._through[day] = self._calendar.working_days_through(day)
        return self._through[day]
