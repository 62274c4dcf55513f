"""An item on its way through the steps of the regulation (R2, R3, R6–R9, R12)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import DelegationFactory, SeatFactory, UserFactory, seated
from tests.workflows.board import GROUND, Board, edit, fresh, kinds, make_board, step_of
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.pages.models import CategoryIndexPage, NewsPage, OtherPage
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import load
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.decisions import Refused
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db


def pending(page: Any) -> Matter:
    return Matter.objects.waiting().get(subject=page.pk)


class TestTheWayOfBK21:
    def test_from_contact_officer_to_the_public(self, board: Board) -> None:
        page = board.sent()
        roles = [pending(page).role]
        for user in (board.head, board.secretary, board.member):
            board.pass_on(page, user)
            roles.append(pending(page).role)
            assert not fresh(page).live
        page = board.pass_on(page, board.chief)
        assert roles == ["unit_head", "secretary", "member", "chief"]
        assert page.live
        assert not Matter.objects.waiting().exists()

    def test_every_step_keeps_its_name_and_clause(self, board: Board) -> None:
        """R12: BK21 Điều 9, QT24 Điều 4.2b."""
        page = board.published()
        rows = list(Event.objects.decisions().filter(subject=page.pk))
        assert [row.move for row in rows] == ["submitted"] + ["passed"] * 4
        assert rows[-1].clause == "Điều 14 khoản 2"
        assert rows[-1].authority == "Trưởng Ban Biên tập"
        assert [row.clears for row in rows] == [False] * 4 + [True]

    def test_the_ledger_names_who_answers(self, board: Board) -> None:
        row = Matter.objects.get(subject=board.published().pk)
        assert row.closed_by == board.chief
        assert row.authority == "Trưởng Ban Biên tập"
        assert not row.in_emergency

    @pytest.mark.parametrize("wrong", ["officer", "head", "secretary", "member", "deputy"])
    def test_nobody_else_approves(self, board: Board, wrong: str) -> None:
        page = board.at_approval()
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), getattr(board, wrong))
        assert pending(page).role == "chief"
        assert not fresh(page).live

    def test_a_superuser_decides_nothing(self, board: Board, editor: Any) -> None:
        page = board.at_approval()
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), editor)

    def test_a_head_of_another_unit_does_not_approve(self, board: Board) -> None:
        """R6, R11."""
        page = board.sent()
        with pytest.raises(Refused, match="đơn vị khác"):
            decisions.pass_step(step_of(page), seated("unit_head"))

    def test_a_seat_that_ended_yesterday_ends_the_right(self, board: Board) -> None:
        """R10: QT24 Điều 7.2."""
        page = board.at_approval()
        yesterday = today() - datetime.timedelta(days=1)
        Seat.objects.filter(user=board.chief).update(ends_on=yesterday)
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), board.chief)

    def test_a_step_is_passed_once(self, board: Board) -> None:
        page = board.at_approval()
        step = step_of(page)
        decisions.pass_step(step, board.chief)
        with pytest.raises(Refused, match=board.chief.username):
            decisions.pass_step(step, board.chief)
        assert kinds(page).count("passed") == 4


class TestStepsThatNeedNobody:
    def test_a_head_who_sends_has_approved(self, board: Board) -> None:
        page = board.send(board.draft(user=board.head), board.head)
        assert pending(page).role == "secretary"
        first = Event.objects.decisions().filter(subject=page.pk, move="passed").get()
        assert (first.by, first.action) == (board.head, "unit_approve")

    def test_what_the_board_wrote_has_no_unit_to_approve_it(self, board: Board) -> None:
        page = board.send(board.draft(user=board.secretary, unit=None), board.secretary)
        assert pending(page).role == "member"

    def test_what_the_board_wrote_for_a_unit_goes_to_its_head(self, board: Board) -> None:
        """R6: the head answers for what bears the unit's name."""
        page = board.send(board.draft(user=board.secretary), board.secretary)
        assert pending(page).role == "unit_head"

    def test_an_optional_step_without_anybody_is_left_out(self, board: Board) -> None:
        """R4: BK21 Điều 16.2."""
        Seat.objects.filter(user=board.member).update(categories=["C1"])
        page = board.pass_on(board.sent(), board.head, board.secretary)
        assert pending(page).role == "chief"

    def test_nobody_passes_a_judging_step_by_sending(self, board: Board) -> None:
        SeatFactory(user=board.chief, role="secretary")
        page = board.send(board.draft(user=board.chief, unit=None), board.chief)
        board.pass_on(page, board.member)
        assert pending(page).role == "chief"
        assert not fresh(page).live

    def test_who_may_not_send_does_not(self, board: Board) -> None:
        page = board.draft()
        with pytest.raises(PermissionDenied):
            board.send(page, board.secretary)
        assert kinds(page) == []


