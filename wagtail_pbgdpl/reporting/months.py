"""The filter by month of Asia/Ho_Chi_Minh."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Max, Min, QuerySet

from ..worktime import VIETNAM


class MonthFilter(django_filters.ChoiceFilter):
    """Narrows by the instant in a field; offers the months that it spans in ``rows``.

    ``more``: choices that stand above the months.
    """

    def __init__(
        self,
        rows: QuerySet[Any],
        field_name: str,
        more: Sequence[tuple[str, Any]] = (),
        **kwargs: Any,
    ) -> None:
        # Forms copy what they are given, and a method would drag the whole request along.
        def choices() -> list[tuple[str, Any]]:
            return [*more, *months_of(rows, field_name)]

        super().__init__(field_name, choices=choices, **kwargs)

    def filter(self, rows: Any, month: str) -> Any:
        return in_month(rows, self.field_name, month) if month else rows


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
