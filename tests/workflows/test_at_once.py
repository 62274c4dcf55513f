"""Two people at the same moment, each with a connection of their own (R2, R3, R8, R9).

PostgreSQL alone has such locks; SQLite lets one transaction after the other write.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from tests.factories import DelegationFactory
from tests.together import together
from tests.workflows.board import GROUND, Board, edit, fresh, kinds, make_board, step_of
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.pages.models import CategoryIndexPage, NewsPage
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.decisions import Refused

threads = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)
# Chance decides who is first; each test is to see both orders.
TIMES = 3


@pytest.fixture(params=range(TIMES))
def committed_board(committed: None) -> Iterator[Board]:
    index = CategoryIndexPage.objects.filter(category="C2").first()
    made = make_board(index)
    yield made
    for page in NewsPage.objects.child_of(index):
        page.delete()
    for model in (WorkflowState, Event, PageLogEntry, Event, Matter, Delegation):
        model._default_manager.all().delete()


def delegated(board: Board) -> Any:
    """Return the Phó Trưởng Ban, under a delegation."""
    seats = [Seat.objects.get(user=user) for user in (board.chief, board.deputy)]
    DelegationFactory(delegator=seats[0], delegate=seats[1])
    return board.deputy


def at_once(*works: Callable[[], Any]) -> tuple[list[Any], list[Any]]:
    """Do all works at once; return what they returned, and what they raised."""
    waiting = deque(works)
    found = together(lambda: waiting.popleft()(), threads=len(works))
    raised = [one for one in found if isinstance(one, Exception)]
    return [one for one in found if not isinstance(one, Exception)], raised


def refused(raised: list[Any]) -> Refused:
    """Return the one refusal; nothing else may have been raised."""
    assert [type(one) for one in raised] == [Refused], raised
    only: Refused = raised[0]
    return only


def approve(step: int, user: Any) -> Callable[[], Any]:
    return lambda: decisions.pass_step(step, user)


def back(step: int, user: Any) -> Callable[[], Any]:
    return lambda: decisions.send_back(step, user, grounds=[GROUND], explanation="Sửa lại.")


@threads
class TestDecisions:
    @pytest.fixture
    def board(self, committed_board: Board) -> Board:
        return committed_board

    def test_two_approvers(self, board: Board) -> None:
        deputy = delegated(board)
        page = board.at_approval()
        step = step_of(page)
        done, raised = at_once(approve(step, board.chief), approve(step, deputy))
        (decision,) = done
        assert decision.by_name in refused(raised).message
        assert "đã xử lý trước" in refused(raised).message
        assert Event.objects.decisions().filter(subject=page.pk, clears=True).count() == 1
        assert kinds(page).count("passed") == 4
        assert fresh(page).live
        events = Event.objects.filter(subject=page.pk, move="published")
        assert events.count() == 1
        assert not Matter.objects.waiting().exists()

    def test_the_same_person_twice(self, board: Board) -> None:
        """A double click."""
        page = board.at_approval()
        step = step_of(page)
        done, raised = at_once(*[approve(step, board.chief)] * 3)
        assert len(done) == 1
        assert {type(one) for one in raised} == {Refused}
        assert kinds(page).count("passed") == 4

    def test_approval_against_return(self, board: Board) -> None:
        deputy = delegated(board)
        page = board.at_approval()
        step = step_of(page)
        done, raised = at_once(approve(step, board.chief), back(step, deputy))
        (decision,) = done
        assert decision.by_name in refused(raised).message
        assert fresh(page).live is (decision.move == "passed")
        assert Matter.objects.waiting().filter(state="returned").exists() is (
            decision.move == "returned"
        )
        assert kinds(page)[-1] == decision.move
        assert len(kinds(page)) == 5

    def test_approval_against_the_sender(self, board: Board) -> None:
        page = board.at_approval()
        step = step_of(page)
        done, raised = at_once(
            approve(step, board.chief), lambda: decisions.take_back(page, board.officer)
        )
        (decision,) = done
        assert decision.by_name in refused(raised).message
        assert fresh(page).live is (decision.move == "passed")
        assert kinds(page)[-1] == decision.move
        assert not Matter.objects.waiting().exists()

    def test_approval_against_an_emergency(self, board: Board) -> None:
        """Both publish: whoever is first, the item is published once."""
        deputy = delegated(board)
        page = board.at_approval()
        step = step_of(page)
        done, raised = at_once(
            approve(step, deputy),
            lambda: decisions.publish_in_emergency(page, board.chief, reason="Lũ về."),
        )
        (decision,) = done
        assert decision.by_name in refused(raised).message
        assert Event.objects.decisions().filter(subject=page.pk, clears=True).count() == 1
        assert fresh(page).live

    def test_two_emergencies(self, board: Board) -> None:
        page = board.sent()

        def publish() -> Any:
            return decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")

        done, raised = at_once(publish, publish)
        assert len(done) == 1
        assert board.chief.username in refused(raised).message
        assert kinds(page) == ["submitted", "emergency"]

    def test_two_reviews(self, board: Board) -> None:
        page = board.sent()
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")
        works = [
            lambda user=user: decisions.review(page, user, comment="Nội dung đúng.")
            for user in (board.secretary, board.deputy)
        ]
        done, raised = at_once(*works)
        assert len(done) == 1
        refused(raised)
        assert kinds(page).count("reviewed") == 1


@threads
class TestSending:
    @pytest.fixture
    def board(self, committed_board: Board) -> Board:
        return committed_board

    def test_two_senders(self, board: Board) -> None:
        page = board.draft()
        users = (board.officer, board.head)
        works = [lambda user=user: fresh(page).get_workflow().start(page, user) for user in users]
        done, raised = at_once(*works)
        (state,) = done
        assert state.requested_by.username in refused(raised).message
        assert kinds(page).count("submitted") == 1
        assert WorkflowState.objects.for_instance(page).count() == 1
        assert TaskState.objects.filter(status="in_progress").count() == 1

    def test_two_who_send_again(self, board: Board) -> None:
        """R9"""
        page = board.sent()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
        users = (board.officer, board.head)
        # Both have the form open.
        states = [fresh(page).current_workflow_state for _user in users]
        works = [
            lambda state=state, user=user: state.resume(user)
            for state, user in zip(states, users, strict=True)
        ]
        done, raised = at_once(*works)
        assert len(done) == 1
        refused(raised)
        assert kinds(page).count("submitted") == 2
        assert TaskState.objects.filter(status="in_progress").count() == 1
        state = fresh(page).current_workflow_state
        assert state.current_task_state.status == "in_progress"
        assert Matter.objects.waiting().get().place == state.current_task_state_id

    def test_sending_again_against_an_emergency(self, board: Board) -> None:
        page = board.sent()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
        state = fresh(page).current_workflow_state
        at_once(
            lambda: state.resume(board.officer),
            lambda: decisions.publish_in_emergency(page, board.chief, reason="Lũ về."),
        )
        # Whoever came first: it is public, and at no step.
        assert fresh(page).live
        assert not TaskState.objects.filter(status="in_progress").exists()
        assert not Matter.objects.waiting().exists()


@threads
def test_who_may_not_send_again_leaves_it_with_its_sender(committed_board: Board) -> None:
    """Without a transaction around it, as in the editor."""
    board = committed_board
    page = board.sent()
    decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
    state = fresh(page).current_workflow_state
    with pytest.raises(PermissionDenied):
        state.resume(board.secretary)
    assert Matter.objects.waiting().get().is_returned
    edit(page, board.officer, title="Bản đã sửa")
    board.send(page)
    assert not Matter.objects.waiting().get().is_returned


@pytest.mark.django_db
class TestOneAfterTheOther:
    """Who comes later has looked at what held before."""

    def test_taking_back_what_was_approved(self, board: Board) -> None:
        page = board.published()
        with pytest.raises(Refused, match=f"{board.chief.username} đã xử lý trước"):
            decisions.take_back(page, board.officer)

    def test_approving_what_was_taken_back(self, board: Board) -> None:
        page = board.at_approval()
        step = step_of(page)
        decisions.take_back(page, board.officer)
        with pytest.raises(Refused, match=f"{board.officer.username} đã xử lý trước"):
            decisions.pass_step(step, board.chief)

    def test_approving_what_was_published_in_an_emergency(self, board: Board) -> None:
        page = board.sent()
        step = step_of(page)
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")
        with pytest.raises(Refused, match=f"{board.chief.username} đã xử lý trước"):
            decisions.pass_step(step, board.head)

    def test_sending_what_was_sent(self, board: Board) -> None:
        page = board.draft()
        workflow = page.get_workflow()
        board.send(page)
        with pytest.raises(Refused, match=board.officer.username):
            workflow.start(page, board.head)
        assert kinds(page) == ["submitted"]

    def test_sending_again_what_was_sent_again(self, board: Board) -> None:
        page = board.sent()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
        opened = fresh(page).current_workflow_state
        board.send(page)
        with pytest.raises(Refused, match=board.officer.username):
            opened.resume(board.head)
        assert kinds(page).count("submitted") == 2
