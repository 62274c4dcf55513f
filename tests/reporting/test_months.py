"""Months are those of Vietnam, from the first instant of a table to the last."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from wagtail.admin.filters import WagtailFilterSet

from wagtail_pbgdpl.changes import record
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.reporting.months import MonthFilter, months_of

pytestmark = pytest.mark.django_db

EDGES = {
    "30/11": datetime.datetime(2025, 11, 30, 16, 59, 59, tzinfo=datetime.UTC),
    "01/12": datetime.datetime(2025, 11, 30, 17, tzinfo=datetime.UTC),
    "31/12": datetime.datetime(2025, 12, 31, 16, 59, 59, tzinfo=datetime.UTC),
    "01/01": datetime.datetime(2025, 12, 31, 17, tzinfo=datetime.UTC),
}


class Filters(WagtailFilterSet):
    month = MonthFilter(Change.objects.all(), "at", label="Tháng")


@pytest.fixture
def _rows(portal: Any) -> None:
    for name, at in EDGES.items():
        with time_machine.travel(at, tick=False):
            record.enter("settings", portal, [(name, "", "x")])


def found(month: str) -> set[str]:
    rows = Filters({"month": month}, Change.objects.all()).qs
    return {label for row in rows for label, _before, _after in row.details}


@pytest.mark.usefixtures("_rows")
def test_the_edges_of_months() -> None:
    assert found("2025-11") == {"30/11"}
    assert found("2025-12") == {"01/12", "31/12"}
    assert found("2026-01") == {"01/01"}
    assert found("") == EDGES.keys()


@pytest.mark.usefixtures("_rows")
def test_each_month_is_offered_latest_first() -> None:
    choices = list(Filters(queryset=Change.objects.all()).form.fields["month"].choices)
    assert choices[1:] == [("2026-01", "01/2026"), ("2025-12", "12/2025"), ("2025-11", "11/2025")]


def test_an_empty_table_offers_none() -> None:
    assert months_of(Change.objects.none(), "at") == []
