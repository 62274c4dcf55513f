"""S6 (BP20 Điều 9.4): one or two items a month from each unit, counted from the ledger."""

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

from tests import factories
from tests.factories import SeatFactory, seated
from tests.ledger.closed import published_at
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.quota import Span, span_of, spans, supplied
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.organisation.succession import divide, merge
from wagtail_pbgdpl.regulations import Period, Quota
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.regulations.vocabulary import UnitKind
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

NOW = datetime.datetime(2026, 4, 16, 9, tzinfo=VIETNAM)
MARCH = "don-vi:2026-03-01"
ADDRESS = "/admin/reports/pbgdpl/quota/"


class UnitFactory(factories.UnitFactory):
    """Of the Department, as those that the clause binds."""

    kind = UnitKind.DIVISION


@pytest.fixture(autouse=True)
def _month_and_profile(settings: Any) -> Any:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "binh_phuoc_2020"}
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: int, month: int = 3, hour: int = 9, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def publish(unit: Any, *moments: datetime.datetime) -> None:
    for moment in moments:
        row = obligations.owe(
            title="Tin", category="tin-tuc-su-kien", start=datetime.date(2026, 3, 2), unit=unit
        )
        published_at(row, moment)


def table(client: Client, **values: str) -> dict[str, tuple[int, int, str]]:
    rows = client.get(ADDRESS, {"period": MARCH, **values}).context["object_list"]
    return {row.unit.name: (row.own, row.total, str(row.state)) for row in rows}


@pytest.fixture
def units() -> Any:
    """Without an item, with one, two and three in March."""
    found = [UnitFactory(name=f"Phòng {number}") for number in range(4)]
    for number, unit in enumerate(found):
        publish(unit, *[at(day) for day in range(2, 2 + number)])
    return found


def test_each_unit_is_measured(units: Any, admin_client: Client) -> None:
    assert table(admin_client) == {
        "Phòng 0": (0, 0, "below"),
        "Phòng 1": (1, 1, "within"),
        "Phòng 2": (2, 2, "within"),
        "Phòng 3": (3, 3, "above"),
    }
    rows = admin_client.get(ADDRESS, {"period": MARCH}).context["object_list"]
    assert {(row.minimum, row.maximum) for row in rows} == {(1, 2)}


def test_the_present_month_is_shown_first_and_is_not_over(units: Any, admin_client: Client) -> None:
    publish(units[1], at(1, month=4))
    found = table(admin_client, period="")
    assert found["Phòng 0"] == (0, 0, "not_yet")
    assert found["Phòng 1"] == (1, 1, "within")


def test_by_state(units: Any, admin_client: Client) -> None:
    assert set(table(admin_client, state="below")) == {"Phòng 0"}
    assert set(table(admin_client, state="above")) == {"Phòng 3"}


def test_months_begin_and_end_at_midnight_in_vietnam(admin_client: Client) -> None:
    unit = UnitFactory(name="Phòng")
    publish(unit, at(28, 2, 23, 59), at(1, 3, 0, 0), at(31, 3, 23, 59), at(1, 4, 0, 0))
    assert table(admin_client)["Phòng"] == (2, 2, "within")


def test_what_is_open_or_of_no_unit_counts_for_nobody(admin_client: Client) -> None:
    unit = UnitFactory(name="Phòng")
    obligations.owe(
        title="Nợ", category="tin-tuc-su-kien", start=datetime.date(2026, 3, 2), unit=unit
    )
    publish(None, at(3))
    assert table(admin_client) == {"Phòng": (0, 0, "below")}


def test_units_that_did_not_hold_then_are_left_out(admin_client: Client) -> None:
    # Of a unit that is gone since, so that the month is offered.
    publish(UnitFactory(name="Tháng Hai", ends_on=datetime.date(2026, 2, 27)), at(27, 2))
    UnitFactory(name="Đã hết", ends_on=datetime.date(2026, 2, 28))
    UnitFactory(name="Chưa có", starts_on=datetime.date(2026, 4, 1))
    UnitFactory(name="Ngày cuối", starts_on=datetime.date(2026, 3, 31))
    UnitFactory(name="Ngày đầu", ends_on=datetime.date(2026, 3, 1))
    assert set(table(admin_client)) == {"Ngày cuối", "Ngày đầu"}


