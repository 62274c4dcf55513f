"""What was received, answered and in time: for the board and the units, and for the public.

A question counts in the month of Asia/Ho_Chi_Minh in which it was received, for the unit that has
it, or had it when it was answered. What was set aside as spam counts nowhere. Erasure changes no
figure. The database counts; what is read grows with units and months, not with questions. Clauses:
BK21 Điều 12.1c; BP20 Điều 18.5 (Q2, P3, T3).
"""

from __future__ import annotations

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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

from ..matters.models import Matter, MatterQuerySet
from ..organisation.models import Unit
from ..reporting.months import in_month
from ..worktime import VIETNAM
from .kinds import KINDS
from .models import Question
from .standing import IN_TIME

MONTHS = 12
#: Of any month.
EVER = "all"
UNIT, FIELD, MONTH = "unit", "field", "month"
OPEN, LATE, ON_TIME, TOO_LATE, CLOSED = range(5)
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


def of(matters: MatterQuerySet, by: str, month: str = "", kind: str = "") -> list[Figures]:
    """Return the figures of the questions among ``matters`` by unit, field or month, and their sum.

    ``month``: of those received in it, such as «2026-03»; in the last twelve months unless given,
    in all with ``EVER``. ``kind``: of one kind alone. Three queries. Without a question there is no
    row.
    """
    if month == EVER:
        received = Question.objects.all()
    elif month:
        received = in_month(Question.objects.all(), "received_at", month)
    else:
        received = Question.objects.filter(received_at__gte=first_instant(timezone.now()))
    found = _grouped(matters, received, [by], kind=kind)
    rows = list(_named(by, {key: one for (key,), one in found.items()}))
    return [*rows, sum_of(rows)] if len(rows) > 1 else rows


def sum_of(rows: Iterable[Figures]) -> Figures:
    everything = Figures(is_sum=True)
    for row in rows:
        everything.add(row)
    return everything


@dataclass(frozen=True, slots=True)
class Month:
    """``figures``: the sum of the month; ``units``: of each unit that has some."""

    day: datetime.date
    figures: Figures
    units: list[Figures]


def public(now: datetime.datetime | None = None) -> list[Month]:
    """Return the figures of this month and of the eleven before it, the latest first.

    They name units and numbers alone, so that everybody may read them. Three queries.
    """
    now = now or timezone.now()
    received = Question.objects.filter(received_at__gte=first_instant(now))
    months: dict[datetime.date, dict[Any, Figures]] = defaultdict(dict)
    for (month, unit), figures in _grouped(Matter.objects.all(), received, [MONTH, UNIT]).items():
        months[month][unit] = figures
    units = Unit.objects.in_bulk({key for one in months.values() for key in one if key})
    return [
        Month(month, sum_of(found.values()), [one for one in _of(found, units) if one.about])
        for month, found in sorted(months.items(), reverse=True)
    ]


def first_instant(now: datetime.datetime) -> datetime.datetime:
    """Return when the eleventh month before that of ``now`` (aware) began."""
    here = now.astimezone(VIETNAM)
    year, month = divmod(here.year * 12 + here.month - MONTHS, 12)
    return datetime.datetime(year, month + 1, 1, tzinfo=VIETNAM)


def _grouped(
    matters: MatterQuerySet, received: QuerySet[Question], by: list[str], kind: str = ""
) -> dict[tuple[Any, ...], Figures]:
    """Count what was ``received``, by one or more of unit, field and month; two queries."""
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
    if by == UNIT:
        return COUNTED_UNIT
    if by == FIELD:
        return Subquery(question.values("legal_field")[:1])
    return TruncMonth(Subquery(question.values("received_at")[:1]), tzinfo=VIETNAM)


def _of_question(by: str, matter: Any) -> Any:
    if by == UNIT:
        return Subquery(matter.annotate(of=COUNTED_UNIT).values("of")[:1])
    return F("legal_field") if by == FIELD else TruncMonth("received_at", tzinfo=VIETNAM)


def _key(values: list[Any]) -> tuple[Any, ...]:
    return tuple(
        value.astimezone(VIETNAM).date() if isinstance(value, datetime.datetime) else value
        for value in values
    )


def _named(by: str, found: Mapping[Any, Figures]) -> Iterator[Figures]:
    if by == MONTH:
        for month in sorted(found, reverse=True):
            found[month].key = found[month].about = month
            yield found[month]
        return
    model: Any = Unit if by == UNIT else Question._meta.get_field("legal_field").related_model
    yield from _of(found, model._default_manager.in_bulk([key for key in found if key]))


def _of(found: Mapping[Any, Figures], about: Mapping[Any, Any]) -> Iterator[Figures]:
    """Yield the figures with their rows, by name; what is of none comes last."""
    for key, figures in found.items():
        figures.key, figures.about = key, about.get(key)
    yield from sorted(found.values(), key=lambda one: (one.about is None, str(one.about or "")))
