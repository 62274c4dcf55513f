"""What waits for whom (R2–R6, R9–R11), and what it costs."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, seated
from tests.workflows.board import GROUND, Board, edit, step_of
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.worklist import waiting_for
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.emergencies import emergencies_for
from wagtail_pbgdpl.workflows.panels import WaitingPanel
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def waits(user: Any) -> list[int]:
    return [row.subject for row in waiting_for(user)]


def everybody(board: Board) -> dict[str, Any]:
    names = ("officer", "head", "secretary", "member", "deputy", "chief")
    return {name: getattr(board, name) for name in names}


class TestSteps:
    def test_wait_for_the_role_of_the_step_alone(self, board: Board) -> None:
        page = board.sent()
        for who in ("head", "secretary", "member", "chief"):
            found = [name for name, user in everybody(board).items() if waits(user)]
            assert found == [who]
            board.pass_on(page, getattr(board, who))
        assert not any(waits(user) for user in everybody(board).values())

    def test_not_for_those_of_other_units_or_categories(self, board: Board) -> None:
        """R4, R6, R11"""
        page = board.sent()
        assert waits(seated("unit_head")) == []
        board.pass_on(page, board.head, board.secretary)
        assert waits(seated("member", categories=["C1"])) == []
        assert waits(seated("member", categories=["C2"])) == [page.pk]

    def test_are_called_what_the_item_is_called_after_an_edit(self, board: Board) -> None:
        page = board.sent()
        board.pass_on(page, board.head)
        edit(page, board.secretary, title="Tên do Thư ký sửa")
        row = Matter.objects.waiting().get(subject=page.pk)
        assert row.title == "Tên do Thư ký sửa"
        assert board.secretary.pk in row.writers

    def test_ones_own_work_is_excluded_where_it_is_judged(self, board: Board) -> None:
        page = board.published()
        edit(page, board.chief, title="Bản sửa của Trưởng Ban")
        board.send(page, board.chief)
        board.pass_on(page, board.head, board.secretary, board.member)
        assert waits(board.chief) == []

    def test_under_a_delegation(self, board: Board) -> None:
        """R3"""
        page = board.at_approval()
        delegation = DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
        )
        assert waits(board.deputy) == waits(board.chief) == [page.pk]
        delegation.revoke(by=board.chief, reason="Trưởng Ban đã về.")
        assert waits(board.deputy) == []

    def test_not_after_the_seat_has_ended(self, board: Board) -> None:
        """R10"""
        page = board.sent()
        seat = Seat.objects.filter(user=board.head)
        seat.update(ends_on=today())
        assert waits(board.head) == [page.pk]
        seat.update(ends_on=today() - DAY)
        assert waits(board.head) == []

    def test_for_the_unit_that_succeeded(self, board: Board) -> None:
        page = board.sent()
        new = UnitFactory()
        head = seated("unit_head", unit=new)
        merge([board.unit], new, on=today())
        assert waits(head) == [page.pk]

    def test_the_longest_waiting_first(self, board: Board) -> None:
        pages = [board.sent(title=f"Bài {number}") for number in range(3)]
        Matter.objects.waiting().filter(subject=pages[2].pk).update(since=timezone.now() - DAY)
        assert waits(board.head) == [pages[2].pk, pages[0].pk, pages[1].pk]

    def test_nothing_for_who_holds_no_seat(self, board: Board, editor: Any) -> None:
        board.sent()
        assert waits(editor) == []


class TestReturnedItems:
    def test_wait_for_the_sender_and_the_people_of_the_unit(self, board: Board) -> None:
        """R9"""
        page = board.at_approval()
        colleague = seated("contact_officer", unit=board.unit)
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation="Sửa lại.")
        found = [name for name, user in everybody(board).items() if waits(user)]
        assert found == ["officer", "head"]
        assert waits(colleague) == [page.pk]
        assert waits(seated("contact_officer")) == []
        board.send(page)
        assert waits(board.officer) == waits(colleague) == []

    def test_what_the_board_wrote_waits_for_the_writer_alone(self, board: Board) -> None:
        page = board.send(board.draft(user=board.secretary, unit=None), board.secretary)
        decisions.send_back(step_of(page), board.member, grounds=[GROUND], explanation="Sửa lại.")
        found = [name for name, user in everybody(board).items() if waits(user)]
        assert found == ["secretary"]


class TestEmergencies:
    def test_wait_for_those_who_may_review_them(self, board: Board) -> None:
        page = board.sent()
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")
        found = [name for name, user in everybody(board).items() if emergencies_for(user)]
        assert found == ["secretary", "member", "deputy"]
        decisions.review(page, board.member, comment="Nội dung đúng.")
        assert not any(emergencies_for(user) for user in everybody(board).values())

    def test_not_for_a_reviewer_who_wrote_it(self, board: Board) -> None:
        """What the list offers can be done."""
        page = board.draft(user=board.secretary, unit=None)
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về.")
        assert emergencies_for(board.secretary) == []
        assert len(emergencies_for(board.deputy)) == 1


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def many(board: Board, count: int) -> None:
    """Add items at each step in turn, every fifth returned, as lists read them."""
    some = TaskState.objects.order_by("-pk").select_related("workflow_state").first()
    assert some is not None
    steps = [("unit_approve", "unit_head"), ("approve", "chief"), ("verify", "member")]
    states = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=some.workflow_state,
            task=some.task,
            revision=some.revision,
            content_type=some.content_type,
        )
        for _number in range(count)
    )
    first = Matter.objects.aggregate(Max("subject"))["subject__max"] or 0
    Matter.objects.bulk_create(
        Matter(
            subject=first + 1 + number,
            title=f"Bài {number}",
            category="C2",
            unit=board.unit,
            state="submitted" if number % 5 else "returned",
            place=state.pk,
            action=steps[number % 3][0],
            role=steps[number % 3][1],
            step="Bước",
            writers=[board.officer.pk],
            since=timezone.now(),
        )
        for number, state in enumerate(states)
    )


@pytest.mark.parametrize("who", ["chief", "head", "member"])
def test_the_panel_costs_the_same_for_many(board: Board, who: str) -> None:
    user = getattr(board, who)
    board.at_approval()
    SeatFactory(user=board.chief, role="member", categories=["C2"])

    def panel() -> Any:
        request = RequestFactory().get("/")
        request.user = type(user).objects.get(pk=user.pk)
        return WaitingPanel(request).get_context_data({})

    many(board, 5)
    few = queries(panel)
    many(board, 295)
    assert queries(panel) == few
    # One of them asks whether how the person signs in was changed.
    assert few <= 13
    assert panel()["total"] >= 75
    assert len(panel()["rows"]) == 10
    assert WorkflowState.objects.count() == 1
