"""The public figures: what they add up, how fresh they are, and that they know nobody (C14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests.factories import NewsFactory, factory_for
from wagtail_pbgdpl.pages.models import OtherPage, StatisticsPage
from wagtail_pbgdpl.traffic.figures import (
    most_read,
    most_read_of_each,
    online,
    public_figures,
    views_by_month,
)
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficMinute, TrafficPage

pytestmark = pytest.mark.django_db

FACTORIES = {"C2": NewsFactory, "C15": factory_for(OtherPage)}
NOON = "2026-11-22T05:00:00Z"  # 12:00 in Vietnam


@pytest.fixture
def days() -> None:
    for day, category, views in (
        ("2024-02-29", "C2", 1000),
        ("2026-10-31", "C2", 100),
        ("2026-11-01", "C7", 20),
        ("2026-11-22", "C2", 3),
        ("2026-11-22", "", 4),
    ):
        TrafficDay.objects.create(date=day, category=category, views=views)


@time_machine.travel(NOON, tick=False)
def test_today_this_month_and_total(days: None, client: Client) -> None:
    """C14: the figures that visitors expect."""
    response = client.get(reverse("wagtail_pbgdpl:traffic_figures"))
    assert response.json() == {
        "online": 0,
        "today": 7,
        "month": 27,
        "total": 1127,
        "at": "2026-11-22T05:00:00Z",
    }


@time_machine.travel(NOON, tick=False)
def test_views_of_twelve_months(days: None) -> None:
    """C14: full months alone, and none from before that year."""
    TrafficDay.objects.create(date="2025-11-01", category="C2", views=5)
    TrafficDay.objects.create(date="2025-10-31", category="C2", views=6)
    found = views_by_month(date(2026, 11, 1))
    assert found == [(date(2025, 11, 1), 5), (date(2026, 10, 1), 100)]


@pytest.mark.parametrize(
    ("moment", "today", "month"),
    [
        ("2026-11-22T16:59:00Z", 7, 27),
        ("2026-11-22T17:00:00Z", 0, 27),
        ("2026-11-30T16:59:00Z", 0, 27),
        ("2026-11-30T17:00:00Z", 0, 0),
    ],
)
def test_days_and_months_turn_at_vietnamese_midnight(
    days: None, moment: str, today: int, month: int
) -> None:
    with time_machine.travel(moment, tick=False):
        figures = public_figures()
    assert (figures.today, figures.month, figures.total) == (today, month, 1127)


def test_an_empty_portal_shows_zeros(client: Client) -> None:
    numbers = client.get(reverse("wagtail_pbgdpl:traffic_figures")).json()
    assert [numbers[name] for name in ("online", "today", "month", "total")] == [0, 0, 0, 0]


def test_the_figures_may_be_kept_a_minute_by_anybody(client: Client) -> None:
    """Speed: the answer is the same for every visitor."""
    response = client.get(reverse("wagtail_pbgdpl:traffic_figures"))
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_hundred_readers_cost_two_queries(
    days: None, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        for _ in range(100):
            client.get(reverse("wagtail_pbgdpl:traffic_figures"))


@given(beats=st.lists(st.integers(0, 50), min_size=5, max_size=5))
def test_online_is_the_average_of_five_minutes_rounded_up(beats: list[int]) -> None:
    TrafficMinute.objects.all().delete()
    now = datetime(2026, 11, 22, 5, 0, 30, tzinfo=UTC)
    for ago, number in enumerate(beats):
        minute = now.replace(second=0) - timedelta(minutes=ago)
        TrafficMinute.objects.create(minute=minute, beats=number)
    old = now.replace(second=0) - timedelta(minutes=5)
    TrafficMinute.objects.create(minute=old, beats=1000)
    assert online(now) == -(-sum(beats) // 5)


def test_readers_are_online_while_they_read_and_not_after(
    send: Callable[..., Any], news: Any
) -> None:
    """Three readers for ten minutes; six minutes later nobody is left."""
    with time_machine.travel(NOON, tick=False) as clock:
        for _minute in range(10):
            for _reader in range(3):
                send(news.pk, beat="1")
            clock.shift(60)
        clock.shift(-60)
        cache.clear()
        assert public_figures().online == 3
        clock.shift(6 * 60)
        cache.clear()
        assert public_figures().online == 0


def test_old_minutes_are_dropped(send: Callable[..., Any], news: Any) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        send(news.pk, beat="1")
        clock.shift(2 * 60 * 60)
        send(news.pk, beat="1")
        assert TrafficMinute.objects.get().minute == datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-22T16:58:59Z", 60),
        ("2026-11-22T16:59:30Z", 30),
        ("2026-11-22T16:59:59.5Z", 1),
        ("2026-11-22T17:00:00Z", 60),
    ],
)
def test_no_figure_is_shown_past_midnight(
    days: None, client: Client, moment: str, seconds: int
) -> None:
    """What was taken at 23:59:30 in Vietnam is not the next day's, here and in the browser."""
    with time_machine.travel(moment, tick=False) as clock:
        response = client.get(reverse("wagtail_pbgdpl:traffic_figures"))
        assert response["Cache-Control"] == f"public, max-age={seconds}"
        clock.move_to("2026-11-22T17:00:00Z")
        assert client.get(reverse("wagtail_pbgdpl:traffic_figures")).json()["today"] == 0


