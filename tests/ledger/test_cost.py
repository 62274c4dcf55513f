"""The due panel and the report need the same number of queries for few and for many open rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories import SeatFactory, UnitFactory, seated
from wagtail_pbgdpl.desk.panels import LINES, DuePanel
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
REPORT = "/admin/reports/pbgdpl/ledger/"
FEW, MANY = 5, 300


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def open_rows(count: int, units: list[Unit]) -> None:
    """Add ``count`` open rows, late and soon due in turn, over the units and all categories."""
    codes = list(get_regulation().categories)
    Matter.objects.bulk_create(
        Matter(
            title=f"Công văn {number}",
            category=codes[number % len(codes)],
            unit=units[number % len(units)],
            rule="T2",
            started_on=datetime.date(2026, 3, 2),
            due_at=NOW + datetime.timedelta(days=1 if number % 2 else -1),
        )
        for number in range(count)
    )


def panel_of(user: Any) -> dict[str, Any]:
    request = RequestFactory().get("/")
    # Permissions are kept on the object; each request reads its user anew.
    request.user = type(user).objects.get(pk=user.pk)
    return DuePanel(request).get_context_data({})


# The user is read, their permissions (of their own and of their groups) where they are no
# superuser, days off, the groups of rows; for what is seen seats, delegations, successions and, of
# the board, late changes of how somebody signs in; for what may be entered seats and successions.
@pytest.mark.parametrize(("who", "expected"), [("superuser", 3), ("chief", 11), ("unit", 10)])
def test_the_due_panel(who: str, expected: int, admin_user: Any) -> None:
    units = UnitFactory.create_batch(12)
    user = {
        "superuser": lambda: admin_user,
        "chief": lambda: seated("chief"),
        "unit": lambda: SeatFactory(unit=units[0]).user,
    }[who]()
    open_rows(FEW, units)
    assert queries(lambda: panel_of(user)) == expected
    open_rows(MANY - FEW, units)
    assert queries(lambda: panel_of(user)) == expected
    share = (
        MANY
        if who != "unit"
        else sum(1 for row in Matter.objects.publications().filter(unit=units[0]))
    )
    assert panel_of(user)["total"] == share


def test_the_due_panel_reads_groups_and_not_rows(admin_user: Any) -> None:
    """However many rows: one line for each unit, category and state, and not more than fit."""
    units = UnitFactory.create_batch(3)
    open_rows(MANY, units)
    found = panel_of(admin_user)
    keys = {
        (row.unit_id, row.category, row.due_at < NOW)
        for row in Matter.objects.publications().all()
        if row.due_at is not None
    }
    assert len(keys) > LINES
    assert len(found["lines"]) == LINES
    assert found["total"] == MANY
    assert found["more"]
    assert sum(line["count"] for line in found["lines"]) < MANY
    assert [line["late"] for line in found["lines"]] == sorted(
        (line["late"] for line in found["lines"]), reverse=True
    )


@pytest.mark.parametrize("query", [{}, {"state": "late"}, {"category": "C3"}])
def test_the_first_page_of_the_report(query: dict[str, str], admin_client: Client) -> None:
    units = UnitFactory.create_batch(12)

    def first_page() -> Any:
        return admin_client.get(REPORT, query)

    open_rows(FEW, units)
    first_page()
    few = queries(first_page)
    open_rows(MANY - FEW, units)
    assert queries(first_page) == few
    assert len(first_page().context["object_list"]) <= 50


def test_the_export(admin_client: Client) -> None:
    units = UnitFactory.create_batch(12)

    def export() -> None:
        assert admin_client.get(REPORT, {"export": "xlsx"}).status_code == 200

    open_rows(FEW, units)
    export()
    few = queries(export)
    open_rows(MANY - FEW, units)
    assert queries(export) == few
