"""What is counted, what is not, and what the answer carries (C14, P3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.factories import NewsFactory
from tests.traffic.conftest import FIREFOX
from wagtail_pbgdpl.traffic import views
from wagtail_pbgdpl.traffic.flood import FloodGate
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficMinute, TrafficPage

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


def counted() -> int:
    return TrafficDay.objects.aggregate(views=Sum("views", default=0))["views"]


@time_machine.travel("2026-11-22T03:00:00Z", tick=False)
def test_a_view_is_counted_for_its_day_category_and_page(send: Send, news: Any) -> None:
    """C14, P3: by day and category, and by month and page."""
    for _ in range(3):
        assert send(news.pk).status_code == 204
    assert list(TrafficDay.objects.values_list("date__day", "category", "views")) == [(22, "C2", 3)]
    row = TrafficPage.objects.get()
    assert (row.month.isoformat(), row.page_id, row.category, row.views) == (
        "2026-11-01",
        news.pk,
        "C2",
        3,
    )
    assert not TrafficMinute.objects.exists()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T16:59:59Z", "2026-11-22"),  # 23:59:59 in Vietnam
        ("2026-11-22T17:00:00Z", "2026-11-23"),  # 00:00:00 in Vietnam
        ("2026-11-22T23:59:59Z", "2026-11-23"),
        ("2026-11-23T00:00:00Z", "2026-11-23"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "UTC"])
def test_the_day_is_the_vietnamese_one(
    send: Send, news: Any, settings: Any, moment: str, day: str, zone: str
) -> None:
    """C14: whatever ``TIME_ZONE`` says."""
    settings.TIME_ZONE = zone
    with time_machine.travel(moment, tick=False):
        send(news.pk)
    assert TrafficDay.objects.get().date.isoformat() == day


@time_machine.travel("2026-10-31T17:00:00Z", tick=False)
def test_the_month_is_the_vietnamese_one(send: Send, news: Any) -> None:
    send(news.pk)
    assert TrafficPage.objects.get().month.isoformat() == "2026-11-01"


def test_a_sign_of_life_is_no_view(send: Send, news: Any) -> None:
    send(news.pk, beat="1")
    assert TrafficMinute.objects.get().beats == 1
    assert counted() == 0


def test_index_pages_and_the_home_page_are_counted(send: Send, portal: Any, index_of: Any) -> None:
    for page in (portal, index_of("C7")):
        send(page.pk)
    assert set(TrafficDay.objects.values_list("category", "views")) == {("", 1), ("C7", 1)}


def test_only_live_pages_are_counted(send: Send, index_of: Any) -> None:
    draft = NewsFactory(parent=index_of("C2"), live=False)
    for number in (draft.pk, 999_999_999, 0, 2**63, 10**30):
        assert send(number).status_code == 204
    assert counted() == 0


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize("staff", [False, True])
def test_pages_of_private_sections_are_not_counted(
    send: Send, news: Any, client: Client, editor: Any, above: bool, staff: bool
) -> None:
    """Neither for the staff who read them nor for a stranger who sends their number."""
    page = news.get_parent() if above else news
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    if staff:
        client.force_login(editor)
    assert send(news.pk).status_code == 204
    assert counted() == 0


def test_a_page_of_the_site_may_mean_something_else_by_category(
    send: Send, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = site.root_page.add_child(instance=Page(title="Trang khác"))
    monkeypatch.setattr(Page, "category", object(), raising=False)
    send(page.pk)
    assert set(TrafficDay.objects.values_list("category", "views")) == {("", 1)}


def test_a_corrected_category_counts_from_then_on(send: Send, news: Any, index_of: Any) -> None:
    """P3: what was counted stays where it was counted; the page is known for minutes."""
    send(news.pk)
    news.move(index_of("C10"), pos="last-child")
    cache.clear()
    send(news.pk)
    assert set(TrafficDay.objects.values_list("category", "views")) == {("C2", 1), ("C10", 1)}


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; "
        "+http://www.google.com/bot.html) Chrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "HeadlessChrome/140.0.0.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_robots_are_left_out(send: Send, news: Any, user_agent: str) -> None:
    """A fault of real portals: bots were counted as visitors."""
    assert send(news.pk, {"User-Agent": user_agent}).status_code == 204
    assert counted() == 0


@pytest.mark.parametrize(
    "user_agent",
    [
        FIREFOX,
        "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "coc_coc_browser/130.0.0 Chrome/124.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Mobile/15E148 Zalo iOS/24 ZaloTheme/light ZaloLanguage/vn",
    ],
)
def test_browsers_of_citizens_are_counted(send: Send, news: Any, user_agent: str) -> None:
    send(news.pk, {"User-Agent": user_agent})
    assert counted() == 1


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Purpose": "preview"},
        {"X-Moz": "prefetch"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_nobody_reads_here_is_left_out(send: Send, news: Any, header: dict[str, str]) -> None:
    send(news.pk, header)
    assert counted() == 0


def test_an_old_browser_without_fetch_metadata_is_counted(client: Client, news: Any) -> None:
    client.post(
        reverse("wagtail_pbgdpl:traffic_beacon"),
        f"page={news.pk}&view=1",
        content_type="application/x-www-form-urlencoded",
        headers={"User-Agent": FIREFOX},
    )
    assert counted() == 1


def test_the_answer_sets_no_cookie_and_asks_for_none(news: Any) -> None:
    """Public pages stay cacheable and visitors unknown: no CSRF cookie, no session."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(
        reverse("wagtail_pbgdpl:traffic_beacon"),
        f"page={news.pk}&view=1",
        content_type="application/x-www-form-urlencoded",
        headers={"User-Agent": FIREFOX},
    )
    assert response.status_code == 204
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "no-store" in response["Cache-Control"]
    assert counted() == 1


