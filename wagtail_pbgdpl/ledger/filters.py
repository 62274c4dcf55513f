"""Filters that reports of items have in common: unit, category, month."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..organisation.fields import category_choices
from ..organisation.models import Unit
from ..organisation.succession import predecessors
from ..worktime import VIETNAM


class ItemFilterSet(WagtailFilterSet):
    """For tables with ``unit`` and ``category``; a unit stands for those that it succeeded, too."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=Unit.objects.all(), method="of_unit"
    )
    category = django_filters.ChoiceFilter(label=_("Category"), choices=category_choices)

    def of_unit(self, rows: Any, name: str, unit: Unit) -> QuerySet[Any]:
        return rows.filter(unit__in=predecessors().get(unit.pk, {unit.pk}))


def months_of(rows: QuerySet[Any], field: str) -> list[tuple[str, str]]:
    """Return every month from the first instant in ``field`` to the last, the latest first.

    Both ends are read from the index. Months are those of Asia/Ho_Chi_Minh.
    """
    ends = rows.aggregate(first=Min(field), last=Max(field))
    if ends["first"] is None:
        return []
    first, last = (
        at.astimezone(VIETNAM).year * 12 + at.astimezone(VIETNAM).month - 1
        for at in (ends["first"], ends["last"])
    )
    months = [divmod(number, 12) for number in range(last, first - 1, -1)]
    return [(f"{year}-{month + 1:02}", f"{month + 1:02}/{year}") for year, month in months]


def in_month(rows: Any, field: str, month: str) -> Any:
    """Return the rows whose instant in ``field`` lies in ``month``, such as «2026-03»."""
    year, number = (int(part) for part in month.split("-"))
    begin = datetime.datetime(year, number, 1, tzinfo=VIETNAM)
    end = datetime.datetime(year + number // 12, number % 12 + 1, 1, tzinfo=VIETNAM)
    return rows.filter(**{f"{field}__gte": begin, f"{field}__lt": end})
