"""What the reports of the rooms have in common: exports, filters, their place in the admin."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.menu import MenuItem

from ..worktime import VIETNAM

# Excel takes a CSV file for UTF-8 only if it begins with this.
BYTE_ORDER_MARK = "\ufeff".encode()


def plain_text(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


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


class ReportMixin:
    """For Wagtail's report views: filters narrow what may be seen, accents arrive in Excel."""

    def get_filterset_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_filterset_kwargs()  # type: ignore[misc]
        return kwargs | {"queryset": self.get_base_queryset()}  # type: ignore[attr-defined]

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[bytes]:
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)  # type: ignore[misc]


class ReportMenuItem(MenuItem):
    """Shown to those who may see ``view``."""

    def __init__(self, label: Any, url: str, view: Any, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.view = view

    def is_shown(self, request: HttpRequest) -> bool:
        policy = self.view.permission_policy
        shown: bool = policy.user_has_permission(request.user, self.view.permission_required)
        return shown


def report_urls(address: str, view: Any) -> list[URLPattern]:
    """Return the addresses of a report and of its results, under the names that ``view`` has."""
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(
            f"{address}results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


def offered(*codenames: str) -> Callable[[], QuerySet[Permission]]:
    """Return what Wagtail's hook ``register_permissions`` asks: what a group may be given."""

    def permissions() -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label="wagtail_pbgdpl", codename__in=codenames
        )

    return permissions
