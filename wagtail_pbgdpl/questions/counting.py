"""Counting questions in the database: what was received, answered, in time, and is open (Q2, P3).

What is read grows with units, fields and months, not with questions.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import TruncMonth
from django.utils import timezone

from ..matters.models import MatterQuerySet
from ..worktime import VIETNAM
from .kinds import KINDS
from .models import Question
from .standing import IN_TIME

KIND, UNIT, FIELD, MONTH = "kind", "unit", "field", "month"
OPEN, LATE, ON_TIME, TOO_LATE, CLOSED = range(5)
_MONTH = TruncMonth("received_at", tzinfo=VIETNAM)
COUNTED_UNIT = Case(When(closed_at=None, then=F("unit_id")), default=F("unit_at_close_id"))


@dataclass(slots=True)
class Figures:
    """Numbers of questions.

    ``key``: the number of the unit or legal field, or the first day of the month; ``about``: that
    row. ``days``: how many answers took how many working days, without pauses; those of which
    nobody wrote that down are not among them.
    """

    key: Any = None
    about: Any = None
    is_sum: bool = False
    received: int = 0
    answered: int = 0
    in_time: int = 0
    open: int = 0
    open_late: int = 0
    days: Counter[int] = field(default_factory=Counter)
    stars: int = 0
    rated: int = 0

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
        count = self.days.total()
        if not count:
            return None
        return (self._at((count + 1) // 2) + self._at(count // 2 + 1)) / 2

    @property
    def ninetieth(self) -> int | None:
        """The working days within which nine of ten answers came."""
        count = self.days.total()
        return self._at(math.ceil(0.9 * count)) if count else None

    @property
    def rating(self) -> float | None:
        return round(self.stars / self.rated, 1) if self.rated else None

    def _at(self, place: int) -> int:
        """Return the days of the answer at a place, from 1, in the order of what they took."""
        for days in sorted(self.days):
            place -= self.days[days]
            if place <= 0:
                return days
        raise ValueError(place)

    def add(self, other: Figures) -> None:
        for name in ("received", "answered", "in_time", "open", "open_late", "stars", "rated"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.days += other.days


def grouped(
    matters: MatterQuerySet, received: QuerySet[Question], by: list[str], kind: str = ""
) -> dict[tuple[Any, ...], Figures]:
    """Count what was ``received``, by one or more of kind, unit, field and month; two queries.

    ``kind``: of one alone. What stands late is told by the clock of now.
    """
    kinds = [kind] if kind else list(KINDS)
    names = [f"by_{one}" for one in by]
    found: dict[tuple[Any, ...], Figures] = defaultdict(Figures)
    rows = (
        matters.filter(kind__in=kinds, subject__in=received.order_by().values("pk"))
        .exclude(state="spam")
        .annotate(**{f"by_{one}": _of_matter(one) for one in by}, stands=_stands(timezone.now()))
        .order_by()
    )
    for *key, stands, days, count in rows.values_list(*names, "stands", "days_taken").annotate(
        Count("pk")
    ):
        figures = found[_key(key)]
        figures.received += count
        figures.open += count * (stands in (OPEN, LATE))
        figures.open_late += count * (stands == LATE)
        figures.answered += count * (stands in (ON_TIME, TOO_LATE))
        figures.in_time += count * (stands == ON_TIME)
        if stands in (ON_TIME, TOO_LATE) and days is not None:
            figures.days[days] += count
    matter = matters.filter(kind=OuterRef("kind"), subject=OuterRef("pk")).exclude(state="spam")
    rated = (
        received.filter(kind__in=kinds, rating__isnull=False)
        .filter(Exists(matter))
        .annotate(**{f"by_{one}": _of_question(one, matter) for one in by})
        .order_by()
    )
    for *key, stars, count in rated.values_list(*names).annotate(Sum("rating"), Count("pk")):
        found[_key(key)].stars, found[_key(key)].rated = stars, count
    return dict(found)


def _stands(now: datetime.datetime) -> Case:
    return Case(
        When(closed_at=None, due_at__lt=now, then=Value(LATE)),
        When(closed_at=None, then=Value(OPEN)),
        When(Q(outcome="answered") & IN_TIME, then=Value(ON_TIME)),
        When(outcome="answered", then=Value(TOO_LATE)),
        default=Value(CLOSED),
    )


def _of_matter(by: str) -> Any:
    question = Question.objects.filter(pk=OuterRef("subject")).order_by()
    if by == KIND:
        return F("kind")
    if by == UNIT:
        return COUNTED_UNIT
    if by == FIELD:
        return Subquery(question.values("legal_field")[:1])
    return TruncMonth(Subquery(question.values("received_at")[:1]), tzinfo=VIETNAM)


def _of_question(by: str, matter: Any) -> Any:
    if by == UNIT:
        return Subquery(matter.annotate(of=COUNTED_UNIT).values("of")[:1])
    return {KIND: F("kind"), FIELD: F("legal_field")}.get(by, _MONTH)


def _key(values: list[Any]) -> tuple[Any, ...]:
    return tuple(
        value.astimezone(VIETNAM).date() if isinstance(value, datetime.datetime) else value
        for value in values
    )
