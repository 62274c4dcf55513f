"""What was received, answered and in time: for the board and the units, and for the public.

A question counts in the month of Asia/Ho_Chi_Minh in which it was received, for the unit that has
it, or had it when it was answered. What was set aside as spam counts nowhere. Erasure changes no
figure. Clauses: BK21 Điều 12.1c; BP20 Điều 18.5 (Q2, P3, T3).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from ..authority.scope import Scope
from ..matters.models import Matter
from ..organisation.models import Unit
from ..worktime import VIETNAM
from . import tallies
from .counting import FIELD, MONTH, UNIT, Figures, grouped
from .models import Question

__all__ = ["EVER", "EVERYBODY", "FIELD", "MONTH", "MONTHS", "UNIT", "Figures", "of"]

MONTHS = 12
#: Of any month.
EVER = "all"
#: Figures name units and numbers alone, so that everybody may read those of all.
EVERYBODY = Scope(everything=True)


def of(scope: Scope, by: str, month: str = "", kind: str = "") -> list[Figures]:
    """Return the figures of the questions in ``scope`` by unit, field or month, and their sum.

    ``month``: of those received in it, such as «2026-03»; in the last twelve months unless given,
    in all with ``EVER``. ``kind``: of one kind alone. Up to seven queries. Without a question there
    is no row.
    """
    months = _months(month)
    if scope.everything:
        found = tallies.counted(months, by, kind)
    else:
        matters = Matter.objects.filter(scope.matters())
        cells = grouped(matters, tallies.received_in(months), [by], kind)
        found = {key: figures for (key,), figures in cells.items()}
    rows = list(_named(by, found))
    return [*rows, sum_of(rows)] if len(rows) > 1 else rows


def sum_of(rows: Iterable[Figures]) -> Figures:
    everything = Figures(is_sum=True)
    for row in rows:
        everything.add(row)
    return everything


def last_months(now: datetime.datetime) -> list[datetime.date]:
    """Return the first days of the month of ``now`` (aware) and of the eleven before it."""
    return tallies.months_through(tallies.month_of(first_instant(now)), tallies.month_of(now))


def first_instant(now: datetime.datetime) -> datetime.datetime:
    """Return when the eleventh month before that of ``now`` (aware) began."""
    here = now.astimezone(VIETNAM)
    year, month = divmod(here.year * 12 + here.month - MONTHS, 12)
    return datetime.datetime(year, month + 1, 1, tzinfo=VIETNAM)


def _months(month: str) -> list[datetime.date]:
    if month == EVER:
        return tallies.months_of_all()
    if month:
        return [datetime.date.fromisoformat(f"{month}-01")]
    return last_months(timezone.now())


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
