"""Days and times that people type: read as they were meant, or refused in words that help."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import formats, timezone, translation

import wagtail_pbgdpl
from tests.editing import save
from tests.factories import NewsFactory
from tests.workflows.board import fresh
from wagtail_pbgdpl import checks

MORNING = datetime(2026, 11, 10, 0, 30, tzinfo=UTC)  # 7:30 in Vietnam
DAY = "Không có ngày này, hoặc ngày ghi chưa đúng cách."
MOMENT = "Không có ngày, giờ này, hoặc ngày, giờ ghi chưa đúng cách."
UNDERSTOOD = [
    (forms.DateField, "03/04/2026", date(2026, 4, 3)),
    (forms.DateField, "2026-11-10", date(2026, 11, 10)),
    (forms.DateField, "10.11.2026", date(2026, 11, 10)),
    (forms.DateField, "10-11-2026", date(2026, 11, 10)),
    (forms.DateField, "Ngày 5 tháng 4 năm 2026", date(2026, 4, 5)),
    (forms.TimeField, "7h30", time(7, 30)),
    (forms.DateTimeField, "10.11.2026 7:30", MORNING),
    (forms.DateTimeField, "2026-11-10T07:30", MORNING),
]
REFUSED = [
    *((forms.DateField, text, DAY) for text in ("31/02/2026", "2026-02-31", "10/11/26", "hôm nay")),
    (forms.TimeField, "25:00", "Không có giờ này, hoặc giờ ghi chưa đúng cách."),
    *((forms.DateTimeField, text, MOMENT) for text in ("31/02/2026 10:00", "2026-02-31T10:00")),
]


@pytest.fixture
def news(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"), live=False)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("field", "typed", "meant"), UNDERSTOOD)
def test_what_is_understood(language: str, field: Any, typed: str, meant: Any) -> None:
    """The day comes first in English too: the fields show it so."""
    with translation.override(language):
        assert field().clean(typed) == meant


@pytest.mark.parametrize(("field", "typed", "words"), REFUSED)
def test_what_is_refused(field: Any, typed: str, words: str) -> None:
    """None of them becomes another day; the message shows how one is written."""
    with translation.override("vi"), pytest.raises(forms.ValidationError) as refused:
        field().clean(typed)
    assert refused.value.messages[0].startswith(words)
    assert re.search(r"ví dụ: [\d/:. ]+\.$", refused.value.messages[0])


def test_no_field_reads_days_in_a_way_of_its_own() -> None:
    for path in Path(wagtail_pbgdpl.__file__).parent.rglob("*.py"):
        assert "input_formats=" not in path.read_text(encoding="utf-8"), path


def test_w008_the_month_first() -> None:
    assert checks.check_dates() == []
    with override_settings(FORMAT_MODULE_PATH=None):
        formats.reset_format_cache()
        (warning,) = checks.check_dates()
    formats.reset_format_cache()
    assert warning.id == "wagtail_pbgdpl.W008"
    assert "vi, en" in warning.msg


@pytest.mark.django_db
class TestThePageForm:
    """A package's field and one of Wagtail's, in the form of a page."""

    def test_a_day_that_is_not_there_is_refused_where_it_was_typed(
        self, admin_client: Client, news: Any
    ) -> None:
        answer = save(
            admin_client, news, information_on="31/02/2026", go_live_at="31/02/2026 10:00"
        )
        html = answer.content.decode()
        assert answer.status_code == 200
        assert {*answer.context["form"].errors} == {"information_on", "go_live_at"}
        assert "Trang chưa lưu được vì dữ liệu đã nhập có lỗi." in html
        assert DAY in html
        assert MOMENT in html
        assert html.count('value="31/02/2026') == 2, "nothing that was typed is lost"

    def test_other_ways_of_writing_are_kept_as_the_day_they_mean(
        self, admin_client: Client, news: Any
    ) -> None:
        soon = timezone.localdate() + timedelta(days=9)
        answer = save(
            admin_client, news, information_on="10.11.2025", expire_at=f"{soon:%d-%m-%Y} 7h30"
        )
        assert answer.status_code == 302
        draft = fresh(news).get_latest_revision_as_object()
        assert draft.information_on == date(2025, 11, 10)
        assert f"{timezone.localtime(draft.expire_at):%Y-%m-%d %H:%M}" == f"{soon} 07:30"


@pytest.mark.django_db
def test_a_filter_says_what_it_could_not_read(admin_client: Client) -> None:
    answer = admin_client.get(
        reverse("wagtailadmin_reports:site_history"), {"timestamp_from": "31/02/2026"}
    )
    assert DAY in answer.content.decode()