def test_a_merged_unit_counts_under_its_name_and_its_successor(admin_client: Client) -> None:
    old, other = UnitFactory(name="Phòng Cũ"), UnitFactory(name="Phòng Kia")
    new = UnitFactory(name="Phòng Mới", starts_on=datetime.date(2026, 3, 16))
    publish(old, at(3), at(4))
    publish(other, at(5))
    merge([old, other], new, on=datetime.date(2026, 3, 16))
    assert table(admin_client) == {
        "Phòng Cũ": (2, 2, "within"),
        "Phòng Kia": (1, 1, "within"),
        "Phòng Mới": (0, 3, "above"),
    }
    assert set(table(admin_client, period="")) == {"Phòng Mới"}


def test_a_divided_unit_counts_for_every_part(admin_client: Client) -> None:
    old = UnitFactory(name="Phòng Cũ")
    parts = [UnitFactory(name=f"Phần {number}") for number in (1, 2)]
    publish(old, at(3))
    divide(old, parts, on=datetime.date(2026, 3, 16))
    found = table(admin_client)
    assert found["Phần 1"] == found["Phần 2"] == (0, 1, "within")


@pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
def test_the_board_sees_all(role: str, units: Any, client: Client) -> None:
    client.force_login(seated(role))
    assert len(table(client)) == len(units)


@pytest.mark.parametrize("role", ["contact_officer", "unit_head"])
def test_people_of_a_unit_see_their_own(role: str, units: Any, client: Client) -> None:
    """R11: also in the exports."""
    client.force_login(SeatFactory(role=role, unit=units[2]).user)
    assert set(table(client)) == {"Phòng 2"}
    values = {"period": MARCH, "export": "csv"}
    exported = b"".join(client.get(ADDRESS, values).streaming_content).decode()
    assert "Phòng 2" in exported
    assert "Phòng 3" not in exported


def test_the_operator_sees_nothing(units: Any, client: Client) -> None:
    client.force_login(seated("operator"))
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("period", ["don-vi:2025-03-01", "khac:2026-03-01", "x", "don-vi:"])
def test_a_guessed_period_shows_no_figures_of_it(
    period: str, units: Any, admin_client: Client
) -> None:
    response = admin_client.get(ADDRESS, {"period": period})
    assert response.status_code == 200
    assert response.context["filters"].form.errors


def test_csv(admin_client: Client) -> None:
    unit = UnitFactory(name="=Phòng")
    publish(unit, at(2))
    response = admin_client.get(ADDRESS, {"period": MARCH, "export": "csv"})
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    (line,) = csv.reader(StringIO(content.decode("utf-8-sig")).readlines()[1:])
    assert line[:6] == ["'=Phòng", "03/2026", "1", "1", "1", "2"]
    assert line[6]


def test_xlsx(units: Any, admin_client: Client) -> None:
    content = admin_client.get(ADDRESS, {"period": MARCH, "export": "xlsx"}).getvalue()
    sheet = load_workbook(BytesIO(content)).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert len(lines) == len(units) + 1
    assert lines[4][:6] == ["Phòng 3", "03/2026", 3, 3, 1, 2]


def test_the_rule_and_its_clause_are_named(units: Any, admin_client: Client) -> None:
    html = admin_client.get(ADDRESS, {"period": MARCH}).content.decode()
    assert "Điều 9 khoản 4" in html
    assert "1–2" in html


