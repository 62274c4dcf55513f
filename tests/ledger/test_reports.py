"""P1, P2, R11: who was in time, by unit, category and month; for those entitled to know."""

from __future__ import annotations

import csv
import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import SeatFactory, UnitFactory, seated
from tests.ledger.closed import published_at
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 4, 1, 9, tzinfo=VIETNAM)
START = datetime.date(2026, 3, 2)
DUE = datetime.datetime.combine(datetime.date(2026, 3, 16), datetime.time.max, VIETNAM)
ADDRESS = "/admin/reports/pbgdpl/ledger/"


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def units() -> Any:
    return UnitFactory(name="Sở Một"), UnitFactory(name="Sở Hai")


@pytest.fixture
def rows(units: Any) -> dict[str, Matter]:
    found = {
        "in time": obligations.owe(title="Đúng hạn", category="C3", start=START, unit=units[0]),
        "too late": obligations.owe(title="=Quá hạn", category="C3", start=START, unit=units[1]),
        "late": obligations.owe(title="Chưa đăng", category="C3", start=START, unit=units[1]),
        "open": obligations.owe(title="Còn hạn", category="C3", start=NOW.date(), unit=units[0]),
        "at once": obligations.owe(title="Ngay", category="C2", start=START),
    }
    for name, days in (("in time", 0), ("too late", 4)):
        published_at(found[name], DUE + datetime.timedelta(days=days))
    return found


def titles(response: Any) -> set[str]:
    return {row.title for row in response.context["object_list"]}


def exported(client: Client) -> list[dict[str, str]]:
    content = b"".join(client.get(ADDRESS, {"export": "csv"}).streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_its_address() -> None:
    assert reverse("pbgdpl_ledger") == ADDRESS


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("open", {"Chưa đăng", "Còn hạn", "Ngay"}),
        ("late", {"Chưa đăng"}),
        ("in_time", {"Đúng hạn"}),
        ("too_late", {"=Quá hạn"}),
    ],
)
def test_by_state(state: str, expected: set[str], rows: Any, admin_client: Client) -> None:
    assert titles(admin_client.get(ADDRESS, {"state": state})) == expected


def test_by_category_and_month(rows: Any, admin_client: Client) -> None:
    assert titles(admin_client.get(ADDRESS, {"category": "C2"})) == {"Ngay"}
    found = titles(admin_client.get(ADDRESS, {"month": "2026-03"}))
    assert found == {"Đúng hạn", "=Quá hạn"}
    assert "2026-03" in admin_client.get(ADDRESS).content.decode()


def test_every_month_from_the_first_publication_to_the_last_is_offered(
    rows: Any, admin_client: Client
) -> None:
    first = datetime.datetime(2025, 11, 30, 23, 30, tzinfo=VIETNAM)
    Matter.objects.publications().filter(pk=rows["in time"].pk).update(closed_at=first)
    field = admin_client.get(ADDRESS).context["filters"].form.fields["month"]
    months = [value for value, _name in field.choices if value]
    assert months == ["2026-03", "2026-02", "2026-01", "2025-12", "2025-11"]


def test_by_unit_under_the_old_name_and_the_new(
    units: Any, rows: Any, admin_client: Client
) -> None:
    """What a unit owed stays countable under its name, and under its successor's."""
    new = UnitFactory(name="Sở Mới")
    merge(units, new, on=today())
    assert titles(admin_client.get(ADDRESS, {"unit": units[0].pk})) == {"Đúng hạn", "Còn hạn"}
    assert len(titles(admin_client.get(ADDRESS, {"unit": new.pk}))) == 4


def test_it_says_how_late(rows: Any, admin_client: Client) -> None:
    lines = exported(admin_client)
    found = {line["Tiêu đề"].lstrip("'"): line["Mức độ kịp thời"] for line in lines}
    assert "4" in found["=Quá hạn"]
    # From 16 March to 1 April: twelve working days.
    assert "12" in found["Chưa đăng"]
    # T1: at once has no number; the time is told.
    assert found["Ngay"] == "đã chờ 22 ngày làm việc"
    assert len({found["Đúng hạn"], found["Còn hạn"], ""}) == 3


@pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
def test_the_board_sees_all(role: str, rows: Any, client: Client) -> None:
    client.force_login(seated(role))
    assert len(titles(client.get(ADDRESS))) == len(rows)


@pytest.mark.parametrize("role", ["contact_officer", "unit_head"])
def test_people_of_a_unit_see_their_own(role: str, units: Any, rows: Any, client: Client) -> None:
    """R11: also when they ask for another unit by its number."""
    client.force_login(SeatFactory(role=role, unit=units[0]).user)
    assert titles(client.get(ADDRESS)) == {"Đúng hạn", "Còn hạn"}
    assert titles(client.get(ADDRESS, {"unit": units[1].pk})) == set()
    exported = b"".join(client.get(ADDRESS, {"export": "csv"}).streaming_content).decode()
    assert "Quá hạn" not in exported


def test_categories_that_the_unit_was_not_given(units: Any, rows: Any, client: Client) -> None:
    """R11"""
    units[0].categories = []
    units[0].save()
    client.force_login(SeatFactory(role="unit_head", unit=units[0]).user)
    assert titles(client.get(ADDRESS)) == set()


def test_the_operator_sees_nothing(rows: Any, client: Client) -> None:
    client.force_login(seated("operator"))
    assert client.get(ADDRESS).status_code == 302


def test_csv(rows: Any, admin_client: Client) -> None:
    lines = exported(admin_client)
    late = next(line for line in lines if "Quá hạn" in line["Tiêu đề"])
    assert late["Tiêu đề"] == "'=Quá hạn"
    assert late["Đơn vị"] == "Sở Hai"
    assert "20/03/2026 23:59" in late.values()
    assert "02/03/2026" in late.values()


def test_xlsx(rows: Any, admin_client: Client) -> None:
    content = admin_client.get(ADDRESS, {"export": "xlsx"}).getvalue()
    sheet = load_workbook(BytesIO(content)).active
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert len(values) == len(rows) + 1
    assert any("Sở Hai" in line for line in values)


def test_the_first_page_costs_the_same_for_many(
    rows: Any, admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        obligations.owe(title=f"Công văn {number}", category="C3", start=START)
    admin_client.get(ADDRESS)
    # What a process remembers for a second would be asked for in the one and not in the other.
    process_cache.forget()
    with django_assert_max_num_queries(25) as captured:
        admin_client.get(ADDRESS)
    few = len(captured)
    for number in range(60):
        obligations.owe(title=f"Công văn nữa {number}", category="C3", start=START)
    process_cache.forget()
    with django_assert_max_num_queries(few):
        admin_client.get(ADDRESS)


@pytest.mark.parametrize(
    ("ordering", "first", "last"),
    [
        ("closed_at", "Đúng hạn", None),
        ("-closed_at", "=Quá hạn", None),
        ("-title", "Ngay", "=Quá hạn"),
        ("unit_counted", "Chưa đăng", "Ngay"),
        ("-unit_counted", "Còn hạn", "Ngay"),
        # What is no column of the list is passed over.
        ("writers", "Ngay", "Đúng hạn"),
    ],
)
def test_it_is_sorted(
    ordering: str, first: str, last: str | None, rows: Any, admin_client: Client
) -> None:
    """What is empty comes last, either way and on each database."""
    found = admin_client.get(ADDRESS, {"ordering": ordering}).context["object_list"]
    assert found[0].title == first
    assert last is None or list(found)[-1].title == last


def test_the_colour_stands_beside_the_words(rows: Any, admin_client: Client) -> None:
    html = BeautifulSoup(admin_client.get(ADDRESS).content, "lxml")
    marks = {
        row.select_one("td").get_text(strip=True): cell["class"][1].rpartition("--")[2]
        for row in html.select("table.listing tbody tr")
        if (cell := row.select_one(".pbgdpl-standing"))
    }
    assert marks == {"Đúng hạn": "kept", "=Quá hạn": "late", "Chưa đăng": "late"}
    # A row is a card on a telephone: each cell says what it is.
    cell = html.select_one("table.listing tbody tr td:nth-of-type(2)")
    assert cell["data-label"] == html.select("table.listing thead th")[1].get_text(strip=True)
