"""The editors' reports: sums, filters, drawing, exports, and who may see them (P3)."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import NewsFactory, factory_for, seated
from wagtail_pbgdpl.pages.models import OtherPage
from wagtail_pbgdpl.regulations import RoleCode
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficPage

pytestmark = pytest.mark.django_db

FACTORIES = {"C2": NewsFactory, "C15": factory_for(OtherPage)}
BOARD = {
    RoleCode.CHIEF,
    RoleCode.DEPUTY_CHIEF,
    RoleCode.MEMBER,
    RoleCode.SECRETARY,
    RoleCode.OPERATOR,
}


@pytest.fixture
def days() -> None:
    for day, category, views in (
        ("2025-12-31", "C2", 7),
        ("2026-10-05", "C2", 10),
        ("2026-10-31", "C2", 5),
        ("2026-10-31", "", 2),
        ("2026-11-01", "C7", 20),
        ("2026-11-02", "cu", 1),
    ):
        TrafficDay.objects.create(date=day, category=category, views=views)


@pytest.fixture
def read(index_of: Any) -> Any:
    """An item that was read in two months, and one that is deleted."""
    page = NewsFactory(parent=index_of("C2"), title="=Tin đọc nhiều")
    for month, page_id, views in (
        ("2026-10-01", page.pk, 3),
        ("2026-11-01", page.pk, 4),
        ("2026-11-01", 999_999_999, 6),
    ):
        TrafficPage.objects.create(month=month, page_id=page_id, category="C2", views=views)
    return page


def rows(client: Client, name: str, **query: str) -> list[tuple[Any, ...]]:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    keys = ("month", "category", "total") if name == "pbgdpl_traffic" else ("title", "total")
    return [
        tuple(f"{row[key]:%m/%Y}" if key == "month" else row[key] for key in keys)
        for row in response.context["object_list"]
    ]


def test_views_by_month_and_category(admin_client: Client, days: None) -> None:
    """P3: monthly access figures by category."""
    assert rows(admin_client, "pbgdpl_traffic") == [
        ("11/2026", "C7", 20),
        ("11/2026", "cu", 1),
        ("10/2026", "C2", 15),
        ("10/2026", "", 2),
        ("12/2025", "C2", 7),
    ]


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ({"year": "2025"}, ["12/2025"]),
        ({"category": "C2"}, ["10/2026", "12/2025"]),
        ({"category": "C2", "year": "2026"}, ["10/2026"]),
        ({"category": "-"}, ["10/2026"]),
    ],
)
def test_the_report_is_filtered_by_year_and_category(
    admin_client: Client, days: None, query: dict[str, str], months: list[str]
) -> None:
    assert [row[0] for row in rows(admin_client, "pbgdpl_traffic", **query)] == months


def test_the_drawing_shows_what_is_filtered(admin_client: Client, days: None) -> None:
    """The newest months from left to right, as the table below has them."""
    every = admin_client.get(reverse("pbgdpl_traffic")).context["drawing"]
    places = [every.index(f">{month}<") for month in ("12/25", "10/26", "11/26")]
    assert places == sorted(places)
    assert ">17<" in every  # both rows of October together
    some = admin_client.get(reverse("pbgdpl_traffic"), {"category": "C2"}).context["drawing"]
    assert ">15<" in some
    assert ">11/26<" not in some


def test_an_empty_report_says_so(admin_client: Client) -> None:
    for name in (
        "pbgdpl_traffic",
        "pbgdpl_traffic_pages",
        "pbgdpl_traffic_categories",
        "pbgdpl_traffic_results",
    ):
        response = admin_client.get(reverse(name))
        assert response.status_code == 200
        assert '<svg class="pbgdpl-chart' not in response.content.decode()


def test_the_most_read_pages(admin_client: Client, read: Any) -> None:
    """C14: over all months or in one; a deleted page keeps its views."""
    both = rows(admin_client, "pbgdpl_traffic_pages")
    assert both[0] == (read.title, 7)
    assert both[1][1] == 6
    assert "999999999" in both[1][0]
    november = rows(admin_client, "pbgdpl_traffic_pages", month="2026-11-01")
    assert [total for _title, total in november] == [6, 4]
    assert rows(admin_client, "pbgdpl_traffic_pages", category="C7") == []


def test_a_corrected_page_is_one_row(admin_client: Client, index_of: Any) -> None:
    """With all its views and its last category; by category, with the views counted there."""
    page = NewsFactory(parent=index_of("C2"), title="Tin đã sửa chuyên mục")
    for month, category, views in (("2026-10-01", "C15", 3), ("2026-11-01", "C2", 4)):
        TrafficPage.objects.create(month=month, page_id=page.pk, category=category, views=views)
    response = admin_client.get(reverse("pbgdpl_traffic_pages"))
    assert [(row["category"], row["total"]) for row in response.context["object_list"]] == [
        ("C2", 7)
    ]
    for category, total in (("C15", 3), ("C2", 4)):
        assert rows(admin_client, "pbgdpl_traffic_pages", category=category) == [
            (page.title, total)
        ]


def test_the_most_read_of_each_category(admin_client: Client, index_of: Any) -> None:
    """C14: five of each, the categories as the regulation lists them."""
    for code, number in (("C15", 1), ("C2", 7)):
        for views in range(1, number + 1):
            page = FACTORIES[code](parent=index_of(code), title=f"{code} {views}")
            TrafficPage.objects.create(
                month="2026-11-01", page_id=page.pk, category=code, views=views
            )
    TrafficPage.objects.create(month="2026-10-01", page_id=page.pk, category="C2", views=9)
    TrafficPage.objects.create(month="2026-11-01", page_id=99_999, category="C10", views=1)
    every = [(f"C2 {views}", views) for views in (6, 5, 4, 3)]
    assert rows(admin_client, "pbgdpl_traffic_categories") == [
        ("C2 7", 16),
        *every,
        ("Trang số 99999 đã xóa", 1),
        ("C15 1", 1),
    ]
    november = rows(admin_client, "pbgdpl_traffic_categories", month="2026-11-01", category="C2")
    assert november == [("C2 7", 7), *every]
    drawing = admin_client.get(reverse("pbgdpl_traffic_categories")).context["drawing"]
    assert ">37<" in drawing
    table = exported(admin_client, "pbgdpl_traffic_categories", "csv")
    assert [row[2] for row in table[1:]] == [
        "C2 7",
        *(title for title, _views in every),
        "Trang số 99999 đã xóa",
        "C15 1",
    ]


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_the_figures_are_exported(admin_client: Client, days: None, format_: str) -> None:
    """P3: CSV that Excel reads as Vietnamese, and XLSX; numbers are numbers."""
    table = exported(admin_client, "pbgdpl_traffic", format_)
    assert len(table) == 6
    assert table[1][0] == "11/2026"
    assert table[1][1] == f"C7 · {get_regulation().categories['C7'].name}"
    assert table[1][2] == (20 if format_ == "xlsx" else "20")


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_exported_titles_are_no_formulas(admin_client: Client, read: Any, format_: str) -> None:
    """A title is what an officer typed; the spreadsheet of the board must not run it."""
    table = exported(admin_client, "pbgdpl_traffic_pages", format_)
    titles = [row[1] for row in table]
    assert ("'=Tin đọc nhiều" if format_ == "csv" else "=Tin đọc nhiều") in titles


def exported(client: Client, name: str, format_: str) -> list[tuple[Any, ...]]:
    response = client.get(reverse(name), {"export": format_})
    content = b"".join(response.streaming_content)
    if format_ == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return [tuple(row) for row in csv.reader(StringIO(content.decode("utf-8-sig")))]
    sheet = load_workbook(BytesIO(content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("role", list(RoleCode))
@pytest.mark.parametrize(
    "name",
    [
        "pbgdpl_traffic",
        "pbgdpl_traffic_results",
        "pbgdpl_traffic_pages",
        "pbgdpl_traffic_categories",
        "pbgdpl_traffic_helpful",
    ],
)
def test_the_board_sees_the_reports_and_nobody_else(
    client: Client, portal: Any, role: RoleCode, name: str
) -> None:
    """P3: the roles of the board and the operator, not the units' contact officers."""
    client.force_login(seated(role.value))
    assert client.get(reverse(name)).status_code == (200 if role in BOARD else 302)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("pbgdpl_traffic") in menu) == (role in BOARD)


@pytest.mark.parametrize(
    "name", ["pbgdpl_traffic", "pbgdpl_traffic_pages", "pbgdpl_traffic_categories"]
)
def test_the_number_of_rows_costs_no_queries(
    admin_client: Client, days: None, read: Any, name: str
) -> None:
    """Speed: constant in the number of months and pages."""

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(reverse(name))
        return len([query for query in queries if "wagtail_pbgdpl_traffic" in query["sql"]])

    cost()
    before = cost()
    for number in range(1, 40):
        TrafficPage.objects.create(
            month="2026-11-01", page_id=10_000_000 + number, category="C2", views=1
        )
        TrafficDay.objects.create(
            date=f"2026-09-{number % 30 + 1:02}", category=str(number), views=1
        )
    assert cost() == before