@pytest.fixture
def read(index_of: Any) -> Callable[..., Any]:
    """Make an item that was read in November 2026, as often as the keywords say by category."""

    def make(code: str, /, **views: int) -> Any:
        page = FACTORIES[code](parent=index_of(code))
        for category, number in views.items():
            TrafficPage.objects.create(
                month=date(2026, 11, 1), page_id=page.pk, category=category, views=number
            )
        return page

    return make


def test_most_read_are_those_of_the_month_and_of_all_their_categories(
    read: Callable[..., Any], index_of: Any
) -> None:
    """The first was read before and after its category was corrected from C15 to C2."""
    corrected, other = read("C2", C2=3, C15=4), read("C2", C2=6)
    for month, page, category in (
        (date(2026, 11, 1), index_of("C7").pk, "C7"),  # no content
        (date(2026, 11, 1), 999_999_999, "C2"),  # deleted
        (date(2026, 10, 1), other.pk, "C2"),
    ):
        TrafficPage.objects.create(month=month, page_id=page, category=category, views=50)
    assert most_read(date(2026, 11, 22), 5) == [(corrected.pk, 7), (other.pk, 6)]
    assert most_read(date(2026, 11, 22), 1) == [(corrected.pk, 7)]


def test_most_read_of_each_category(read: Callable[..., Any]) -> None:
    """C14: by the category that an item belongs to now."""
    second, first, third = read("C2", C2=6), read("C2", C2=3, C15=4), read("C2", C2=5)
    rare = read("C15", C15=1)
    assert most_read_of_each(date(2026, 11, 22), 2) == {
        "C2": [(first.pk, 7), (second.pk, 6)],
        "C15": [(rare.pk, 1)],
    }
    assert third.pk not in dict(most_read_of_each(date(2026, 11, 22), 2)["C2"])


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_what_is_no_longer_public_is_not_named(
    read: Callable[..., Any], client: Client, hide: str
) -> None:
    """At once, although the figures may be a minute old."""
    hidden, shown = read("C2", C2=9), read("C2", C2=5)
    statistics = StatisticsPage.objects.get()
    assert hidden.title in client.get(statistics.url).content.decode()
    if hide == "unpublish":
        hidden.unpublish()
    else:
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    html = client.get(statistics.url).content.decode()
    assert hidden.title not in html
    assert html.count(shown.title) == 2  # of all, and of its category
    cache.clear()
    assert most_read(date(2026, 11, 22), 1) == [(shown.pk, 5)]


@time_machine.travel(NOON, tick=False)
def test_the_statistics_page_shows_the_figures_without_script(
    days: None, index_of: Any, client: Client
) -> None:
    """C14: figures, views by category and what is read most; nothing that is not public."""
    read = NewsFactory(parent=index_of("C2"), title="Tin được đọc nhiều")
    draft = NewsFactory(parent=index_of("C2"), title="Tin chưa đăng", live=False)
    for page_id in (read.pk, draft.pk, 999_999_999):
        TrafficPage.objects.create(
            month=date(2026, 11, 1), page_id=page_id, category="C2", views=12_345
        )
    response = client.get(StatisticsPage.objects.get().url)
    html = response.content.decode()
    assert response.context["access"].total == 1127
    assert "1.127" in html
    assert "12:00 22/11/2026" in html
    assert [page.title for page, _views in response.context["most_read"]] == [read.title]
    assert {category.code: (month, total) for category, month, total in response.context["views"]}[
        "C2"
    ] == (3, 1103)
    assert "Tin được đọc nhiều" in html
    assert "Tin chưa đăng" not in html
    assert not response.cookies
