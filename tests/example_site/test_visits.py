"""The invented access figures of the demo."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from example_site.demo.visits import DAYS, VIETNAM, load_visits
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.core.discovery import root_model
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def total(model: Any) -> int:
    return model.objects.aggregate(views=Sum("views"))["views"]


def test_days_and_pages_add_up_and_reach_a_year_back() -> None:
    assert total(TrafficDay) == total(TrafficPage) > 100_000
    days = TrafficDay.objects.order_by("date").values_list("date", flat=True)
    assert days.last() - days.first() == datetime.timedelta(days=DAYS)
    assert TrafficDay.objects.values("category").distinct().count() > 12


def test_what_was_counted_already_is_left_alone(portal: Any) -> None:
    before = total(TrafficDay)
    assert not load_visits(portal, datetime.date(2030, 1, 1))
    assert total(TrafficDay) == before


def test_the_same_day_gives_the_same_figures(portal: Any) -> None:
    figures = []
    for _run in range(2):
        TrafficDay.objects.all().delete()
        TrafficPage.objects.all().delete()
        assert load_visits(portal, datetime.date(2026, 11, 22))
        figures.append(total(TrafficDay))
    assert figures[0] == figures[1]


def test_no_item_is_read_before_it_was_published() -> None:
    published = dict(root_model(ContentMixin).objects.values_list("pk", "published_at"))
    rows = TrafficPage.objects.filter(page_id__in=published)
    assert rows.count() > 50
    for row in rows:
        first = published[row.page_id].astimezone(VIETNAM).date()
        assert row.month >= first.replace(day=1)


@pytest.mark.parametrize(
    "name", ["pbgdpl_traffic", "pbgdpl_traffic_pages", "pbgdpl_traffic_categories"]
)
def test_the_reports_have_a_drawing(admin_client: Client, name: str) -> None:
    assert "<svg" in admin_client.get(reverse(name)).content.decode()
