"""What an item costs on its way, in questions to the database: facts are read once for an act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.board import Board, fresh, step_of
from wagtail_pbgdpl.workflows import decisions

pytestmark = pytest.mark.django_db

STEP, WAY = 40, 250


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
    matter = decisions.record.of_page(many)
    assert matter is not None
    for _number in range(100):
        decisions.record.enter(matter, "returned", board.chief)
    counts = []
    for page in (few, many):
        step = step_of(page)
        counts.append(queries(lambda step=step: decisions.pass_step(step, board.chief)))
    assert counts[1] <= counts[0]
