"""How many items each unit supplied, beside what the regulation asks of it (S6: BP20 Điều 9.4).

An item counts in the period in which it was first published, for the unit that it had then. A unit
that others came before is measured with what they supplied in the same period; in the table of the
old names it stays theirs.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from ..organisation.models import Unit
from ..organisation.succession import predecessors
from ..regulations import Period, Quota
from ..regulations.active import get_regulation, is_usable
from ..worktime import VIETNAM
from ..worktime.active import today
from .models import Matter

#: Months of each period that the calendar cuts; the others have no months of their own.
MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


class State(enum.StrEnum):
    BELOW = "below"
    NOT_YET = "not_yet"
    """Below the minimum, and the period is not over."""
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Span:
    """One period of one quota: from the day ``first`` to before the day ``end``, Vietnam time."""

    quota: Quota
    first: datetime.date
    end: datetime.date

    @property
    def code(self) -> str:
        return f"{self.quota.code}:{self.first.isoformat()}"

    @property
    def is_over(self) -> bool:
        return self.end <= today()

    def __str__(self) -> str:
        values = {
            "year": self.first.year,
            "number": (self.first.month - 1) // MONTHS[self.quota.period] + 1,
        }
        match self.quota.period:
            case Period.QUARTER:
                return _("quarter %(number)s of %(year)s") % values
            case Period.HALF_YEAR:
                return _("half-year %(number)s of %(year)s") % values
            case Period.YEAR:
                return str(self.first.year)
        return f"{self.first:%m/%Y}"


@dataclass(frozen=True, slots=True)
class Supply:
    """What a unit supplied: under its ``own`` name, and in ``total`` with units before it."""

    unit: Unit
    own: int
    total: int
    minimum: int
    maximum: int
    state: State


def quotas() -> list[Quota]:
    """Return the quotas of the effective regulation whose period the calendar cuts."""
    if not is_usable():
        return []
    return [quota for quota in get_regulation().quotas.values() if quota.period in MONTHS]


def span_of(quota: Quota, day: datetime.date) -> Span:
    """Return the period of ``quota`` that holds ``day``."""
    months = MONTHS[quota.period]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    after = first.month - 1 + months
    return Span(quota, first, datetime.date(first.year + after // 12, after % 12 + 1, 1))


def spans() -> list[Span]:
    """Return every period since the first publication, of each quota newest first; one query."""
    known = quotas()
    if not known:
        return []
    oldest = Matter.objects.published().aggregate(at=Min("closed_at"))["at"]
    begin = oldest.astimezone(VIETNAM).date() if oldest else today()
    return [span for quota in known for span in _since(quota, begin)]


def _since(quota: Quota, begin: datetime.date) -> Iterator[Span]:
    span = span_of(quota, today())
    yield span
    while span.first > begin:
        span = span_of(quota, span.first - datetime.timedelta(days=1))
        yield span


def supplied(span: Span, units: Collection[int] | None = None) -> list[Supply]:
    """Return what each unit that held in ``span`` and is bound supplied, by name; three queries.

    ``units``: these alone; ``None``: all.
    """
    last = span.end - datetime.timedelta(days=1)
    held = Unit.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=last),
        Q(ends_on=None) | Q(ends_on__gte=span.first),
    )
    if span.quota.units:
        held = held.filter(kind__in=span.quota.units)
    if units is not None:
        held = held.filter(pk__in=units)
    counts = _counts(span)
    before = predecessors()
    return [
        _supply(
            span,
            unit,
            counts.get(unit.pk, 0),
            sum(counts.get(one, 0) for one in before.get(unit.pk, {unit.pk})),
        )
        for unit in held
    ]


def _counts(span: Span) -> dict[int, int]:
    begin, end = (
        datetime.datetime.combine(day, datetime.time(), VIETNAM) for day in (span.first, span.end)
    )
    published = Matter.objects.published().filter(
        closed_at__gte=begin, closed_at__lt=end, unit_at_close__isnull=False
    )
    return dict(published.order_by().values_list("unit_at_close_id").annotate(Count("pk")))


def _supply(span: Span, unit: Unit, own: int, total: int) -> Supply:
    quota = span.quota
    if total < quota.minimum:
        state = State.BELOW if span.is_over else State.NOT_YET
    else:
        state = State.WITHIN if total <= quota.maximum else State.ABOVE
    return Supply(unit, own, total, quota.minimum, quota.maximum, state)
