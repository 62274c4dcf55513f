"""«Câu trả lời này có giúp ích không?» is counted by answer and day, and knows no reader (C6)."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import NewsFactory, factory_for
from tests.traffic.conftest import FIREFOX
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.traffic import helpful
from wagtail_pbgdpl.traffic.flood import FloodGate
from wagtail_pbgdpl.traffic.models import TrafficHelpful

pytestmark = pytest.mark.django_db

DAY = "2026-11-22T03:00:00Z"
HOME, OFFICE = "113.160.0.1", "113.160.0.2"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(helpful, "gate", FloodGate(60, 600, 6))


@pytest.fixture
def answer(index_of: Any) -> Any:
    return factory_for(AnswerPage)(parent=index_of("C6"), title="Đăng ký ở đâu?")


def press(
    page: Any, value: str = "1", *, address: str = HOME, agent: str = FIREFOX, **headers: str
) -> Any:
    # No reader comes with the token of a form: the check is on.
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=address).post(
        reverse("wagtail_pbgdpl:helpful", args=[getattr(page, "pk", page)]),
        {"helpful": value},
        headers={"User-Agent": agent, **headers},
    )


def counts() -> list[tuple[bool, int]]:
    return list(TrafficHelpful.objects.order_by("is_helpful").values_list("is_helpful", "presses"))


@time_machine.travel(DAY, tick=False)
def test_an_opinion_is_counted_for_its_answer_and_day(answer: Any) -> None:
    press(answer, "1", address=HOME)
    press(answer, "1", address=OFFICE)
    press(answer, "0", address="113.160.0.3")
    assert counts() == [(False, 1), (True, 2)]
    row = TrafficHelpful.objects.first()
    assert (row.date.isoformat(), row.page_id) == ("2026-11-22", answer.pk)


@time_machine.travel("2026-11-22T17:00:00Z", tick=False)
def test_the_day_is_the_vietnamese_one(answer: Any) -> None:
    press(answer)
    assert TrafficHelpful.objects.get().date.isoformat() == "2026-11-23"


def test_who_presses_again_is_thanked_and_not_counted(answer: Any) -> None:
    with time_machine.travel(DAY, tick=False):
        assert press(answer).url == press(answer, "0").url
        assert counts() == [(True, 1)]
        press(answer, agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0")
        assert counts() == [(True, 2)]
    with time_machine.travel("2026-11-22T17:30:00Z", tick=False):  # the day after
        press(answer)
    assert sum(number for _, number in counts()) == 3


@time_machine.travel(DAY, tick=False)
def test_nothing_about_the_reader_is_kept(answer: Any) -> None:
    response = press(answer)
    assert not response.cookies
    assert response["Cache-Control"].count("no-store") == 1
    kept = " ".join(f"{key} {value}" for key, value in cache._cache.items())
    assert HOME not in kept
    assert "Firefox" not in kept
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(
            cursor, TrafficHelpful._meta.db_table
        )
    assert {column.name for column in columns} == {
        "id",
        "date",
        "page_id",
        "is_helpful",
        "presses",
    }


@time_machine.travel(DAY, tick=False)
@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("Googlebot/2.1 (+http://www.google.com/bot.html)", {}),
        ("", {}),
        (FIREFOX, {"Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_robots_and_other_sites_are_not_counted(answer: Any, agent: str, headers: Any) -> None:
    assert press(answer, agent=agent, **headers).status_code == 302
    assert counts() == []


@time_machine.travel(DAY, tick=False)
def test_a_flood_passes_the_gate_no_further(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a server that hides addresses, everybody looks alike: the gate alone limits."""
    monkeypatch.setattr(helpful, "gate", FloodGate(3, 600, 6))
    for _ in range(5):
        press(answer, address="127.0.0.1")
    assert counts() == [(True, 3)]


@pytest.mark.parametrize("value", ["", "2", "yes", "1\x00"])
def test_anything_else_is_refused(answer: Any, value: str) -> None:
    assert press(answer, value).status_code == 400
    assert counts() == []


@pytest.mark.parametrize("what", ["draft", "private", "news", "none", "huge"])
@pytest.mark.parametrize("name", ["helpful", "helpful_thanks"])
def test_only_public_answers_have_the_address(
    what: str, name: str, answer: Any, index_of: Any, client: Client
) -> None:
    """A guessed number tells nothing, and counts nothing."""
    number = {"none": 987_654, "huge": 2**80}.get(what, answer.pk)
    if what == "draft":
        answer.unpublish()
    elif what == "private":
        PageViewRestriction.objects.create(page=answer, restriction_type="login")
    elif what == "news":
        number = NewsFactory(parent=index_of("C2")).pk
    address = reverse(f"wagtail_pbgdpl:{name}", args=[number])
    assert client.get(address).status_code == 404
    assert press(number).status_code == 404
    assert counts() == []


def test_the_form_needs_no_script_token_or_session(answer: Any, client: Client) -> None:
    response = client.get(answer.url)
    assert not response.cookies
    html = BeautifulSoup(response.content, "lxml")
    form = html.select_one("form.pbgdpl-helpful")
    assert form["action"] == reverse("wagtail_pbgdpl:helpful", args=[answer.pk])
    assert form["method"] == "post"
    assert [button["value"] for button in form.select("button[name=helpful]")] == ["1", "0"]
    assert not form.select("input")


def test_thanks_lead_back(answer: Any, client: Client) -> None:
    html = client.get(press(answer).url).content.decode()
    assert f'href="{answer.url}"' in html
    assert client.get(reverse("wagtail_pbgdpl:helpful", args=[answer.pk])).url == answer.url


def test_the_report(answer: Any, admin_client: Client) -> None:
    rows = [(True, 3), (False, 1)]
    for is_helpful, presses in rows:
        TrafficHelpful.objects.create(
            date="2026-11-22", page_id=answer.pk, is_helpful=is_helpful, presses=presses
        )
    TrafficHelpful.objects.create(date="2025-11-22", page_id=99_999, is_helpful=False, presses=1)
    address = reverse("pbgdpl_traffic_helpful")
    table = admin_client.get(address).context["table"]
    shown = [(row["page_id"], row["helpful"], row["not_helpful"]) for row in table.data]
    assert shown == [(answer.pk, 3, 1), (99_999, 0, 1)]
    html = admin_client.get(address, {"year": "2026"}).content.decode()
    assert "Đăng ký ở đâu?" in html
    assert "75" in html
    assert "99999" not in html
