"""R2, R3, R8, R12: after a change of a login its person publishes nothing for a working day."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import DECIDED_ON, DelegationFactory, SeatFactory, UserFactory, seated
from tests.workflows.board import Board, fresh, step_of
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.authority.refusals import Refused
from wagtail_pbgdpl.authority.rules import Act
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.regulations import active
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.rights import may
from wagtail_pbgdpl.worktime.active import today
from wagtail_pbgdpl.worktime.calendar import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

DAY = datetime.timedelta(days=1)
# A Thursday; the Friday after it is worked, the Saturday not.
CHANGED = datetime.datetime(2026, 3, 5, 9, tzinfo=VIETNAM)
FRIDAY = datetime.date(2026, 3, 6)
NEW = "Mat-khau-moi-2026"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(CHANGED, tick=False) as clock:
        yield clock


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def change_login(user: Any) -> None:
    """Do what nobody but the person or a program does with the password of the board."""
    user.set_password(NEW)
    user.save()


def confirm_login(user: Any) -> str:
    return reverse("pbgdpl_confirm_login", args=[user.pk])


def levels(response: Any) -> list[str]:
    return [one.level_tag for one in response.context["messages"]]


class TestTheWait:
    def test_is_over_when_the_next_working_day_is(self, clock: Any) -> None:
        user = seated("chief")
        assert person(user).quiet_until is None
        change_login(user)
        assert person(user).quiet_until == FRIDAY
        clock.move_to(datetime.datetime(2026, 3, 6, 23, 59, tzinfo=VIETNAM))
        assert person(user).is_quiet(today())
        clock.move_to(datetime.datetime(2026, 3, 7, 0, 1, tzinfo=VIETNAM))
        assert not person(user).is_quiet(today())

    def test_days_off_are_not_counted(self, clock: Any) -> None:
        clock.move_to(datetime.datetime(2026, 3, 6, 22, tzinfo=VIETNAM))
        user = seated("chief")
        change_login(user)
        assert person(user).quiet_until == datetime.date(2026, 3, 9)

    def test_the_profile_says_how_long(self, monkeypatch: Any) -> None:
        from dataclasses import replace

        from wagtail_pbgdpl.authority import quiet

        regulation = active.get_regulation()
        user = seated("chief")
        change_login(user)
        for days, until in ((0, None), (2, datetime.date(2026, 3, 9))):
            other = replace(regulation, access=replace(regulation.access, quiet_working_days=days))
            monkeypatch.setattr(quiet, "get_regulation", lambda other=other: other)
            assert person(user).quiet_until == until

    @pytest.mark.parametrize(
        "change",
        [
            {"email": "khac@example.vn"},
            {"username": "khac"},
        ],
    )
    def test_begins_with_whatever_change(self, change: dict[str, str]) -> None:
        user = seated("chief")
        for name, value in change.items():
            setattr(user, name, value)
        user.save()
        assert person(user).is_quiet(today())

    def test_begins_when_an_account_is_switched_on_again(self) -> None:
        user = seated("chief")
        user.is_active = False
        user.save()
        assert not Change.objects.filter(login=True).exists()
        user.is_active = True
        user.save()
        assert person(user).is_quiet(today())

    def test_is_not_for_the_units(self) -> None:
        user = seated("unit_head")
        change_login(user)
        assert person(user).quiet_until is None


class TestWhatIsBarred:
    def test_the_chief_approves_nothing(self, board: Board) -> None:
        page = board.at_approval()
        change_login(board.chief)
        with pytest.raises(Refused) as refused:
            decisions.pass_step(step_of(page), board.chief)
        assert "06/03/2026" in refused.value.message
        page.refresh_from_db()
        assert not page.live

    def test_not_at_the_address_either(self, board: Board) -> None:
        page = board.at_approval()
        change_login(board.chief)
        address = reverse("pbgdpl_item", args=[page.pk])
        data = {"way": "pass", "pass-seen": page.latest_revision_id, "pass-step": step_of(page)}
        signed_in(board.chief).post(address, data)
        page.refresh_from_db()
        assert not page.live
        assert board.chief.username in signed_in(board.secretary).get(address).content.decode()

    def test_nor_publishes_in_an_emergency(self, board: Board) -> None:
        page = board.draft()
        change_login(board.chief)
        with pytest.raises(Refused):
            decisions.publish_in_emergency(page, board.chief, reason="Gấp")
        page.refresh_from_db()
        assert not page.live

    def test_the_member_verifies_nothing(self, board: Board) -> None:
        page = board.pass_on(board.sent(), board.head, board.secretary)
        change_login(board.member)
        with pytest.raises(Refused):
            decisions.pass_step(step_of(page), board.member)

    def test_nobody_reviews(self, board: Board) -> None:
        page = board.draft()
        decisions.publish_in_emergency(page, board.chief, reason="Gấp")
        page = fresh(page)
        change_login(board.secretary)
        assert not may(board.secretary, Act.REVIEW, page)
        assert may(board.deputy, Act.REVIEW, page)

    def test_a_deputy_under_a_delegation_waits_too(self, board: Board) -> None:
        page = board.at_approval()
        deputy, chief = (
            Seat.objects.get(user=board.deputy),
            Seat.objects.get(user=board.chief),
        )
        DelegationFactory(delegator=chief, delegate=deputy)
        assert may(board.deputy, Act.APPROVE, page)
        change_login(board.deputy)
        assert not may(board.deputy, Act.APPROVE, page)

    def test_reading_editing_returning_and_taking_down_are_not(self, board: Board) -> None:
        public, waiting = board.published(), board.at_approval(title="Khác")
        change_login(board.chief)
        assert may(board.chief, Act.READ, waiting)
        assert may(board.chief, Act.RETURN, waiting)
        assert may(board.chief, Act.UNPUBLISH, public)
        assert may(board.chief, Act.EDIT, public)
        editing = board.pass_on(board.sent(title="Nữa"), board.head)
        change_login(board.secretary)
        assert may(board.secretary, Act.EDIT, editing)
        assert may(board.secretary, Act.APPROVE, editing)

    def test_a_step_is_not_left_out_for_a_wait(self, board: Board) -> None:
        """Else a change of the member's address would skip the verification."""
        change_login(board.member)
        page = board.pass_on(board.sent(), board.head, board.secretary)
        task = page.current_workflow_task_state.task.specific
        assert task.action == "verify"
        # And the member hears of it.
        assert Notice.objects.filter(key__startswith="step:", recipient=board.member).exists()

    def test_no_delegation_of_ones_own(self) -> None:
        chief, deputy = SeatFactory(role="chief"), SeatFactory(role="deputy_chief")
        change_login(chief.user)
        client = signed_in(chief.user)
        data = {
            "code": "deputy_chief",
            "delegator": str(chief.pk),
            "delegate": str(deputy.pk),
            "decision_number": "05/QĐ-BBT",
            "decided_on": f"{DECIDED_ON:%d/%m/%Y}",
            "starts_on": "05/03/2026",
            "ends_on": "12/03/2026",
        }
        assert client.post(reverse("pbgdpl_delegations:add"), data).status_code == 302
        made = Delegation.objects.get()
        assert made.confirmed_at is None
        client.post(reverse("pbgdpl_confirm_delegation", args=[made.pk]))
        made.refresh_from_db()
        assert made.confirmed_at is None

    def test_no_seat_of_others(self) -> None:
        chief = seated("chief")
        seat = SeatFactory(role="member", awaits_confirmation=True)
        change_login(chief)
        signed_in(chief).post(reverse("pbgdpl_confirm_seat", args=[seat.pk]))
        seat.refresh_from_db()
        assert seat.awaits_confirmation


