"""T13 (BP20 Điều 13.1): new content at least once on each working day."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories import CalendarExceptionFactory, NewsFactory, seated
from wagtail_pbgdpl.content.freshness import quiet_days
from wagtail_pbgdpl.pages.models import ContentPage
from wagtail_pbgdpl.regulations import load
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.worktime.calendar import VIETNAM

# A Wednesday; before it lie a weekend and the Thursday and Friday of the week before.
NOW = datetime.datetime(2026, 3, 11, 9, tzinfo=VIETNAM)
DAYS = [datetime.date(2026, 3, day) for day in (4, 5, 6, 9, 10)]


@pytest.fixture
def daily(portal: Any, settings: Any, tmp_path: Path) -> None:
    """The categories of Bắc Kạn with the rule of Bình Phước."""
    rule = load("binh_phuoc_2020").update_frequency
    profile = tmp_path / "daily.toml"
    profile.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n[update_frequency]\n'
        f'per_working_day = {rule.per_working_day}\ntext = "{rule.text}"\n'
        f'clause = "{rule.clause}"\nrequirement = "T13"\n',
        encoding="utf-8",
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    assert get_regulation().update_frequency.per_working_day == 1


@pytest.fixture
def publish(index_of: Any) -> Any:
    def at(*when: datetime.datetime) -> None:
        for moment in when:
            page = NewsFactory(parent=index_of("C2"))
            ContentPage.objects.filter(pk=page.pk).update(
                first_published_at=moment, published_at=moment
            )

    return at


def morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(8), VIETNAM)


@pytest.mark.usefixtures("daily")
class TestQuietDays:
    def test_are_all_where_nothing_was_published(self) -> None:
        ContentPage.objects.all().delete()
        assert quiet_days(today=NOW.date()) == DAYS

    def test_are_those_between_publications(self, publish: Any) -> None:
        publish(morning(DAYS[1]), morning(DAYS[4]), NOW)
        assert quiet_days(today=NOW.date()) == [DAYS[0], DAYS[2], DAYS[3]]

    def test_end_at_midnight_in_vietnam(self, publish: Any) -> None:
        publish(datetime.datetime(2026, 3, 9, 23, 59, tzinfo=VIETNAM))
        publish(datetime.datetime(2026, 3, 10, 0, 1, tzinfo=VIETNAM))
        assert quiet_days(today=NOW.date()) == DAYS[:3]

    def test_leave_out_days_off(self) -> None:
        CalendarExceptionFactory(date=DAYS[4], kind="off")
        assert quiet_days(today=NOW.date()) == [datetime.date(2026, 3, 3), *DAYS[:4]]

    def test_a_draft_is_no_update(self, index_of: Any, publish: Any) -> None:
        publish(morning(DAYS[4]))
        ContentPage.objects.update(live=False)
        assert quiet_days(today=NOW.date()) == DAYS

    def test_the_panel_names_them(self, admin_client: Client, publish: Any) -> None:
        publish(*(morning(day) for day in DAYS[1:]))
        with time_machine.travel(NOW, tick=False):
            text = admin_client.get("/admin/").content.decode()
        assert "04/03/2026" in text
        assert "05/03/2026" not in text
        assert "Điều 13 khoản 1" in text

    def test_the_panel_is_the_boards(self, client: Client) -> None:
        client.force_login(seated("contact_officer"))
        assert client.get("/admin/").status_code == 200
        assert "pbgdpl-freshness" not in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_a_regulation_that_does_not_ask_has_no_quiet_days(admin_client: Client) -> None:
    assert get_regulation().update_frequency.per_working_day == 0
    assert quiet_days(today=NOW.date()) == []
    assert "pbgdpl-freshness" not in admin_client.get("/admin/").content.decode()
