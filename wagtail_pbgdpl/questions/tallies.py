"""Tallies: what was counted of the closed questions of a month, kept until something changes.

They are the very numbers of ``counting``. A change marks its month in its own transaction; a month
with a mark, or without a tally, is counted from the questions, until the timed command has counted
it anew. What is open is always counted from the questions: it is late by the clock of now.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.signals import post_save, pre_delete

from ..matters.models import Matter, MatterQuerySet
from ..worktime import VIETNAM
from .counting import FIELD, KIND, MONTH, UNIT, Figures, grouped
from .kinds import KINDS
from .lifecycle import ANSWERED, SET_ASIDE, WITHDRAWN
from .models import Question
from .subjects import question_of
from .tally_models import Recount, Tally

COUNTED = ("received", "answered", "in_time", "stars", "rated")
BY = (MONTH, UNIT, FIELD)
CLOSED = frozenset({*ANSWERED, *SET_ASIDE, WITHDRAWN})
Found = dict[Any, Figures]


def month_of(moment: datetime.datetime) -> datetime.date:
    """Return the first day of the month of ``moment`` (aware) in Asia/Ho_Chi_Minh."""
    return moment.astimezone(VIETNAM).date().replace(day=1)


def next_month(month: datetime.date) -> datetime.date:
    return (month + datetime.timedelta(days=31)).replace(day=1)


def months_through(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the first days of the months from one to another, both included."""
    found = [first]
    while found[-1] < last:
        found.append(next_month(found[-1]))
    return found


def months_of_all() -> list[datetime.date]:
    """Return the months from the first question to the last; one query, of the index."""
    ends = Question.objects.aggregate(first=Min("received_at"), last=Max("received_at"))
    if ends["first"] is None:
        return []
    return months_through(month_of(ends["first"]), month_of(ends["last"]))


def received_in(months: Sequence[datetime.date]) -> QuerySet[Question]:
    """Return the questions that were received in the months; those that follow on each other are
    asked for together."""
    within = Q(pk__in=())
    ordered = sorted(months)
    runs = groupby(enumerate(ordered), lambda one: one[1].year * 12 + one[1].month - one[0])
    for _key, run in runs:
        days = [day for _place, day in run]
        within |= Q(received_at__gte=_begin(days[0]), received_at__lt=_begin(next_month(days[-1])))
    found: QuerySet[Question] = Question.objects.filter(within)
    return found


def counted(months: Sequence[datetime.date], by: str, kind: str = "") -> Found:
    """Return the figures of all questions that were received in the months, by unit, field or
    month; three queries, five where a month has to be counted anew."""
    kept = dict(_kept(months, by))
    rest = [month for month in months if month not in kept]
    if not kept:
        return _by_one(Matter.objects.all(), months, by, kind)
    found: Found = defaultdict(Figures)
    found |= _by_one(Matter.objects.filter(closed_at=None), months, by, kind)
    if rest:
        _merge(found, _by_one(Matter.objects.filter(closed_at__isnull=False), rest, by, kind))
    for month, cells in kept.items():
        _add(found, cells, month if by == MONTH else None, kind)
    return found


def keep(month: datetime.date) -> None:
    """Count a month and keep it. What changes meanwhile leaves a mark, and counts again."""
    with transaction.atomic():
        for by in BY:
            Tally.objects.get_or_create(month=month, by=by)
        # Of two who count at once, the later one counts later.
        rows = list(Tally.objects.select_for_update().filter(month=month).order_by("pk"))
        marks = list(Recount.objects.filter(month=month).values_list("pk", flat=True))
        for row in rows:
            row.counted = _written(month, row.by)
            row.save()
        Recount.objects.filter(pk__in=marks).delete()


def keep_all(*, anew: bool = False) -> list[datetime.date]:
    """Keep the months that have to be counted, all of them where ``anew``; return them."""
    months = months_of_all()
    if not anew:
        kept = {row.month for row in _whole(months, MONTH)}
        months = [month for month in months if month not in kept]
    for month in months:
        keep(month)
    return months


def wrong() -> Iterator[Tally]:
    """Yield the tallies that count and say something else than counting anew."""
    for by in BY:
        for row in _whole(months_of_all(), by):
            if row.counted != _written(row.month, by):
                yield row


def mark(question: Question) -> None:
    """Say that a figure of the question changed; within the transaction of that."""
    Recount.objects.create(month=month_of(question.received_at))


def _kept(months: Sequence[datetime.date], by: str) -> Iterator[tuple[datetime.date, Any]]:
    return ((row.month, row.counted) for row in _whole(months, by))


def _whole(months: Sequence[datetime.date], by: str) -> QuerySet[Tally]:
    """Return the tallies that count."""
    found: QuerySet[Tally] = Tally.objects.none()
    if months:
        within = Tally.objects.filter(by=by, month__gte=min(months), month__lte=max(months))
        found = within.exclude(month__in=Recount.objects.values("month"))
    return found


def _by_one(
    matters: MatterQuerySet, months: Sequence[datetime.date], by: str, kind: str = ""
) -> Found:
    found = grouped(matters, received_in(months), [by], kind)
    return {key: figures for (key,), figures in found.items()}


def _written(month: datetime.date, by: str) -> dict[str, dict[str, list[Any]]]:
    closed = Matter.objects.filter(closed_at__isnull=False)
    cells: dict[str, dict[str, list[Any]]] = {}
    for (kind, key), one in grouped(closed, received_in([month]), [KIND, by]).items():
        name = "" if by == MONTH or key is None else str(key)
        days = {str(day): one.days[day] for day in sorted(one.days)}
        numbers = [getattr(one, number) for number in COUNTED]
        cells.setdefault(kind, {})[name] = [*numbers, days]
    return cells


def _add(found: Found, cells: Any, month: datetime.date | None, kind: str) -> None:
    """Add what is kept of a month to ``found``; ``month``: of figures by month.

    Of all years there are very many cells: none is made a thing of its own first.
    """
    for one, by_key in cells.items():
        if kind not in ("", one):
            continue
        for key, (received, answered, in_time, stars, rated, days) in by_key.items():
            figures = found[month or (int(key) if key else None)]
            figures.received += received
            figures.answered += answered
            figures.in_time += in_time
            figures.stars += stars
            figures.rated += rated
            counts = figures.days
            for day, count in days.items():
                counts[int(day)] = counts.get(int(day), 0) + count


def _merge(found: Found, others: Found) -> None:
    for key, figures in others.items():
        found[key].add(figures)


def _begin(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def _follow(instance: Matter, **_others: Any) -> None:
    """Mark the month of a question that was closed, is changed while closed, or opened again."""
    if instance.kind not in KINDS:
        return
    if instance.closed_at is None and instance._state_before not in CLOSED:
        return
    with suppress(Question.DoesNotExist):
        mark(question_of(instance))


def _follow_field(instance: Any, **_others: Any) -> None:
    """A legal field that is deleted is taken off its questions beside their life."""
    months = Tally.objects.filter(by=FIELD).iterator()
    named = (row.month for row in months if _names(row.counted, str(instance.pk)))
    Recount.objects.bulk_create([Recount(month=month) for month in named])


def _names(cells: dict[str, Iterable[str]], key: str) -> bool:
    return any(key in by_key for by_key in cells.values())


def connect() -> None:
    field: Any = Question._meta.get_field("legal_field").related_model
    post_save.connect(_follow, sender=Matter, dispatch_uid="wagtail_pbgdpl.tallies")
    pre_delete.connect(_follow_field, sender=field, dispatch_uid="wagtail_pbgdpl.tallies")
