"""T1–T11: which rule governs an item, when its clock starts, when it is due."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from wagtail_pbgdpl.matters.clock import FIELDS, due_at, rule_of, rules_of, split, start_of
from wagtail_pbgdpl.regulations import Event, load
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.seed import shipped_calendar

DAY = datetime.date(2026, 3, 2)
MORNING = datetime.datetime(2026, 3, 2, 8, tzinfo=VIETNAM)


@pytest.fixture
def profile(settings: Any) -> Any:
    def use(name: str) -> None:
        settings.WAGTAIL_PBGDPL = {"PROFILE": name}

    return use


class TestTheRule:
    def test_of_a_category_with_one(self) -> None:
        """T2 (BK21 Điều 12.1b)"""
        rule = rule_of("C3")
        assert rule is not None
        assert rule.code == "T2"

    def test_of_a_category_with_several_is_chosen(self, profile: Any) -> None:
        """T10, T11 (BP20 Điều 9.3)"""
        profile("binh_phuoc_2020")
        assert len(rules_of("bao-cao-thong-ke")) > 1
        assert rule_of("bao-cao-thong-ke") is None
        chosen = rule_of("bao-cao-thong-ke", "T11b")
        assert chosen is not None
        assert chosen.code == "T11b"

    def test_a_choice_that_does_not_govern_the_category_counts_for_nothing(
        self, profile: Any
    ) -> None:
        profile("binh_phuoc_2020")
        assert rule_of("bao-cao-thong-ke", "T12a") is None
        only = rule_of("van-ban-phap-luat", "T12a")
        assert only is not None
        assert only.code == "T10a"

    def test_of_a_category_that_is_gone(self) -> None:
        assert rule_of("C99") is None


class TestTheStart:
    def test_is_the_day_of_issue_for_documents(self) -> None:
        page = SimpleNamespace(issued_on=DAY, information_on=DAY + datetime.timedelta(days=1))
        rule = load("bac_kan_pbgdpl_2021").deadlines["T2"]
        assert start_of(page, rule) == DAY

    def test_is_the_hour_of_an_event(self) -> None:
        """T9 (BP20 Điều 9.3a)"""
        page = SimpleNamespace(event_start=MORNING, information_on=None)
        rule = load("binh_phuoc_2020").deadlines["T9"]
        assert start_of(page, rule) == MORNING

    def test_is_what_the_editor_entered_where_there_is_no_field_of_its_own(self) -> None:
        page = SimpleNamespace(issued_on=None, information_on=DAY)
        for code in ("T1", "T2"):
            rule = load("bac_kan_pbgdpl_2021").deadlines[code]
            assert start_of(page, rule) == DAY

    def test_is_unknown_where_nobody_said(self) -> None:
        rule = load("bac_kan_pbgdpl_2021").deadlines["T2"]
        assert start_of(SimpleNamespace(), rule) is None

    def test_every_field_named_here_exists(self) -> None:
        from wagtail_pbgdpl.pages import models as pages

        names = {
            field.name
            for model in (pages.NewsPage, pages.DirectivePage, pages.StatisticalReportPage)
            for field in model._meta.get_fields()
        }
        assert {name for found in FIELDS.values() for name in found} <= names
        assert set(FIELDS) <= set(Event)

    def test_is_kept_as_day_and_hour(self) -> None:
        assert split(None) == (None, None)
        assert split(DAY) == (DAY, None)
        late = datetime.datetime(2026, 3, 1, 18, tzinfo=datetime.UTC)
        assert split(late) == (DAY, late)


class TestTheEnd:
    @pytest.mark.parametrize(
        ("name", "code", "start", "end"),
        [
            # 10 working days from Monday 2 March.
            ("bac_kan_pbgdpl_2021", "T2", DAY, datetime.date(2026, 3, 16)),
            ("bac_kan_pbgdpl_2021", "T4", DAY, datetime.date(2026, 3, 4)),
            # First seven days of the month after.
            ("binh_phuoc_2020", "T11a", DAY, datetime.date(2026, 4, 7)),
            ("binh_phuoc_2020", "T11b", DAY, datetime.date(2026, 4, 10)),
        ],
    )
    def test_is_the_end_of_a_day(self, name: str, code: str, start: Any, end: Any) -> None:
        found = due_at(load(name).deadlines[code], start, shipped_calendar())
        assert found == datetime.datetime.combine(end, datetime.time.max, VIETNAM)

    def test_of_office_hours_is_an_hour(self) -> None:
        """T9: 8 hours of Monday, 4 of Tuesday."""
        rule = load("binh_phuoc_2020").deadlines["T9"]
        found = due_at(rule, MORNING, shipped_calendar().with_days([]))
        assert found is not None
        assert found.date() == datetime.date(2026, 3, 3)

    def test_is_open_without_rule_start_or_number(self) -> None:
        rules = load("bac_kan_pbgdpl_2021").deadlines
        calendar = shipped_calendar()
        assert due_at(None, DAY, calendar) is None
        assert due_at(rules["T2"], None, calendar) is None
        assert due_at(rules["T1"], DAY, calendar) is None

    @pytest.mark.parametrize(
        ("start", "year"),
        [
            (datetime.date(206, 11, 20), 2000),
            (datetime.date(1985, 11, 20), 2000),
            (datetime.date(2100, 12, 30), 2100),
            (datetime.date(2206, 11, 20), 2100),
            (datetime.datetime(9999, 12, 31, 23, tzinfo=datetime.UTC), 2100),
            (datetime.datetime(1, 1, 1, tzinfo=datetime.UTC), 2000),
        ],
    )
    def test_is_never_open_for_a_rule_with_a_number(self, start: Any, year: int) -> None:
        """T2: a year beyond the calendar takes no limit away."""
        found = due_at(load("bac_kan_pbgdpl_2021").deadlines["T2"], start, shipped_calendar())
        assert found is not None
        assert found.year == year