class TestFourEyes:
    def test_the_head_who_passed_it_on_does_not_judge_it(self, board: Board) -> None:
        """Nobody approves at the board what they submitted, also not through two seats."""
        SeatFactory(user=board.head, role="member", categories=["C2"])
        page = board.pass_on(board.sent(), board.head, board.secretary)
        with pytest.raises(Refused, match="Không ai"):
            decisions.pass_step(step_of(page), board.head)

    def test_a_collector_who_edits_becomes_a_writer(self, board: Board) -> None:
        SeatFactory(user=board.secretary, role="member", categories=["C2"])
        page = board.pass_on(board.sent(), board.head)
        edit(page, board.secretary, title="Tiêu đề đã biên tập")
        board.pass_on(page, board.secretary)
        with pytest.raises(Refused, match="Không ai"):
            decisions.pass_step(step_of(page), board.secretary)

    def test_a_collector_who_only_passes_on_does_not(self, board: Board) -> None:
        SeatFactory(user=board.secretary, role="member", categories=["C2"])
        page = board.pass_on(board.sent(), board.head, board.secretary, board.secretary)
        assert pending(page).role == "chief"

    def test_who_changed_a_public_item_does_not_approve_the_change(self, board: Board) -> None:
        page = board.published()
        edit(page, board.chief, title="Bản sửa của Trưởng Ban")
        board.send(page, board.chief)
        board.pass_on(page, board.head, board.secretary, board.member)
        with pytest.raises(Refused, match="Không ai"):
            decisions.pass_step(step_of(page), board.chief)


class TestRounds:
    """R9: BP20 Điều 12.3, QT24 Điều 4.2c."""

    def test_back_to_the_sender_and_through_all_steps_again(self, board: Board) -> None:
        page = board.at_approval()
        decisions.send_back(
            step_of(page), board.chief, grounds=[GROUND], explanation="Thiếu số liệu quý I."
        )
        assert pending(page).is_returned
        edit(page, board.officer, summary="Đã bổ sung số liệu quý I.")
        board.send(page)
        assert (pending(page).role, pending(page).round) == ("unit_head", 2)
        page = board.pass_on(page, board.head, board.secretary, board.member, board.chief)
        assert page.live
        assert page.summary == "Đã bổ sung số liệu quý I."

    def test_the_history_of_rounds_stays(self, board: Board) -> None:
        page = board.sent()
        for _number in range(2):
            decisions.send_back(
                step_of(page), board.head, grounds=[GROUND], explanation="Chưa rõ nguồn."
            )
            board.send(page)
        rows = Event.objects.decisions().filter(subject=page.pk).values_list("round", "move")
        assert list(rows) == [
            (1, "submitted"),
            (1, "returned"),
            (2, "submitted"),
            (2, "returned"),
            (3, "submitted"),
        ]
        returned = Event.objects.filter(move="returned").first()
        assert returned is not None
        assert returned.grounds == [
            {
                "code": GROUND,
                "name": "Thông tin không bảo đảm đầy đủ, chính xác",
                "clause": "Điều 9 – suy ra, Quy chế không quy định trực tiếp",
            }
        ]

    def test_the_sender_may_correct_and_others_may_not(self, board: Board) -> None:
        page = board.sent()
        with pytest.raises(PermissionDenied):
            edit(page, board.officer, title="Sửa khi đang chờ duyệt")
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Sửa lại.")
        edit(page, board.officer, title="Sửa sau khi được trả lại")
        with pytest.raises(PermissionDenied):
            edit(page, board.chief, title="Trưởng Ban sửa hộ")

    @pytest.mark.parametrize(
        ("grounds", "explanation"),
        [([], "Lý do"), (["khong-co"], "Lý do"), ([GROUND], "  ")],
    )
    def test_grounds_and_explanation_are_needed(
        self, board: Board, grounds: list[str], explanation: str
    ) -> None:
        page = board.sent()
        with pytest.raises(ValidationError):
            decisions.send_back(step_of(page), board.head, grounds=grounds, explanation=explanation)
        assert not pending(page).is_returned

    def test_the_sender_takes_it_back(self, board: Board) -> None:
        page = board.pass_on(board.sent(), board.head)
        with pytest.raises(Refused):
            decisions.take_back(page, board.secretary)
        decisions.take_back(page, board.officer, reason="Gửi nhầm bản.")
        assert not Matter.objects.waiting().exists()
        edit(page, board.officer, title="Bản đúng")
        board.send(page)
        assert pending(page).role == "unit_head"


