"""A report of the package's units: which fields stand where, and what the files hold."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook
from wagtail.permission_policies import ModelPermissionPolicy

from tests.factories import UnitFactory, UserFactory
from wagtail_pbgdpl.changes.reports import ChangeReport
from wagtail_pbgdpl.desk.quota_report import QuotaReport
from wagtail_pbgdpl.desk.reports import TimelinessReport
from wagtail_pbgdpl.notices.reports import NoticeReport
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.reporting.fields import Field
from wagtail_pbgdpl.reporting.report import Report
from wagtail_pbgdpl.traffic.reports import CategoriesReport, MonthsReport, PagesReport
from wagtail_pbgdpl.workflows.reports import DecisionReport

REPORTS = (
    DecisionReport,
    TimelinessReport,
    QuotaReport,
    NoticeReport,
    ChangeReport,
    MonthsReport,
    PagesReport,
    CategoriesReport,
)


class UnitReport(Report):
    # It is not registered, and Wagtail asks for an address.
    index_url_name = "pbgdpl_notices"
    permission_policy = ModelPermissionPolicy(Unit)
    queryset = Unit.objects.order_by("name")
    export_filename = "don-vi"
    fields = (
        Field("name", "Tên"),
        Field("short_name", "Tên tắt"),
        Field("length", "Độ dài", lambda unit: len(unit.name)),
        Field("email", "Thư", in_files=False),
    )
    on_screen = ("email", "name")


@pytest.fixture
def _units(db: None) -> None:
    UnitFactory(name="=Sở Hai", short_name="")
    UnitFactory(name="Sở Một", short_name="+1")


def exported(format_: str) -> Any:
    request = RequestFactory().get("/", {"export": format_})
    request.user = UserFactory(is_superuser=True)
    return UnitReport.as_view()(request)


@pytest.mark.usefixtures("_units")
def test_csv_begins_for_excel_and_has_no_formula() -> None:
    response = exported("csv")
    assert response["Content-Disposition"] == 'attachment; filename="don-vi.csv"'
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig")))) == [
        ["Tên", "Tên tắt", "Độ dài"],
        ["'=Sở Hai", "", "7"],
        ["Sở Một", "'+1", "6"],
    ]


@pytest.mark.usefixtures("_units")
def test_xlsx_has_texts_as_they_are_and_numbers() -> None:
    content = BytesIO(b"".join(exported("xlsx").streaming_content))
    sheet = load_workbook(content).active
    assert sheet is not None
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [("=Sở Hai", "s"), ("Sở Một", "s")]
    assert [row[2] for row in rows] == [(7, "n"), (6, "n")]


def test_the_screen_has_an_order_of_its_own() -> None:
    assert [column.name for column in UnitReport().columns] == ["email", "name"]
    assert UnitReport().list_export == ["name", "short_name", "length"]


@pytest.mark.parametrize("report", REPORTS)
def test_every_field_is_declared_once_and_stands_somewhere(report: type[Report]) -> None:
    names = [field.name for field in report().get_fields()]
    shown = [column.name for column in report().columns]
    assert len(names) == len(set(names))
    assert set(shown) | set(report().list_export) == set(names)
