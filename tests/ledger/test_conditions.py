"""Which rule holds where it is not evident (T4, T10); when it starts (T1, T11)."""

from __future__ import annotations

import datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.editing import save
from tests.factories import (
    CalendarExceptionFactory,
    NewsFactory,
    cleared,
    factory_for,
    seated,
)
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.clock import due_at, rule_of, start_of
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.regulations import load
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.seed import shipped_calendar

pytestmark = pytest.mark.usefixtures("portal")

MONDAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 9, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as frozen:
        yield frozen


def row_of(page: Any) -> Matter:
    return Matter.objects.publications().get(subject=page.pk)


class TestTheCondition:
    @pytest.fixture
    def draft(self, index_of: Any) -> Any:
        return factory_for(pages.ConsultationPage)(
            parent=index_of("C12"), live=False, issued_on=MONDAY
        )

    def test_holds_until_somebody_says_otherwise(self, draft: Any) -> None:
        """T4: BK21 Điều 12.1d"""
        assert row_of(draft).rule == "T4"
        assert row_of(draft).due_at is not None

    def test_is_asked_and_may_be_declined_in_the_editor(self, draft: Any, desk: Client) -> None:
        """T4: «đối với cơ quan ban hành văn bản»"""
        address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        assert "Đối với cơ quan ban hành văn bản" in desk.get(address).content.decode()
        assert save(desk, draft, deadline_rule="none").status_code == 302
        row = row_of(draft)
        assert (row.rule, row.clause, row.due_at) == ("none", "", None)
        assert "không áp dụng thời hạn" in desk.get(address).content.decode()
        call_command("pbgdpl_recalculate_deadlines", stdout=StringIO())
        assert row_of(draft).due_at is None
        assert save(desk, draft, deadline_rule="").status_code == 302
        assert row_of(draft).due_at is not None

    def test_of_a_law_of_the_national_assembly_does_not_hold(self, settings: Any) -> None:
        """T10: BP20 Điều 9.3b binds documents «do Sở Tư pháp ban hành»."""
        settings.WAGTAIL_PBGDPL = {"PROFILE": "binh_phuoc_2020"}
        assert rule_of("van-ban-phap-luat", "none") is None

    def test_that_a_rule_does_not_have_cannot_be_declined(self) -> None:
        rule = rule_of("C3", "none")
        assert rule is not None
        assert rule.code == "T2"

    def test_may_be_declined_where_something_is_owed(self) -> None:
        client = Client()
        client.force_login(seated("secretary"))
        values = {"title": "Dự thảo", "category": "C12", "started_on": "02/03/2026"}
        for _twice in range(2):
            client.post(reverse("pbgdpl_owe"), {**values, "rule": "none"})
        row = Matter.objects.publications().get()
        assert (row.rule, row.due_at) == ("none", None)


class TestTheStart:
    def test_of_a_report_is_the_end_of_its_period(self) -> None:
        """T11: BP20 Điều 9.3đ, whenever it is signed."""
        rule = load("binh_phuoc_2020").deadlines["T11a"]
        october = SimpleNamespace(
            period_end=datetime.date(2025, 10, 31), information_on=datetime.date(2025, 11, 5)
        )
        due = due_at(rule, start_of(october, rule), shipped_calendar())
        assert due is not None
        assert due.date() == datetime.date(2025, 11, 7)

    def test_of_what_is_at_once_is_a_date_of_its_own(self, index_of: Any) -> None:
        """T1: as the help text of the day of the information says."""
        at = datetime.datetime(2026, 3, 3, 8, tzinfo=VIETNAM)
        news = NewsFactory(parent=index_of("C2"), live=False, event_start=at, information_on=MONDAY)
        law = factory_for(pages.LegalDocumentPage)(
            parent=index_of("C7"), live=False, issued_on=MONDAY
        )
        assert row_of(news).started_at == at
        assert row_of(law).started_on == MONDAY


class TestAtOnce:
    """T1: BK21 Điều 12.1a, Điều 10.6"""

    def test_the_time_is_reported(self, index_of: Any, desk: Client) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False, information_on=MONDAY)
        address = reverse("pbgdpl_ledger")
        assert "đã chờ 5 ngày làm việc" in desk.get(address).content.decode()
        cleared(page.save_revision()).publish()
        assert "đăng tải sau 5 ngày làm việc" in desk.get(address).content.decode()

    def test_a_later_change_has_a_clock(self, index_of: Any, desk: Client, clock: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False, information_on=MONDAY)
        cleared(page.save_revision()).publish()
        row = row_of(page)
        clock.move_to(datetime.datetime(2026, 3, 20, 9, tzinfo=VIETNAM))
        page.information_on = datetime.date(2026, 3, 17)
        cleared(page.save_revision()).publish()
        page.title = "Sửa một chữ"
        cleared(page.save_revision()).publish()
        shown = desk.get(reverse("pbgdpl_ledger_entry", args=[row.pk])).content.decode()
        said = "thay đổi được quyết định ngày 17/03/2026, đăng tải sau 3 ngày làm việc"
        assert shown.count(said) == 1


def test_a_day_off_moves_open_limits_at_the_next_tick() -> None:
    """T2: nobody has to know a command; the tick says what it did."""
    row = obligations.owe(title="Công văn", category="C3", start=MONDAY)
    before = row.due_at
    CalendarExceptionFactory(date=datetime.date(2026, 3, 10), kind="off")
    out = StringIO()
    call_command("pbgdpl_tick", stdout=out)
    row.refresh_from_db()
    assert before is not None
    assert row.due_at == before + datetime.timedelta(days=1)
    assert "đã chuyển 1 thời hạn" in out.getvalue()
    assert row.events.last().move == "moved"