class TestWhatGoesLive:
    def test_the_revision_that_was_approved(self, board: Board) -> None:
        page = board.at_approval(title="Bản đã trình")
        changed = fresh(page).get_latest_revision_as_object()
        changed.title = "Bản chen vào"
        changed.save_revision()  # by a program, without a user
        with pytest.raises(Refused, match="thay đổi"):
            decisions.pass_step(step_of(page), board.chief)
        assert not fresh(page).live
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation="Trình lại.")
        assert pending(page).is_returned

    def test_an_edit_at_an_editing_step_is_what_goes_on(self, board: Board) -> None:
        page = board.pass_on(board.sent(title="Bản gửi"), board.head)
        edit(page, board.secretary, title="Bản đã biên tập")
        page = board.pass_on(page, board.secretary, board.member, board.chief)
        assert page.title == "Bản đã biên tập"

    def test_who_looked_at_an_older_text_is_told(self, board: Board) -> None:
        page = board.sent()
        seen = page.latest_revision_id
        edit(page, board.head, title="Thủ trưởng đã sửa")
        with pytest.raises(Refused, match="Đọc lại"):
            decisions.pass_step(step_of(page), board.head, seen=seen)

    def test_what_was_decided_on_is_not_written_over(self, board: Board) -> None:
        """R12: the editor saves by itself over its last version, until somebody decided on it."""
        page = board.draft(title="Bản nháp")
        first = edit(page, board.officer, title="Tự lưu lần một")
        draft = fresh(page).get_latest_revision_as_object()
        draft.title = "Tự lưu lần hai"
        assert draft.save_revision(user=board.officer, overwrite_revision=first).pk == first.pk
        page = board.published(title="Bản đã duyệt")
        approved = page.live_revision
        draft = page.get_latest_revision_as_object()
        draft.title = "Ghi đè bản đã duyệt"
        saved = draft.save_revision(user=board.officer, overwrite_revision=approved)
        assert saved.pk != approved.pk
        approved.refresh_from_db()
        assert approved.content["title"] == "Bản đã duyệt"

    def test_an_edit_after_approval_needs_approval_again(self, board: Board) -> None:
        page = board.published(title="Bản đã duyệt")
        edit(page, board.officer, title="Bản sửa sau khi đăng")
        assert fresh(page).title == "Bản đã duyệt"
        page = board.pass_on(
            board.send(page), board.head, board.secretary, board.member, board.chief
        )
        assert page.title == "Bản sửa sau khi đăng"

    def test_an_incomplete_item_is_not_published(self, board: Board) -> None:
        """S3: what the regulation asks for is asked for before it goes live."""
        page = board.at_approval(author="")
        with pytest.raises(ValidationError, match="tác giả"):
            decisions.pass_step(step_of(page), board.chief)
        assert pending(page).role == "chief"

    def test_a_time_of_publication_in_the_future_is_kept(self, board: Board) -> None:
        later = datetime.datetime(2031, 3, 3, 1, tzinfo=datetime.UTC)
        page = board.published(go_live_at=later)
        assert not page.live
        assert page.approved_schedule
        with time_machine.travel(later + datetime.timedelta(minutes=1), tick=False):
            page.scheduled_revision.publish()
        assert fresh(page).live


