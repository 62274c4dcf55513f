"""Who hears of what: the next person of their turn, the writers of what came of it (R9, R12)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from tests.factories import DelegationFactory, SeatFactory, UserFactory, seated
from tests.notices.conftest import mail_server, server_not_yet_asked  # noqa: F401
from tests.workflows.board import GROUND, Board, edit, fresh, step_of
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.notices.models import MailChoice, Notice
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.reminders import remind
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

EXPLANATION = "Thiếu số liệu quý I."


@pytest.fixture
def told(board: Board) -> Any:
    """A function: who was told since the last call, and by what subject."""
    heard = 0

    def told() -> dict[str, str]:
        nonlocal heard
        rows = list(Notice.objects.filter(pk__gt=heard).order_by("pk"))
        heard = rows[-1].pk if rows else heard
        return {row.address: row.subject for row in rows}

    return told


def addresses(*users: Any) -> set[str]:
    return {user.email for user in users}


def last_to(user: Any) -> str:
    return Notice.objects.filter(recipient=user).order_by("-pk")[0].text


class TestTheNext:
    def test_hears_that_it_is_their_turn(self, board: Board, told: Any) -> None:
        page = board.sent(title="Tin mới")
        assert told() == {board.head.email: "Chờ ông/bà xử lý: «Tin mới»"}
        others = [seated("unit_head"), seated("member", categories=["C1"])]
        for who, following in (("head", "secretary"), ("secretary", "member"), ("member", "chief")):
            board.pass_on(page, getattr(board, who))
            found = told()
            assert getattr(board, following).email in found
            assert not addresses(getattr(board, who), *others) & found.keys()

    def test_with_step_clause_and_address(self, board: Board, settings: Any) -> None:
        settings.WAGTAILADMIN_BASE_URL = "https://pbgdpl.example.vn"
        page = board.at_approval(title="Tin mới")
        text = Notice.objects.get(key__startswith="step:", recipient=board.chief).text
        assert "Tin mới" in text
        assert "Điều 14 khoản 2" in text
        assert board.unit.name in text
        assert f"https://pbgdpl.example.vn/admin/pbgdpl/items/{page.pk}/\n" in text

    def test_under_a_delegation_both(self, board: Board) -> None:
        """R3"""
        DelegationFactory(
            delegator=Seat.objects.get(user=board.chief),
            delegate=Seat.objects.get(user=board.deputy),
        )
        board.at_approval()
        asked = Notice.objects.filter(key__startswith="step:").values_list("recipient", flat=True)
        assert {board.chief.pk, board.deputy.pk} <= set(asked)

    def test_not_who_wrote_it(self, board: Board) -> None:
        """Who may not pass it is not asked to."""
        page = board.published()
        edit(page, board.chief, title="Bản sửa của Trưởng Ban")
        board.send(page, board.chief)
        board.pass_on(page, board.head, board.secretary, board.member)
        rows = Notice.objects.filter(key__startswith="step:", recipient=board.chief)
        assert rows.count() == 1  # of the first time


class TestTheWriters:
    def test_hear_of_a_return(self, board: Board, told: Any) -> None:
        """R9: with grounds, clauses and explanation, also from the last step."""
        page = board.at_approval(title="Tin mới")
        told()
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation=EXPLANATION)
        found = told()
        assert found == {board.officer.email: "«Tin mới»: đã trả lại để chỉnh sửa"}
        text = last_to(board.officer)
        for part in ("không bảo đảm đầy đủ, chính xác (Điều 9 – suy ra", EXPLANATION, "Trưởng Ban"):
            assert part in text

    def test_and_who_decided_if_they_have_chosen_so(self, board: Board, told: Any) -> None:
        MailChoice.objects.create(user=board.secretary, follows=True)
        page = board.at_approval()
        told()
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation=EXPLANATION)
        assert told().keys() == addresses(board.officer, board.secretary)

    def test_do_not_hear_that_it_went_on(self, board: Board, told: Any) -> None:
        page = board.sent()
        told()
        board.pass_on(page, board.head)
        assert told().keys() == addresses(board.secretary)

    def test_a_comment_of_an_approval_arrives(self, board: Board, told: Any) -> None:
        page = board.sent()
        told()
        decisions.pass_step(step_of(page), board.head, comment="Nội dung tốt, đề nghị đăng sớm.")
        assert board.officer.email in told()
        text = last_to(board.officer)
        assert "Nội dung tốt, đề nghị đăng sớm." in text

    def test_the_publication(self, board: Board, told: Any) -> None:
        page = board.at_approval()
        told()
        board.pass_on(page, board.chief)
        assert told().keys() == addresses(board.officer)

    def test_a_take_down(self, board: Board, told: Any) -> None:
        """All who ever wrote what was public."""
        page = board.published()
        told()
        decisions.take_down(page, board.chief, grounds=[GROUND], reason="Sai số liệu.")
        assert told().keys() == addresses(board.officer)
        text = last_to(board.officer)
        assert "Sai số liệu." in text
        assert "(Điều 9 – suy ra" in text

    def test_what_is_taken_back(self, board: Board, told: Any) -> None:
        MailChoice.objects.create(user=board.head, follows=True)
        page = board.pass_on(board.sent(), board.head)
        told()
        decisions.take_back(page, board.officer, reason="Gửi nhầm bản.")
        assert told().keys() == addresses(board.head)

    def test_nobody_else_and_nobody_of_their_own_action(self, board: Board) -> None:
        strangers = [seated("contact_officer"), seated("operator"), UserFactory()]
        page = board.published()
        everybody = set(Notice.objects.values_list("recipient", flat=True))
        assert not {one.pk for one in strangers} & everybody
        for notice in Notice.objects.filter(key__startswith="decision:"):
            decision = Event.objects.get(pk=notice.key.split(":")[1])
            assert notice.recipient != decision.by
        assert fresh(page).live

    def test_not_who_was_switched_off(self, board: Board, told: Any) -> None:
        """R10"""
        page = board.sent()
        board.officer.is_active = False
        board.officer.save()
        told()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation=EXPLANATION)
        assert board.officer.email not in told()


class TestWhoseSeatHasEnded:
    """R10, R11: what one may no longer read one is no longer told of."""

    @pytest.fixture(autouse=True)
    def everybody_follows(self, board: Board) -> None:
        for user in (board.head, board.secretary, board.member):
            MailChoice.objects.create(user=user, follows=True)

    def end(self, user: Any) -> None:
        yesterday = today() - datetime.timedelta(days=1)
        Seat.objects.filter(user=user).update(ends_on=yesterday)

    @pytest.mark.parametrize("who", ["officer", "head"])
    def test_hears_no_more_of_a_return(self, board: Board, told: Any, who: str) -> None:
        page = board.at_approval()
        self.end(getattr(board, who))
        told()
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation=EXPLANATION)
        others = {"officer", "head", "secretary", "member"} - {who}
        assert told().keys() == addresses(*(getattr(board, one) for one in others))

    def test_nor_of_a_publication_or_a_take_down(self, board: Board, told: Any) -> None:
        page = board.at_approval()
        self.end(board.officer)
        told()
        board.pass_on(page, board.chief)
        assert told().keys() == addresses(board.head, board.secretary, board.member)
        decisions.take_down(fresh(page), board.chief, grounds=[GROUND], reason="Sai số liệu.")
        assert told().keys() == addresses(board.head, board.secretary, board.member)

    def test_nor_who_went_to_another_unit(self, board: Board, told: Any) -> None:
        page = board.at_approval()
        self.end(board.officer)
        SeatFactory(user=board.officer, role="contact_officer")
        told()
        board.pass_on(page, board.chief)
        assert board.officer.email not in told()

    def test_nor_whose_unit_was_relieved_of_the_category(self, board: Board, told: Any) -> None:
        page = board.at_approval()
        board.unit.categories = ["C1"]
        board.unit.save()
        told()
        board.pass_on(page, board.chief)
        assert told().keys() == addresses(board.secretary, board.member)

    def test_who_goes_on_in_another_seat_of_the_unit_does(self, board: Board, told: Any) -> None:
        page = board.at_approval()
        self.end(board.officer)
        SeatFactory(user=board.officer, role="contact_officer", unit=board.unit)
        told()
        board.pass_on(page, board.chief)
        assert board.officer.email in told()

    def test_a_superuser_who_wrote_it_does(self, board: Board, told: Any) -> None:
        writer = UserFactory(is_superuser=True)
        page = board.sent(user=writer)
        told()
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation=EXPLANATION)
        assert writer.email in told()


class TestAnEmergency:
    def test_is_told_to_those_who_may_review_it(self, board: Board, told: Any) -> None:
        page = board.sent()
        told()
        decisions.publish_in_emergency(page, board.chief, reason="Lũ về trong đêm.")
        found = told()
        assert addresses(board.secretary, board.member, board.deputy) <= found.keys()
        assert board.chief.email not in found
        text = last_to(board.deputy)
        assert "Lũ về trong đêm." in text
        decisions.review(page, board.secretary, comment="Nội dung đúng.")
        assert addresses(board.chief, board.officer) <= told().keys()

    def test_once_that_nobody_has_reviewed_it_in_time(
        self, board: Board, told: Any, settings: Any
    ) -> None:
        settings.WAGTAILADMIN_BASE_URL = "https://pbgdpl.example.vn"
        with time_machine.travel(datetime.datetime(2026, 3, 16, 9, tzinfo=VIETNAM), tick=False):
            page = board.sent(title="Tin mới")
            decisions.publish_in_emergency(page, board.chief, reason="Lũ về trong đêm.")
        told()
        for day, number in ((19, 0), (20, 4), (23, 0)):
            remind(datetime.datetime(2026, 3, day, 9, tzinfo=VIETNAM))
            found = {one for one, subject in told().items() if subject.startswith("Quá hạn")}
            assert len(found) == number
        people = addresses(board.chief, board.secretary, board.member, board.deputy)
        rows = Notice.objects.filter(key__startswith="review:")
        assert set(rows.values_list("address", flat=True)) == people
        text = rows[0].text
        assert text.startswith("Tiêu đề: Tin mới\n")
        assert "Lũ về trong đêm.\n" in text
        assert text.endswith(f"\n\nhttps://pbgdpl.example.vn/admin/pbgdpl/items/{page.pk}/\n")


class TestDelivery:
    def test_by_mail(
        self,
        board: Board,
        mail_server: Any,  # noqa: F811
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = board.sent(title="Tin mới")
        with django_capture_on_commit_callbacks(execute=True):
            decisions.send_back(
                step_of(page), board.head, grounds=[GROUND], explanation=EXPLANATION
            )
        to_head, to_officer = mail_server.received
        assert (to_head["To"], to_officer["To"]) == (board.head.email, board.officer.email)
        assert "Tin mới" in str(to_officer["Subject"])
        assert EXPLANATION in to_officer.get_content()

    def test_a_server_that_is_down_breaks_no_decision(
        self,
        board: Board,
        mail_server: Any,  # noqa: F811
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        mail_server.stop()
        with django_capture_on_commit_callbacks(execute=True):
            page = board.published()
        assert fresh(page).live
        assert Notice.objects.unsent().count() == Notice.objects.count() > 0

    def test_wagtail_says_nothing_in_addition(
        self, board: Board, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = board.sent()
            decisions.send_back(
                step_of(page), board.head, grounds=[GROUND], explanation=EXPLANATION
            )
            board.send(page)
            board.pass_on(page, board.head, board.secretary, board.member, board.chief)
        assert len(mail.outbox) == Notice.objects.filter(sent_at__isnull=False).count()
        assert {message.subject for message in mail.outbox} <= set(
            Notice.objects.values_list("subject", flat=True)
        )

    def test_a_workflow_of_the_site_goes_on_as_wagtail_has_it(
        self, board: Board, site: Any, editor: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        group = Group.objects.create(name="Nhóm của trang web")
        approver = UserFactory(is_superuser=True)
        approver.groups.add(group)
        task = GroupApprovalTask.objects.create(name="Bước của trang web")
        task.groups.add(group)
        workflow = Workflow.objects.create(name="Quy trình của trang web")
        WorkflowTask.objects.create(workflow=workflow, task=task)
        page = Page(title="Trang ngoài cổng", slug="trang-ngoai-cong", live=False)
        site.root_page.add_child(instance=page)
        page.save_revision(user=editor)
        with django_capture_on_commit_callbacks(execute=True):
            state = workflow.start(page, editor)
            state.current_task_state.reject(user=approver, comment="Sửa lại.")
        assert approver.email in {to for message in mail.outbox for to in message.to}
        assert editor.email in {to for message in mail.outbox for to in message.to}
        assert not Notice.objects.exists()