@pytest.mark.parametrize(
    "body", ["", "view=1", "page=&view=1", "page=-1&view=1", "page=%D9%A1&view=1", "page=1"]
)
def test_a_malformed_form_is_refused(client: Client, body: str) -> None:
    response = client.post(
        reverse("wagtail_pbgdpl:traffic_beacon"),
        body,
        content_type="application/x-www-form-urlencoded",
        headers={"User-Agent": FIREFOX},
    )
    assert response.status_code == 400


def test_a_long_or_foreign_body_is_refused_unread(client: Client, news: Any) -> None:
    address = reverse("wagtail_pbgdpl:traffic_beacon")
    long = f"page={news.pk}&view=1&x={'x' * 300}"
    form = "application/x-www-form-urlencoded"
    assert client.post(address, long, content_type=form).status_code == 400
    assert client.post(address, {"page": news.pk, "view": "1"}).status_code == 400  # multipart
    assert client.get(address).status_code == 405


def test_a_flood_is_cut_off_and_others_are_still_counted(
    send: Send, news: Any, index_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an address or any other trace of who it comes from."""
    monkeypatch.setattr(views, "gate", FloodGate(limit=5, limit_of_all=8))
    other = index_of("C7")
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False) as clock:
        assert [send(news.pk).status_code for _ in range(7)] == [204] * 5 + [429] * 2
        assert send(other.pk).status_code == 204
        clock.shift(60)
        assert send(news.pk).status_code == 204
    assert counted() == 7


def test_invented_pages_keep_nobody_from_being_counted(
    send: Send, news: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C14: one visitor cannot switch the statistics off for all others."""
    monkeypatch.setattr(views, "gate", FloodGate(limit=5, limit_of_all=8))
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        invented = [send(number).status_code for number in range(900_000, 900_020)]
        assert set(invented) == {204}
        assert send(news.pk).status_code == 204
    assert counted() == 1
    assert not cache.get("pbgdpl:traffic:category:900000")


def test_floods_of_some_pages_leave_the_others_their_share(
    send: Send, news: Any, index_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C14: nor with the numbers of pages that there are."""
    monkeypatch.setattr(views, "gate", FloodGate(limit=5, limit_of_all=8, share=2))
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        for code in ("C7", "C10"):
            for _ in range(10):
                send(index_of(code).pk)
        assert [send(news.pk).status_code for _ in range(3)] == [204, 204, 429]
    assert TrafficDay.objects.get(category="C2").views == 2


def test_the_flood_gate_narrows_for_all_pages_together() -> None:
    gate = FloodGate(limit=2, limit_of_all=3, share=1)
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        assert [gate.passes(page) for page in (1, 1, 1, 2, 2, 3, 3)] == [
            *(True, True, False),
            *(True, False),
            *(True, False),
        ]


def test_a_known_page_costs_the_sums_alone(
    send: Send, news: Any, django_assert_num_queries: Any
) -> None:
    """Speed: the page is looked up once in minutes, whatever the number of views."""
    send(news.pk)
    # Two savepoint statements around one statement for days and one for pages, and old minutes.
    with django_assert_num_queries(5):
        send(news.pk)


def test_deleting_a_page_wipes_nothing(send: Send, news: Any) -> None:
    """A fault of real portals: past months were wiped from the statistics."""
    send(news.pk)
    news.delete()
    assert counted() == 1
    assert TrafficPage.objects.get().views == 1