class TestDelegation:
    """R3: BK21 Điều 15.2, BP20 Điều 19.2."""

    def seat(self, user: Any) -> Seat:
        return Seat.objects.get(user=user)

    def test_a_deputy_approves_while_delegated_and_it_says_so(self, board: Board) -> None:
        page = board.at_approval()
        delegation = DelegationFactory(
            delegator=self.seat(board.chief),
            delegate=self.seat(board.deputy),
            decision_number="07/QĐ-BBT",
        )
        page = board.pass_on(page, board.deputy)
        assert page.live
        row = Matter.objects.get(subject=page.pk)
        words = f"TUQ. Trưởng Ban Biên tập {board.chief.username}, theo Quyết định số 07/QĐ-BBT"
        assert row.authority == words
        delegation.revoke(by=board.chief, reason="Trưởng Ban đã về.")
        board.chief.first_name = "Tên mới"
        board.chief.save()
        decision = Event.objects.get(subject=page.pk, clears=True)
        assert decision.authority == words
        assert decision.delegation == delegation

    @pytest.mark.parametrize("days", [(-20, -1), (1, 20)])
    def test_outside_its_days_there_is_none(self, board: Board, days: tuple[int, int]) -> None:
        day = today()
        DelegationFactory(
            delegator=self.seat(board.chief),
            delegate=self.seat(board.deputy),
            starts_on=day + datetime.timedelta(days=days[0]),
            ends_on=day + datetime.timedelta(days=days[1]),
        )
        page = board.at_approval()
        with pytest.raises(Refused, match="ủy quyền"):
            decisions.pass_step(step_of(page), board.deputy)

    def test_for_other_categories_there_is_none(self, board: Board) -> None:
        DelegationFactory(
            delegator=self.seat(board.chief),
            delegate=self.seat(board.deputy),
            categories=["C1"],
        )
        page = board.at_approval()
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), board.deputy)


class TestEmergency:
    def test_by_the_chief_alone_with_a_reason_until_somebody_reviews_it(self, board: Board) -> None:
        page = board.sent(title="Cảnh báo lũ")
        with pytest.raises(Refused):
            decisions.publish_in_emergency(page, board.secretary, reason="Khẩn cấp")
        with pytest.raises(ValidationError):
            decisions.publish_in_emergency(page, board.chief, reason=" ")
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về trong đêm.")
        page = fresh(page)
        assert page.live
        assert Matter.objects.get(subject=page.pk).in_emergency
        assert not Matter.objects.waiting().exists()
        for own in (board.chief, board.deputy):
            if own is board.chief:
                with pytest.raises(Refused):
                    decisions.review(page, own, comment="Tự xem lại.")
        decisions.review(page, board.secretary, comment="Nội dung đúng.")
        with pytest.raises(Refused):
            decisions.review(page, board.deputy, comment="Lần hai.")

    def test_a_delegation_does_not_reach_so_far(self, board: Board) -> None:
        DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
        )
        with pytest.raises(Refused):
            decisions.publish_in_emergency(board.draft(), board.deputy, reason="Khẩn cấp")

    def test_what_is_public_already_needs_none(self, board: Board) -> None:
        with pytest.raises(Refused):
            decisions.publish_in_emergency(board.published(), board.chief, reason="Khẩn cấp")


