"""What an item costs on its way, in questions to the database: facts are read once for an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.workflows.board import Board, fresh, step_of
from wagtail_pbgdpl.core.looking import looked_at, looking
from wagtail_pbgdpl.matters import ledger, record
from wagtail_pbgdpl.workflows import decisions

pytestmark = pytest.mark.django_db

STEP, WAY = 40, 250
LIST, EDITOR = 60, 65


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_from_draft_to_public_by_five_people(board: Board) -> None:
    # What a process looks up once, such as types of content, it has looked up.
    board.published()
    page = fresh(board.draft())
    sent = queries(lambda: page.get_workflow().start(page, board.officer))

    def passing(user: Any) -> int:
        step = step_of(page)
        return queries(lambda: decisions.pass_step(step, user))

    steps = [passing(user) for user in (board.head, board.secretary, board.member)]
    last = passing(board.chief)
    assert fresh(page).live
    assert max(steps) <= STEP
    assert sent + sum(steps) + last <= WAY


def test_what_was_decided_before_costs_nothing(board: Board) -> None:
    """A hundred events more, and not a query."""
    few = board.at_approval()
    many = board.at_approval()
    matter = ledger.of_page(many)
    assert matter is not None
    for _number in range(100):
        record.enter(matter, "returned", board.chief)
    counts = []
    for page in (few, many):
        step = step_of(page)
        counts.append(queries(lambda step=step: decisions.pass_step(step, board.chief)))
    assert counts[1] <= counts[0]


def shown(user: Any, address: str) -> int:
    """Open a page of the admin a second time; return the number of questions."""
    client = Client()
    client.force_login(user)
    client.get(address)
    return queries(lambda: client.get(address))


def test_a_list_of_pages_asks_once_for_each(board: Board) -> None:
    few = shown(board.secretary, f"/admin/pages/{board.index.pk}/")
    for _number in range(3):
        board.sent()
    more = shown(board.secretary, f"/admin/pages/{board.index.pk}/")
    assert more <= LIST
    # Its matter, and where Wagtail's workflow has it.
    assert more - few <= 3 * 3


def test_the_editor_asks_once_for_its_page(board: Board) -> None:
    page = board.sent()
    assert shown(board.head, f"/admin/pages/{page.pk}/edit/") <= EDITOR


def test_what_was_read_is_kept_while_somebody_looks_alone() -> None:
    read: list[int] = []

    def ask() -> int:
        read.append(1)
        return len(read)

    assert [looked_at("a", ask), looked_at("a", ask)] == [1, 2]
    with looking():
        assert [looked_at("a", ask), looked_at("a", ask), looked_at("b", ask)] == [3, 3, 4]
    with looking():
        assert looked_at("a", ask) == 5


def test_who_acts_is_shown_what_came_of_it(board: Board) -> None:
    """A request that changes something reads anew; so does the one that follows."""
    page = board.at_approval()
    client = Client()
    client.force_login(board.chief)
    address = f"/admin/pbgdpl/items/{page.pk}/"
    assert "Trưởng Ban duyệt" in client.get(address).content.decode()
    answer = client.post(address, {"way": "pass"}, follow=True)
    assert "<strong>Đã đăng</strong>" in answer.content.decode()
    assert fresh(page).live