class TestASecondMember:
    @pytest.fixture
    def chief(self) -> Any:
        user = seated("chief")
        change_login(user)
        return user

    def test_ends_the_wait(self, chief: Any) -> None:
        secretary = seated("secretary")
        client = signed_in(secretary)
        page = client.get(confirm_login(chief))
        assert page.status_code == 200
        response = client.post(confirm_login(chief), {"seen": page.context["seen"]}, follow=True)
        assert levels(response) == ["success"]
        assert person(chief).quiet_until is None
        row = Change.objects.get(kind="confirmed")
        assert (row.person, row.by) == (chief, secretary)
        assert Notice.objects.filter(recipient=chief).count() == 2

    @pytest.mark.parametrize(
        "who", ["chief", "operator", "unit_head", "superuser", "quiet", "waiting", "former"]
    )
    def test_nobody_else_does(self, who: str, chief: Any) -> None:
        def quiet() -> Any:
            user = seated("member")
            change_login(user)
            return user

        users = {
            "chief": lambda: chief,
            "operator": lambda: seated("operator"),
            "unit_head": lambda: seated("unit_head"),
            "superuser": lambda: UserFactory(is_superuser=True),
            "quiet": quiet,
            "waiting": lambda: SeatFactory(role="member", awaits_confirmation=True).user,
            "former": lambda: SeatFactory(role="member", ends_on=today() - DAY).user,
        }
        signed_in(users[who]()).post(confirm_login(chief))
        assert person(chief).is_quiet(today())

    def test_confirms_what_was_read(self, chief: Any) -> None:
        client = signed_in(seated("secretary"))
        seen = client.get(confirm_login(chief)).context["seen"]
        chief.email = "khac@example.vn"
        chief.save()
        response = client.post(confirm_login(chief), {"seen": seen}, follow=True)
        assert levels(response) == ["error"]
        assert person(chief).is_quiet(today())

    def test_of_two_one_succeeds(self, chief: Any) -> None:
        first = signed_in(seated("secretary")).post(confirm_login(chief), follow=True)
        second = signed_in(seated("member")).post(confirm_login(chief), follow=True)
        assert (levels(first), levels(second)) == (["success"], ["error"])
        assert Change.objects.filter(kind="confirmed").count() == 1

    def test_a_later_change_begins_a_new_wait(self, chief: Any) -> None:
        signed_in(seated("secretary")).post(confirm_login(chief))
        chief.set_password(NEW + "x")
        chief.save()
        assert person(chief).is_quiet(today())

    def test_sees_it_on_the_home_page(self, chief: Any) -> None:
        home = reverse("wagtailadmin_home")
        assert confirm_login(chief) in signed_in(seated("member")).get(home).content.decode()
        own = signed_in(chief).get(home).content.decode()
        assert confirm_login(chief) not in own
        assert "06/03/2026" in own
        for role in ("unit_head", "operator"):
            text = signed_in(seated(role)).get(home).content.decode()
            assert confirm_login(chief) not in text

    def test_a_number_that_is_nobody_of_the_board(self, chief: Any) -> None:
        client = signed_in(seated("secretary"))
        officer = seated("contact_officer")
        change_login(officer)
        assert client.get(confirm_login(officer)).status_code == 302
        missing = reverse("pbgdpl_confirm_login", args=[999_999])
        assert client.get(missing).status_code == 404


def test_the_operator_cannot_publish_as_the_chief(board: Board, mailoutbox: Any) -> None:
    """The way round the board that was seen: another address, a link to it, an emergency."""
    operator = seated("operator")
    page, old = board.draft(), board.chief.email
    client = signed_in(operator)
    data = {
        "username": board.chief.username,
        "email": "ke-gian@example.vn",
        "first_name": "Mai",
        "last_name": "Hoàng",
        "is_active": "on",
    }
    client.post(reverse("wagtailusers_users:edit", args=[board.chief.pk]), data)
    assert Notice.objects.filter(address=old).exists()
    client.post(reverse("pbgdpl_send_password_link", args=[board.chief.pk]))
    address = reverse("pbgdpl_item", args=[page.pk])
    board.chief.refresh_from_db()
    data = {"way": "emergency", "emergency-reason": "Gấp", "emergency-seen": ""}
    signed_in(board.chief).post(address, data)
    page.refresh_from_db()
    assert not page.live
    # The right person, once a second member has confirmed the change.
    signed_in(board.secretary).post(confirm_login(board.chief))
    signed_in(board.chief).post(address, data)
    page.refresh_from_db()
    assert page.live