class TestTakingDown:
    def test_with_grounds_and_reason_and_the_record_stays(self, board: Board) -> None:
        page = board.published()
        with pytest.raises(Refused):
            decisions.take_down(page, board.secretary, grounds=[GROUND], reason="Sai số liệu.")
        with pytest.raises(ValidationError):
            decisions.take_down(page, board.chief, grounds=[], reason="Sai số liệu.")
        decisions.take_down(page, board.chief, grounds=[GROUND], reason="Sai số liệu.")
        assert not fresh(page).live
        row = Matter.objects.get(subject=page.pk)
        assert row.closed_at is not None
        last = row.events.last()
        assert (last.move, last.by, last.detail["grounds"]) == (
            "unpublished",
            board.chief,
            "Sai số liệu.",
        )

    def test_what_was_taken_down_needs_approval_again(self, board: Board) -> None:
        page = board.published()
        revision = page.live_revision
        decisions.take_down(page, board.chief, grounds=[GROUND], reason="Sai số liệu.")
        with pytest.raises(PermissionDenied):
            revision.publish(user=board.chief)
        with pytest.raises(PermissionDenied):
            revision.publish()
        assert not fresh(page).live

    def test_a_public_item_is_taken_down_while_its_correction_is_on_its_way(
        self, board: Board
    ) -> None:
        page = board.published()
        edit(page, board.officer, title="Bản sửa")
        page = board.send(page)
        decisions.take_down(page, board.chief, grounds=[GROUND], reason="Sai số liệu.")
        assert not fresh(page).live


class TestOtherRegulations:
    @pytest.fixture
    def other(self, settings: Any, portal: Any) -> Any:
        """A function that sets the portal up by a profile and returns a board for one category."""

        def use(profile: str, kind: str = "C2", model: Any = NewsPage) -> Board:
            settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
            regulation = load(profile)
            set_up(regulation, portal)
            code = regulation.categories_of_kind(kind)[0].code
            index = CategoryIndexPage.objects.child_of(portal).filter(category=code).last()
            return make_board(index, model)

        return use

    def test_the_three_steps_of_BP20(self, other: Any) -> None:
        """R7: BP20 Điều 11.1: the Thư ký receives; Điều 15: collect, verify, check, post."""
        board = other("binh_phuoc_2020")
        page = board.sent()
        order = []
        hands = (board.head, board.secretary, board.member, board.chief, board.chief)
        for user in (*hands, board.secretary):
            order.append(pending(page).action)
            assert not fresh(page).live
            board.pass_on(page, user)
        received = ["unit_approve", "collect_edit"]
        assert order == [*received, "collect_edit", "verify", "approve", "publish"]
        page = fresh(page)
        assert page.live
        # The Thư ký posts; the Trưởng Ban answers for it.
        assert Matter.objects.get(subject=page.pk).closed_by == board.chief

    def test_a_member_under_a_delegation_verifies(self, other: Any) -> None:
        """BP20 Điều 15 khoản 2."""
        board = other("binh_phuoc_2020")
        second = seated("member")
        DelegationFactory(
            code="member",
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=second),
        )
        page = board.pass_on(board.sent(), board.head, board.secretary, board.member, second)
        assert pending(page).action == "approve"

    def test_the_operator_of_QT24_posts(self, other: Any) -> None:
        board = other("quang_tri_2024", "C15", OtherPage)
        operator = seated("operator")
        page = board.sent()
        assert pending(page).role == "member"
        page = board.pass_on(page, board.member, board.chief)
        assert not page.live
        assert board.pass_on(page, operator).live

    def test_items_on_their_way_finish_by_the_old_steps(self, portal: Any, board: Board) -> None:
        """A changed profile does not touch what is running."""
        page = board.pass_on(board.sent(), board.head)
        before = fresh(page).get_workflow()
        set_up(load("quang_tri_2024"), portal)
        assert fresh(page).get_workflow() != before
        page = board.pass_on(page, board.secretary, board.member, board.chief)
        assert page.live


def test_an_account_without_a_seat_can_do_nothing(board: Board) -> None:
    page = board.at_approval()
    with pytest.raises(Refused, match="không giữ"):
        decisions.pass_step(step_of(page), UserFactory())


def test_history_is_neither_changed_nor_deleted(board: Board) -> None:
    decision = Event.objects.decisions().filter(subject=board.sent().pk).get()
    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        decision.delete()
