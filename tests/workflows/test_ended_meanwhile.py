"""R3, R8: whose seat ends while they wait for their turn decides nothing with it.

PostgreSQL alone has such locks; SQLite lets one transaction after the other write.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from tests.workflows.board import Board, edit, fresh, kinds, step_of
from tests.workflows.test_at_once import committed_board, delegated, threads  # noqa: F401
from wagtail_pbgdpl.authority import facts
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.matters import ledger
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.decisions import Refused
from wagtail_pbgdpl.workflows.locking import lock
from wagtail_pbgdpl.worktime.active import today

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def wait_until_somebody_waits() -> None:
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits")


def post_pass(user: Any, page: Any) -> None:
    client = Client()
    client.force_login(user)
    client.post(reverse("pbgdpl_item", args=[page.pk]), {"way": "pass"})


def end_seat(user: Any) -> None:
    yesterday = today() - datetime.timedelta(days=1)
    Seat.objects.filter(user=user).update(ends_on=yesterday)


def switch_off(user: Any) -> None:
    type(user)._default_manager.filter(pk=user.pk).update(is_active=False)


def behind(held: Callable[[], Any], then: Callable[[], Any]) -> None:
    """Start ``then`` in another connection, and commit ``held`` once it waits for the page."""

    def run() -> None:
        try:
            then()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    with transaction.atomic():
        held()
        thread.start()
        wait_until_somebody_waits()
    thread.join()


@pytest.mark.django_db
@pytest.mark.parametrize("end", [end_seat, switch_off])
def test_what_the_request_read_first_decides_nothing(board: Board, end: Any) -> None:
    page = board.at_approval()
    facts._begin()
    try:
        assert person(board.chief).posts
        # By another process, of which this one is told nothing.
        end(board.chief)
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), board.chief)
    finally:
        facts._end()
    assert not fresh(page).live


@threads
@pytest.mark.parametrize("end", [end_seat, switch_off])
def test_whose_seat_ended_approves_nothing(committed_board: Board, end: Any) -> None:  # noqa: F811
    board = committed_board
    page = board.at_approval()

    def held() -> None:
        lock(page.pk)
        end(board.chief)

    behind(held, lambda: post_pass(board.chief, page))
    assert not fresh(page).live
    assert kinds(page).count("passed") == 3


@threads
def test_nor_under_a_delegation_of_who_has_left(committed_board: Board) -> None:  # noqa: F811
    board = committed_board
    deputy = delegated(board)
    page = board.at_approval()

    def held() -> None:
        lock(page.pk)
        end_seat(board.chief)

    behind(held, lambda: post_pass(deputy, page))
    assert not fresh(page).live
    assert Delegation.objects.exists()


@threads
def test_a_seat_ends_after_what_is_being_decided(committed_board: Board) -> None:  # noqa: F811
    """Else an approval would be entered after the end had been committed."""
    board = committed_board
    page = board.at_approval()
    step = step_of(page)
    order: list[str] = []

    def end() -> None:
        end_seat(board.chief)
        order.append("ended")

    behind(lambda: (decisions.pass_step(step, board.chief), order.append("approved")), end)
    assert order == ["approved", "ended"]
    assert fresh(page).live


@threads
def test_who_was_counted_meanwhile_stays_a_writer(committed_board: Board) -> None:  # noqa: F811
    """R8: four eyes forget nobody of two whose versions are stored at once."""
    board = committed_board
    page = board.draft()
    behind(
        lambda: ledger.keep(fresh(page), writers={board.head.pk}),
        lambda: edit(page, board.officer, title="Bản của cán bộ"),
    )
    assert Matter.objects.get(subject=page.pk).writers == sorted([board.officer.pk, board.head.pk])
