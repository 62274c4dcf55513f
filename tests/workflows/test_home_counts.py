"""Each count on the home page of the admin is that of the list it opens (R11), for every role."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import UnitFactory
from tests.workflows.board import Board
from tests.workflows.by_address import HOST, seat_everybody, upload
from wagtail_pbgdpl.content.jobs import JOBS
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.media.home_counts import WRITERS
from wagtail_pbgdpl.regulations import RoleCode
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
#: Where a list has its rows.
LISTS = ("page_obj", "rows", "object_list")


def rows_of(response: Any) -> int:
    """Return how many rows a list has, on all of its pages."""
    assert response.status_code == 200, response.request["PATH_INFO"]
    for name in LISTS:
        found = response.context.get(name)
        if found is not None:
            paginator = getattr(found, "paginator", None)
            return int(paginator.count) if paginator else len(found)
    raise AssertionError(response.request["PATH_INFO"])


def counts_on(html: BeautifulSoup) -> list[tuple[str, int]]:
    """Return where the links with a number lead, and the number."""
    found = []
    for link in html.select("main a[href]"):
        for gone in link.select(".w-sr-only"):
            gone.extract()
        if number := re.match(r"(?:Tất cả )?([\d.]+)\b(?!/)", link.get_text(" ", strip=True)):
            found.append((link["href"], int(number[1].replace(".", ""))))
    return found


@pytest.fixture
def busy(board: Board) -> None:
    """Something late, due soon and far off; with a unit and with none; and more than a page."""
    other = UnitFactory(categories=["C2"])
    days = (-3, -1, 1, 40)
    for number in range(24):
        Matter.objects.create(
            title=f"Công văn {number}",
            category=("C2", "C3", "")[number % 3],
            unit=(board.unit, other, None)[number // 3 % 3],
            rule="T2",
            started_on=datetime.date(2026, 3, 2),
            due_at=NOW + datetime.timedelta(days=days[number % 4]),
        )
    for number in range(12):
        board.pass_on(board.sent(title=f"Tin {number}"), board.head)
    upload(board.officer)


def test_a_count_is_that_of_the_list_behind_it(board: Board, busy: None) -> None:
    people = seat_everybody()
    with time_machine.travel(NOW, tick=False):
        users = [*people.by_role.values(), board.officer, board.head, board.secretary]
        followed = 0
        for user in users:
            client = Client(HTTP_HOST=HOST)
            client.force_login(user)
            html = BeautifulSoup(client.get("/admin/").content, "lxml")
            wrong = {
                address: (count, found)
                for address, count in counts_on(html)
                if (found := rows_of(client.get(address))) != count
            }
            assert not wrong, (user, wrong)
            followed += len(counts_on(html))
        assert followed > len(users)


def test_the_home_page_is_that_of_the_role(board: Board, busy: None) -> None:
    """Three buttons that lead where the person may go, what waits, what is late, and no more."""
    people = seat_everybody()
    with time_machine.travel(NOW, tick=False):
        for role, user in people.by_role.items():
            client = Client(HTTP_HOST=HOST)
            client.force_login(user)
            response = client.get("/admin/")
            html = BeautifulSoup(response.content, "lxml")
            buttons = html.select("nav.pbgdpl-jobs a")
            # Of the two ways to delegate, the one that the regulation knows.
            expected = len(JOBS[RoleCode(role)]) - (role == RoleCode.CHIEF)
            assert len(buttons) == expected <= 3, (role, buttons)
            for button in buttons:
                assert client.get(button["href"]).status_code == 200, (role, button)
            ours = {"pbgdpl_jobs", "pbgdpl_waiting", "pbgdpl_due", "pbgdpl_confirmations"}
            shown = {panel.name for panel in response.context["panels"]}
            assert {"pbgdpl_jobs", "pbgdpl_waiting"} <= shown <= ours, role
            counts = response.context["site_summary"].summary_items
            assert bool(counts) is (role in WRITERS), role
