"""The clock in the editor and on the admin's home page."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import NewsFactory, SeatFactory, UnitFactory, factory_for, seated
from wagtail_pbgdpl.desk.panels import ClockPanel, DuePanel, of_page
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

# A Monday; two working days on is Wednesday.
NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def owe(started: datetime.date, **values: Any) -> Any:
    return obligations.owe(**({"title": "Công văn", "category": "C3", "start": started} | values))


def lines(client: Client) -> list[list[str]]:
    html = BeautifulSoup(client.get("/admin/").content, "lxml")
    table = html.select_one("#pbgdpl-due-content table")
    if table is None:
        return []
    return [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in table.select("tbody tr")
    ]


class TestTheHomePage:
    def test_shows_what_is_late_and_what_is_due_within_two_working_days(
        self, admin_client: Client
    ) -> None:
        unit = UnitFactory(name="Sở Một")
        # Ten working days on: 9 March (late), 18 March (the second working day), 19 March.
        owe(datetime.date(2026, 2, 23), unit=unit)
        owe(datetime.date(2026, 2, 23), unit=unit)
        owe(datetime.date(2026, 3, 4), unit=unit)
        owe(datetime.date(2026, 3, 5), unit=unit)
        name = "Văn bản chỉ đạo, hướng dẫn; báo cáo thống kê"
        assert lines(admin_client) == [
            ["Sở Một", name, "quá hạn", "2"],
            ["Sở Một", name, "sắp đến hạn", "1"],
        ]

    @pytest.mark.parametrize(("days", "soon"), [(1, []), (2, ["18/03"]), (3, ["18/03", "19/03"])])
    def test_the_profile_says_what_is_soon(
        self, days: int, soon: list[str], admin_client: Client, profile_with: Any
    ) -> None:
        profile_with(f"[reminders]\ndue_soon_working_days = {days}\n")
        found = [owe(datetime.date(2026, 3, day)) for day in (4, 5)]
        assert [f"{row.due_at:%d/%m}" for row in found] == ["18/03", "19/03"]
        assert [line[3] for line in lines(admin_client)] == ([str(len(soon))] if soon else [])

    @pytest.mark.parametrize(
        ("days", "language", "heading", "nothing"),
        [
            (
                1,
                "en",
                "Late, or due within 1 working day",
                "Nothing is late or due within 1 working day.",
            ),
            (
                2,
                "en",
                "Late, or due within 2 working days",
                "Nothing is late or due within 2 working days.",
            ),
            (
                3,
                "vi",
                "Quá hạn hoặc đến hạn trong 3 ngày làm việc tới",
                "Không có nội dung nào quá hạn hoặc đến hạn trong 3 ngày làm việc tới.",
            ),
        ],
    )
    def test_names_the_number(
        self, days: int, language: str, heading: str, nothing: str, rf: Any, profile_with: Any
    ) -> None:
        profile_with(f"[reminders]\ndue_soon_working_days = {days}\n")
        request = rf.get("/admin/")
        request.user = seated("chief")
        with override(language):
            html = BeautifulSoup(DuePanel(request).render_html({}), "lxml")
        shown = html.select_one("#pbgdpl-due-heading")
        assert shown is not None
        assert shown.get_text(strip=True) == heading
        assert nothing in html.get_text()

    def test_leads_to_the_items(self, admin_client: Client) -> None:
        unit = UnitFactory()
        owe(datetime.date(2026, 2, 23), unit=unit, title="Quá hạn")
        owe(datetime.date(2026, 2, 23), unit=UnitFactory(), title="Của đơn vị khác")
        html = BeautifulSoup(admin_client.get("/admin/").content, "lxml")
        links = [link["href"] for link in html.select("#pbgdpl-due-content tbody a")]
        found = [
            {row.title for row in admin_client.get(link).context["object_list"]} for link in links
        ]
        assert {"Quá hạn"} in found
        assert {"Của đơn vị khác"} in found

    def test_shows_a_unit_its_own(self, client: Client) -> None:
        """R11"""
        mine, other = UnitFactory(name="Sở Một"), UnitFactory(name="Sở Hai")
        for unit in (mine, other):
            owe(datetime.date(2026, 2, 23), unit=unit)
        client.force_login(SeatFactory(role="contact_officer", unit=mine).user)
        assert [line[0] for line in lines(client)] == ["Sở Một"]

    def test_says_when_there_is_nothing(self, client: Client) -> None:
        client.force_login(seated("chief"))
        assert "pbgdpl-due" in client.get("/admin/").content.decode()
        assert lines(client) == []

    def test_is_not_for_the_operator(self, client: Client) -> None:
        client.force_login(seated("operator"))
        assert "pbgdpl-due" not in client.get("/admin/").content.decode()

    def test_costs_the_same_for_many(
        self, admin_client: Client, django_assert_max_num_queries: Any
    ) -> None:
        owe(datetime.date(2026, 2, 23), unit=UnitFactory())
        admin_client.get("/admin/")
        with django_assert_max_num_queries(60) as captured:
            admin_client.get("/admin/")
        for _number in range(20):
            owe(datetime.date(2026, 2, 23), unit=UnitFactory())
        with django_assert_max_num_queries(len(captured)):
            admin_client.get("/admin/")


class TestTheEditor:
    def text(self, client: Client, page: Any) -> str:
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        html = BeautifulSoup(response.content, "lxml")
        found = html.select_one(".pbgdpl-clock")
        assert found is not None
        return found.get_text(" ", strip=True)

    def test_shows_limit_explanation_and_clause(self, index_of: Any, admin_client: Client) -> None:
        page = factory_for(pages.DirectivePage)(
            parent=index_of("C3"), issued_on=datetime.date(2026, 3, 2), live=False
        )
        text = self.text(admin_client, page)
        assert "16/03/2026 23:59" in text
        assert "Điều 12 khoản 1 điểm b" in text
        assert len(of_page(page)["lines"]) > 0
        assert of_page(page)["lines"][0] in text

    def test_says_what_is_missing(self, index_of: Any, admin_client: Client) -> None:
        page = factory_for(pages.DirectivePage)(parent=index_of("C3"), issued_on=None, live=False)
        row = of_page(page)["row"]
        assert row.due_at is None
        assert row.clause in self.text(admin_client, page)

    def test_of_a_category_without_a_rule(self, index_of: Any) -> None:
        """BK21 Điều 12.1c: the clock of an answer is that of its question; none is to be chosen."""
        page = factory_for(pages.AnswerPage)(parent=index_of("C6"), live=False)
        with override("en"):
            said = render_to_string(ClockPanel.BoundPanel.template_name, of_page(page))
        assert " ".join(said.split()) == (
            '<div class="pbgdpl-clock"> '
            "<p>No time limit of the regulation governs this category.</p> </div>"
        )

    def test_of_what_is_due_at_once(self, index_of: Any, admin_client: Client) -> None:
        page = NewsFactory(
            parent=index_of("C2"), information_on=datetime.date(2026, 3, 2), live=False
        )
        assert "Điều 10 khoản 6" in self.text(admin_client, page)

    def test_is_absent_before_the_first_save(self, index_of: Any, admin_client: Client) -> None:
        address = reverse(
            "wagtailadmin_pages:add",
            args=["wagtail_pbgdpl_pages", "newspage", index_of("C2").pk],
        )
        assert "pbgdpl-clock" not in admin_client.get(address).content.decode()
