"""The letter of the day: chosen in one's own account, written once a working day (R9–R12, T14)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import UserFactory, seated
from tests.workflows.board import GROUND, Board, edit, make_board, step_of
from wagtail_pbgdpl.notices.daily import DAILY, gather
from wagtail_pbgdpl.notices.models import MailChoice, Notice
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.worktime import VIETNAM
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"


def at(day: int, hour: int = 9) -> datetime.datetime:
    """Of March 2026, whose 16th is a Monday."""
    return datetime.datetime(2026, 3, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def board(index_of: Any) -> Board:
    board = make_board(index_of("C2"))
    for user in (board.officer, board.head):
        MailChoice.objects.create(user=user, daily=True)
    return board


def letters_to(user: Any) -> list[Notice]:
    return list(Notice.objects.of(DAILY).filter(recipient=user).order_by("pk"))


class TestTheLetter:
    def test_has_what_was_kept_and_nothing_is_told_beside_it(self, board: Board) -> None:
        for title in ("Tin thứ nhất", "Tin thứ hai"):
            board.sent(title=title)
        assert Notice.objects.filter(held=True, recipient=board.head).count() == 2
        assert Notice.objects.waiting().count() == 2
        assert not Notice.objects.given_up().exists()
        assert gather(at(16)) == 1
        (letter,) = letters_to(board.head)
        assert letter.text.index("Tin thứ nhất") < letter.text.index("Tin thứ hai")
        assert "/admin/account/" in letter.text
        assert not Notice.objects.filter(held=True).exists()
        assert not Notice.objects.of(DAILY).exclude(recipient=board.head).exists()

    def test_comes_once_a_day_in_office_hours(self, board: Board) -> None:
        board.sent()
        assert [gather(at(15)), gather(at(16, 3)), gather(at(16)), gather(at(16, 10))] == [
            0, 0, 1, 0
        ]  # fmt: skip
        board.sent(title="Tin của buổi chiều")
        assert [gather(at(16, 15)), gather(at(17))] == [0, 1]
        first, second = letters_to(board.head)
        assert "Tin của buổi chiều" in second.text
        assert "Tin của buổi chiều" not in first.text

    def test_leaves_out_a_turn_that_is_over(self, board: Board) -> None:
        gone, stays = board.sent(title="Đã rút"), board.sent(title="Còn chờ")
        decisions.take_back(gone, board.officer, reason="Gửi nhầm bản.")
        assert gather(at(16)) == 1
        (letter,) = letters_to(board.head)
        assert "Còn chờ" in letter.text
        assert "Đã rút" not in letter.text
        assert stays.title in letter.text

    def test_names_nothing_that_its_reader_may_not_read_any_more(self, board: Board) -> None:
        """R11: a seat ended between the decision and the letter."""
        page = board.sent(title="Bản thảo")
        decisions.send_back(step_of(page), board.head, grounds=[GROUND], explanation="Thiếu.")
        yesterday = today() - datetime.timedelta(days=1)
        Seat.objects.filter(user=board.officer).update(ends_on=yesterday)
        assert gather(at(16)) == 0
        assert not Notice.objects.filter(held=True).exists()

    def test_is_not_written_to_an_account_that_is_switched_off(self, board: Board) -> None:
        board.sent()
        type(board.head).objects.filter(pk=board.head.pk).update(is_active=False)
        assert gather(at(16)) == 0
        assert Notice.objects.given_up().count() == 1


def test_who_has_chosen_nothing_hears_at_once(board: Board) -> None:
    board.pass_on(board.sent(), board.head)
    assert not Notice.objects.get(recipient=board.secretary).held


def test_an_emergency_waits_for_nobody(board: Board) -> None:
    MailChoice.objects.create(user=board.secretary, daily=True)
    page = board.sent()
    decisions.publish_in_emergency(page, board.chief, reason="Lũ về trong đêm.")
    assert not Notice.objects.get(recipient=board.secretary).held
    edit(page, board.officer, title="Bản sửa")


class TestTheChoice:
    @pytest.fixture
    def officer(self) -> Any:
        return seated("contact_officer")

    def test_is_made_in_ones_own_account(self, client: Client, officer: Any) -> None:
        client.force_login(officer)
        assert 'name="pbgdpl_mail-when"' in client.get(ACCOUNT).content.decode()
        other = UserFactory()
        for when, follows in (("daily", True), ("at_once", False)):
            sent = {"pbgdpl_mail-when": when, **({"pbgdpl_mail-follows": "on"} if follows else {})}
            client.post(ACCOUNT, {**self.name(officer), **sent, "user": other.pk})
            choice = MailChoice.objects.get()
            assert (choice.user, choice.daily, choice.follows) == (
                officer, when == "daily", follows
            )  # fmt: skip

    def test_stays_where_a_form_knows_nothing_of_it(self, client: Client, officer: Any) -> None:
        MailChoice.objects.create(user=officer, daily=True)
        client.force_login(officer)
        client.post(ACCOUNT, self.name(officer))
        assert MailChoice.objects.get().daily

    def test_another_word_is_refused(self, client: Client, officer: Any) -> None:
        client.force_login(officer)
        answer = client.post(ACCOUNT, {**self.name(officer), "pbgdpl_mail-when": "weekly"})
        assert answer.status_code == 200
        assert not MailChoice.objects.exists()

    def name(self, user: Any) -> dict[str, str]:
        return {
            "name_email-first_name": user.first_name or "Hoa",
            "name_email-last_name": user.last_name or "Nông",
            "name_email-email": user.email,
            "locale-preferred_language": "vi",
            "locale-current_time_zone": "Asia/Ho_Chi_Minh",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        }