class TestTheMenu:
    def test_has_it_where_there_is_a_quota(self, client: Client) -> None:
        client.force_login(seated("contact_officer"))
        assert ADDRESS in client.get("/admin/").content.decode()

    def test_has_it_for_nobody_without(self, settings: Any, admin_client: Client) -> None:
        settings.WAGTAIL_PBGDPL = {"PROFILE": "bac_kan_pbgdpl_2021"}
        assert ADDRESS not in admin_client.get("/admin/").content.decode()

    def test_has_it_not_for_the_operator(self, client: Client) -> None:
        client.force_login(seated("operator"))
        assert ADDRESS not in client.get("/admin/").content.decode()


def test_without_a_quota_the_report_says_so(
    settings: Any, units: Any, admin_client: Client
) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "bac_kan_pbgdpl_2021"}
    response = admin_client.get(ADDRESS)
    assert response.status_code == 200
    assert response.context["span"] is None
    assert not response.context["object_list"]
    assert "Phòng 1" not in response.content.decode()


def test_costs_the_same_for_3_units_and_for_60(admin_client: Client) -> None:
    def cost(**values: str) -> int:
        # What a process remembers for a second would be asked for in the one and not in the other.
        process_cache.forget()
        with CaptureQueriesContext(connection) as captured:
            response = admin_client.get(ADDRESS, {"period": MARCH, **values})
            if response.streaming:
                b"".join(response.streaming_content)
        return len(captured)

    def add(count: int) -> None:
        for old in UnitFactory.create_batch(count):
            publish(old, at(2), at(3))
            merge([old], UnitFactory(), on=datetime.date(2026, 3, 16))

    add(3)
    cost()
    few = cost(), cost(export="csv")
    add(57)
    assert (cost(), cost(export="csv")) == few


@pytest.mark.parametrize(
    ("period", "day", "first", "end"),
    [
        (Period.MONTH, (2026, 12, 31), (2026, 12, 1), (2027, 1, 1)),
        (Period.QUARTER, (2026, 5, 1), (2026, 4, 1), (2026, 7, 1)),
        (Period.QUARTER, (2026, 12, 1), (2026, 10, 1), (2027, 1, 1)),
        (Period.HALF_YEAR, (2026, 6, 30), (2026, 1, 1), (2026, 7, 1)),
        (Period.HALF_YEAR, (2026, 7, 1), (2026, 7, 1), (2027, 1, 1)),
        (Period.YEAR, (2024, 2, 29), (2024, 1, 1), (2025, 1, 1)),
    ],
)
def test_periods(period: Period, day: Any, first: Any, end: Any) -> None:
    quota = Quota(code="x", name="X", minimum=1, maximum=2, period=period)
    span = span_of(quota, datetime.date(*day))
    assert (span.first, span.end) == (datetime.date(*first), datetime.date(*end))
    assert str(span.first.year) in str(span)


def test_every_period_since_the_first_publication_can_be_asked_for() -> None:
    assert [str(span) for span in spans()] == ["04/2026"]
    publish(UnitFactory(), datetime.datetime(2025, 12, 31, 23, tzinfo=VIETNAM))
    months = ["04/2026", "03/2026", "02/2026", "01/2026", "12/2025"]
    assert [str(span) for span in spans()] == months


def test_figures_of_named_units_alone() -> None:
    one, _other = UnitFactory.create_batch(2)
    quota = get_regulation().quotas["don-vi"]
    span: Span = span_of(quota, datetime.date(2026, 3, 5))
    assert [row.unit for row in supplied(span, {one.pk})] == [one]


def test_what_does_not_belong_to_the_department_is_not_measured(
    units: Any, admin_client: Client
) -> None:
    """S6: BP20 Điều 9.4 binds «Phòng, đơn vị thuộc Sở»."""
    for kind in ("commune", "organisation", "department"):
        UnitFactory(name=f"Đơn vị {kind}", kind=kind)
    UnitFactory(name="Trung tâm", kind="other")
    assert set(table(admin_client)) == {*(unit.name for unit in units), "Trung tâm"}


def test_a_profile_names_every_kind_of_unit() -> None:
    """S6"""
    assert {str(kind) for kind in UnitKind} == set(Unit.Kind.values)
