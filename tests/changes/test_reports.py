"""R10, R12: the journal of changes, for the board and the operator and for nobody else."""

from __future__ import annotations

import csv
import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.factories import UnitFactory, UserFactory, seated
from wagtail_pbgdpl.changes import record
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
ADDRESS = "/admin/reports/pbgdpl/changes/"
READERS = ["secretary", "chief", "deputy_chief", "member", "operator"]


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _rows(portal: Any) -> None:
    by = UserFactory(first_name="Lan", last_name="Nông")
    with time_machine.travel(datetime.datetime(2026, 2, 28, 16, 30, tzinfo=datetime.UTC)):
        record.enter("unit", UnitFactory(name="=Sở cũ"), [("tên", "+A", "B")], by=by)
    record.enter("settings", portal, [("điện thoại", "0209", "<1900>")])


def report(user: Any, **query: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(ADDRESS, query)


def kinds(**query: Any) -> list[str]:
    response = report(seated("secretary"), **query)
    assert response.status_code == 200
    return [row.kind for row in response.context["object_list"]]


@pytest.mark.parametrize("role", READERS)
def test_who_reads_it(role: str) -> None:
    user = seated(role)
    html = report(user).content.decode()
    for part in ("Nông", "16/03/2026 09:00", "«0209» → «&lt;1900&gt;»", "«+A» → «B»"):
        assert part in html
    client = Client()
    client.force_login(user)
    assert ADDRESS in client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["contact_officer", "unit_head", None])
def test_others_do_not(role: str | None) -> None:
    user = seated(role) if role else UserFactory()
    for query in ({}, {"export": "csv"}):
        assert report(user, **query).status_code == 302
    client = Client()
    client.force_login(user)
    assert client.get(f"{ADDRESS}results/").status_code == 302
    assert ADDRESS not in client.get("/admin/").content.decode()


def test_by_kind_and_by_month_of_vietnam() -> None:
    assert kinds() == ["settings", "unit"]
    assert kinds(kind="unit") == ["unit"]
    assert kinds(month="2026-02") == ["unit"]
    assert kinds(month="2026-03") == ["settings"]
    assert kinds(kind="x", month="2026-13") in ([], ["settings", "unit"])


def test_csv_and_xlsx() -> None:
    content = b"".join(report(seated("chief"), export="csv").streaming_content)
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 2
    cells = [cell for row in rows for cell in row]
    assert "'=Sở cũ" in cells
    assert "tên: «+A» → «B»" in cells
    assert "16/03/2026 09:00" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    sheet = load_workbook(BytesIO(report(seated("chief"), export="xlsx").getvalue())).active
    assert sheet is not None
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_it_is_not_changed_and_not_deleted() -> None:
    row = Change.objects.first()
    assert row is not None
    for act in (row.save, row.delete):
        with pytest.raises(TypeError):
            act()


def test_it_costs_the_same_for_many(portal: Any) -> None:
    user = seated("chief")

    def queries() -> int:
        report(user)
        with CaptureQueriesContext(connection) as captured:
            report(user)
        return len(captured)

    few = queries()
    for _number in range(20):
        record.enter("menu", portal, [("x", "1", "2")], by=UserFactory(), person=UserFactory())
    assert queries() == few
