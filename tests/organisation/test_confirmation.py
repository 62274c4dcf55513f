"""R2, R3, R10: what is entered in the admin for the board rests on paper and on a second person."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories import (
    DECIDED_ON,
    DelegationFactory,
    SeatFactory,
    UserFactory,
    seated,
)
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.authority.rules import Act
from wagtail_pbgdpl.authority.scope import scope_of
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal")

DAY = datetime.timedelta(days=1)
SEATS, DELEGATIONS = reverse("pbgdpl_seats:add"), reverse("pbgdpl_delegations:add")


def day(on: datetime.date) -> str:
    return f"{on:%d/%m/%Y}"


def seat_data(user: Any, role: str = "deputy_chief", **values: Any) -> dict[str, Any]:
    return {
        "role": role,
        "user": str(user.pk),
        "unit": "",
        "starts_on": day(today() - DAY),
        "ends_on": "",
        "decision_number": "12/QĐ-UBND",
        "decided_on": day(DECIDED_ON),
        **values,
    }


def delegation_data(chief: Seat, deputy: Seat, **values: Any) -> dict[str, Any]:
    return {
        "code": "deputy_chief",
        "delegator": str(chief.pk),
        "delegate": str(deputy.pk),
        "decision_number": "05/QĐ-BBT",
        "decided_on": day(DECIDED_ON),
        "starts_on": day(today()),
        "ends_on": day(today() + DAY),
        "categories": ["C2"],
        **values,
    }


def confirm_seat(seat: Seat) -> str:
    return reverse("pbgdpl_confirm_seat", args=[seat.pk])


def confirm_delegation(delegation: Delegation) -> str:
    return reverse("pbgdpl_confirm_delegation", args=[delegation.pk])


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(response: Any) -> str:
    return " ".join(str(one) for one in response.context["messages"])


@pytest.fixture
def operator() -> Any:
    return seated("operator")


@pytest.fixture
def chief() -> Seat:
    return SeatFactory(role="chief")


@pytest.fixture
def waiting(operator: Any, chief: Seat) -> Seat:
    """A seat of a Phó Trưởng Ban that the operator has entered."""
    user = UserFactory(email="pho@example.vn")
    assert signed_in(operator).post(SEATS, seat_data(user)).status_code == 302
    return Seat.objects.get(user=user)


class TestNumberAndDate:
    @pytest.mark.parametrize("name", ["decision_number", "decided_on"])
    @pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
    def test_no_seat_on_the_board_without(self, role: str, name: str, operator: Any) -> None:
        data = seat_data(UserFactory(), role, **{name: ""})
        response = signed_in(operator).post(SEATS, data)
        assert set(response.context["form"].errors) == {name}
        assert not Seat.objects.filter(role=role).exists()

    @pytest.mark.parametrize("name", ["decision_number", "decided_on"])
    def test_nor_a_delegation(self, name: str, chief: Seat) -> None:
        data = delegation_data(chief, SeatFactory(role="deputy_chief"), **{name: ""})
        response = signed_in(chief.user).post(DELEGATIONS, data)
        assert set(response.context["form"].errors) == {name}
        assert not Delegation.objects.exists()

    def test_nothing_is_decided_tomorrow(self, operator: Any, chief: Seat) -> None:
        tomorrow = {"decided_on": day(today() + DAY)}
        response = signed_in(operator).post(SEATS, seat_data(UserFactory(), **tomorrow))
        assert set(response.context["form"].errors) == {"decided_on"}
        data = delegation_data(chief, SeatFactory(role="deputy_chief"), **tomorrow)
        response = signed_in(chief.user).post(DELEGATIONS, data)
        assert set(response.context["form"].errors) == {"decided_on"}

    def test_every_form_asks(self) -> None:
        with pytest.raises(ValidationError) as caught:
            SeatFactory.build(user=UserFactory(), role="chief", decided_on=None).full_clean()
        assert set(caught.value.message_dict) == {"decided_on"}

    def test_people_of_units_need_none(self) -> None:
        seat = SeatFactory(role="contact_officer")
        assert (seat.decision_number, seat.decided_on) == ("", None)
        seat.full_clean()

    def test_one_without_can_be_ended_at_once(self, operator: Any) -> None:
        """R10: of the time before the number was asked for."""
        seat = SeatFactory(role="secretary", decision_number="", decided_on=None)
        data = seat_data(
            seat.user,
            "secretary",
            starts_on="",
            ends_on=day(today() - DAY),
            decision_number="",
            decided_on="",
        )
        address = reverse("pbgdpl_seats:edit", args=[seat.pk])
        assert signed_in(operator).post(address, data).status_code == 302
        assert not person(seat.user).posts[0].holds(today())


class TestSeatsThatWait:
    def test_give_no_right_at_all(self, waiting: Seat) -> None:
        assert waiting.awaits_confirmation
        assert person(waiting.user).posts == ()
        assert not scope_of(waiting.user).everything
        assert not waiting.user.groups.exists()
        assert not Seat.objects.filter(pk=waiting.pk).on(today()).exists()
        assert not waiting.holds_on(today())

    def test_are_said_to_wait(self, waiting: Seat, operator: Any) -> None:
        client = signed_in(operator)
        page = client.get(reverse("pbgdpl_seats:index")).content.decode()
        assert "chờ một thành viên" in page or "waits for confirmation" in page

    def test_still_keep_the_place(self, waiting: Seat, operator: Any) -> None:
        response = signed_in(operator).post(SEATS, seat_data(waiting.user))
        assert response.context["form"].non_field_errors()

    def test_hold_once_another_member_confirms(self, waiting: Seat, chief: Seat) -> None:
        client = signed_in(chief.user)
        page = client.get(confirm_seat(waiting))
        text = page.content.decode()
        assert "12/QĐ-UBND" in text
        assert "pho@example.vn" in text
        response = client.post(confirm_seat(waiting), {"seen": page.context["seen"]}, follow=True)
        waiting.refresh_from_db()
        assert (waiting.awaits_confirmation, waiting.confirmed_by) == (False, chief.user), told(
            response
        )
        assert person(waiting.user).posts
        assert waiting.user.groups.count() == 1
        row = Change.objects.get(kind="confirmed")
        assert (row.person, row.by, row.object_id) == (waiting.user, chief.user, str(waiting.pk))

    @pytest.mark.parametrize("who", ["operator", "person", "superuser", "unit", "future", "nobody"])
    def test_nobody_else_confirms(self, who: str, waiting: Seat, operator: Any) -> None:
        users = {
            "operator": lambda: operator,
            "person": lambda: waiting.user,
            "superuser": lambda: UserFactory(is_superuser=True),
            "unit": lambda: seated("unit_head"),
            "future": lambda: SeatFactory(role="member", starts_on=today() + DAY).user,
            "nobody": lambda: UserFactory(),
        }
        client = signed_in(users[who]())
        client.get(confirm_seat(waiting))
        assert client.post(confirm_seat(waiting)).status_code == 302
        waiting.refresh_from_db()
        assert waiting.awaits_confirmation

    def test_nor_one_who_entered_it(self, chief: Seat) -> None:
        """The operator who sits on the board, too."""
        both = seated("operator", "secretary")
        user = UserFactory()
        client = signed_in(both)
        assert client.post(SEATS, seat_data(user)).status_code == 302
        seat = Seat.objects.get(user=user)
        client.post(confirm_seat(seat))
        seat.refresh_from_db()
        assert seat.awaits_confirmation
        signed_in(chief.user).post(confirm_seat(seat))
        seat.refresh_from_db()
        assert not seat.awaits_confirmation

    def test_what_was_changed_meanwhile_is_read_again(
        self, waiting: Seat, chief: Seat, operator: Any
    ) -> None:
        client = signed_in(chief.user)
        seen = client.get(confirm_seat(waiting)).context["seen"]
        type(waiting.user).objects.filter(pk=waiting.user.pk).update(email="khac@example.vn")
        client.post(confirm_seat(waiting), {"seen": seen})
        waiting.refresh_from_db()
        assert waiting.awaits_confirmation

    def test_are_confirmed_once(self, waiting: Seat, chief: Seat) -> None:
        other = seated("secretary")
        first = signed_in(chief.user).post(confirm_seat(waiting), follow=True)
        second = signed_in(other).post(confirm_seat(waiting), follow=True)
        assert [one.level_tag for one in first.context["messages"]] == ["success"]
        assert [one.level_tag for one in second.context["messages"]] == ["error"]
        waiting.refresh_from_db()
        assert waiting.confirmed_by == chief.user

    def test_two_at_once(self, waiting: Seat, chief: Seat) -> None:
        again = Seat.objects.get(pk=waiting.pk)
        waiting.confirm(by=chief.user)
        with pytest.raises(ValidationError):
            again.confirm(by=seated("secretary"))
        again.refresh_from_db()
        assert again.confirmed_by == chief.user

    def test_stand_on_the_home_page_of_the_board(self, waiting: Seat, chief: Seat) -> None:
        home = reverse("wagtailadmin_home")
        text = signed_in(chief.user).get(home).content.decode()
        assert confirm_seat(waiting) in text
        assert "pho@example.vn" in text
        assert "12/QĐ-UBND" in text
        for other in (seated("unit_head"), seated("operator")):
            assert confirm_seat(waiting) not in signed_in(other).get(home).content.decode()

    def test_on_a_new_portal_a_superuser_confirms(self, operator: Any) -> None:
        user, superuser = UserFactory(), UserFactory(is_superuser=True)
        signed_in(operator).post(SEATS, seat_data(user, "chief"))
        seat = Seat.objects.get(user=user)
        signed_in(operator).post(confirm_seat(seat))
        seat.refresh_from_db()
        assert seat.awaits_confirmation
        signed_in(superuser).post(confirm_seat(seat))
        seat.refresh_from_db()
        assert not seat.awaits_confirmation

    def test_no_superuser_confirms_their_own(self, operator: Any) -> None:
        superuser = UserFactory(is_superuser=True)
        signed_in(operator).post(SEATS, seat_data(superuser, "chief"))
        seat = Seat.objects.get(user=superuser)
        signed_in(superuser).post(confirm_seat(seat))
        seat.refresh_from_db()
        assert seat.awaits_confirmation

    def test_programs_make_seats_that_wait_for_nobody(self) -> None:
        assert person(SeatFactory(role="chief").user).posts

    def test_a_number_that_does_not_exist(self, chief: Seat) -> None:
        address = reverse("pbgdpl_confirm_seat", args=[999_999])
        assert signed_in(chief.user).get(address).status_code == 404
        officer = SeatFactory(role="contact_officer")
        assert signed_in(chief.user).get(confirm_seat(officer)).status_code == 404


class TestSeatsThatChange:
    @pytest.fixture
    def member(self, chief: Seat) -> Seat:
        return SeatFactory(
            role="member",
            categories=["C2"],
            starts_on=today() - 9 * DAY,
            ends_on=today() + 9 * DAY,
        )

    def edit(self, operator: Any, seat: Seat, **values: Any) -> Any:
        data = seat_data(
            seat.user,
            "member",
            **{
                "starts_on": day(seat.starts_on),
                "ends_on": day(seat.ends_on),
                "categories": ["C2"],
                **values,
            },
        )
        response = signed_in(operator).post(reverse("pbgdpl_seats:edit", args=[seat.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        seat.refresh_from_db()

    @pytest.mark.parametrize(
        "wider",
        [
            {"ends_on": day(today() + 10 * DAY)},
            {"ends_on": ""},
            {"starts_on": day(today() - 10 * DAY)},
            {"categories": ["C2", "C5"]},
        ],
    )
    def test_more_waits_again(self, wider: Any, member: Seat, operator: Any) -> None:
        self.edit(operator, member, **wider)
        assert member.awaits_confirmation
        assert person(member.user).posts == ()
        assert not member.user.groups.exists()

    @pytest.mark.parametrize(
        "less",
        [
            {"ends_on": day(today() - DAY)},
            {"starts_on": day(today() - 8 * DAY)},
            {"categories": []},
        ],
    )
    def test_less_holds_at_once(self, less: Any, member: Seat, operator: Any) -> None:
        """R10"""
        self.edit(operator, member, **less)
        assert not member.awaits_confirmation
        assert len(person(member.user).posts) == 1

    def test_an_ended_one_that_is_taken_up_waits(self, member: Seat, operator: Any) -> None:
        self.edit(operator, member, ends_on=day(today() - DAY))
        self.edit(operator, member, ends_on=day(today() + DAY))
        assert member.awaits_confirmation

    def test_is_told_with_before_and_after(self, member: Seat, operator: Any, chief: Seat) -> None:
        """R12"""
        self.edit(operator, member, ends_on=day(today() - DAY))
        row = Change.objects.get(kind="seat")
        assert (row.person, row.by) == (member.user, operator)
        assert [line[1:] for line in row.details] == [[day(today() + 9 * DAY), day(today() - DAY)]]
        assert set(Notice.objects.values_list("address", flat=True)) == {
            member.user.email,
            chief.user.email,
        }


class TestDelegations:
    """R3 (BK21 Điều 15.2)"""

    @pytest.fixture
    def deputy(self) -> Seat:
        return SeatFactory(role="deputy_chief")

    @pytest.fixture
    def entered(self, chief: Seat, deputy: Seat) -> Delegation:
        """One that the Thư ký has entered in the Trưởng Ban's name."""
        response = signed_in(seated("secretary")).post(DELEGATIONS, delegation_data(chief, deputy))
        assert response.status_code == 302
        return Delegation.objects.get()

    def test_entered_by_another_is_not_valid(self, entered: Delegation, deputy: Seat) -> None:
        assert entered.confirmed_at is None
        assert not entered.in_force(today())
        assert person(deputy.user).mandates == ()

    def test_entered_by_the_delegator_is(self, chief: Seat, deputy: Seat) -> None:
        response = signed_in(chief.user).post(DELEGATIONS, delegation_data(chief, deputy))
        assert response.status_code == 302
        made = Delegation.objects.get()
        assert made.in_force(today())
        assert len(person(deputy.user).mandates) == 1

    def test_the_delegator_confirms(self, entered: Delegation, chief: Seat, deputy: Seat) -> None:
        client = signed_in(chief.user)
        text = client.get(confirm_delegation(entered)).content.decode()
        assert "05/QĐ-BBT" in text
        assert day(DECIDED_ON) in text
        assert day(entered.ends_on) in text
        response = client.post(confirm_delegation(entered), follow=True)
        assert [one.level_tag for one in response.context["messages"]] == ["success"]
        entered.refresh_from_db()
        assert entered.in_force(today())
        assert len(person(deputy.user).mandates) == 1

    @pytest.mark.parametrize(
        "who", ["secretary", "deputy_chief", "member", "operator", "unit_head"]
    )
    def test_nobody_else_does(self, who: str, entered: Delegation, deputy: Seat) -> None:
        for user in (seated(who), deputy.user, UserFactory(is_superuser=True)):
            signed_in(user).post(confirm_delegation(entered))
            entered.refresh_from_db()
            assert entered.confirmed_at is None

    def test_nor_a_delegator_whose_seat_has_ended(self, entered: Delegation, chief: Seat) -> None:
        SeatFactory(role="member", user=chief.user)
        chief.ends_on = today() - DAY
        chief.save()
        signed_in(chief.user).post(confirm_delegation(entered))
        entered.refresh_from_db()
        assert entered.confirmed_at is None

    def test_nothing_is_confirmed_by_looking(self, entered: Delegation, chief: Seat) -> None:
        signed_in(chief.user).get(confirm_delegation(entered))
        entered.refresh_from_db()
        assert entered.confirmed_at is None

    def test_of_two_at_once_one_succeeds(self, entered: Delegation, chief: Seat) -> None:
        again = Delegation.objects.get(pk=entered.pk)
        entered.confirm(by=chief.user)
        with pytest.raises(ValidationError):
            again.confirm(by=chief.user)
        client = signed_in(chief.user)
        response = client.post(confirm_delegation(entered), follow=True)
        assert [one.level_tag for one in response.context["messages"]] == ["error"]

    @pytest.mark.parametrize("how", ["revoked", "over"])
    def test_what_is_over_is_not_confirmed(
        self, how: str, entered: Delegation, chief: Seat
    ) -> None:
        if how == "revoked":
            entered.revoke(by=chief.user, reason="Không ủy quyền")
        else:
            days = {"starts_on": today() - 3 * DAY, "ends_on": today() - DAY}
            Delegation.objects.filter(pk=entered.pk).update(**days)
        signed_in(chief.user).post(confirm_delegation(entered))
        entered.refresh_from_db()
        assert entered.confirmed_at is None

    def test_it_is_said_for_whom_it_waits(self, entered: Delegation, chief: Seat) -> None:
        client = signed_in(seated("member"))
        name = chief.user.get_username()
        for address in ("pbgdpl_delegations:index", "pbgdpl_delegations:inspect"):
            args = [entered.pk] if address.endswith("inspect") else []
            text = client.get(reverse(address, args=args)).content.decode()
            assert f"chờ {name} xác nhận" in text or f"confirmation by {name}" in text

    def test_it_stands_on_the_home_page_of_the_delegator(
        self, entered: Delegation, chief: Seat
    ) -> None:
        home = reverse("wagtailadmin_home")
        assert confirm_delegation(entered) in signed_in(chief.user).get(home).content.decode()
        other = signed_in(seated("secretary")).get(home).content.decode()
        assert confirm_delegation(entered) not in other

    def test_all_three_are_told(self, entered: Delegation, chief: Seat, deputy: Seat) -> None:
        """Entered, confirmed, revoked: each to the delegator and the delegate."""
        people = {chief.user.email, deputy.user.email}
        signed_in(chief.user).post(confirm_delegation(entered))
        address = reverse("pbgdpl_revoke_delegation", args=[entered.pk])
        signed_in(chief.user).post(address, {"reason": "Đã về"})
        rows = Change.objects.filter(kind="delegation")
        assert rows.count() == 3
        for row in rows:
            notices = Notice.objects.filter(key__startswith=f"change:{row.pk}:")
            assert set(notices.values_list("address", flat=True)) == people

    def test_works_through_the_very_seat_that_it_was_given_to(self) -> None:
        """One to a seat that has ended is not taken over by a later seat."""
        given = DelegationFactory()
        deputy = given.delegate
        assert len(person(deputy.user).mandates) == 1
        deputy.ends_on = today() - DAY
        deputy.save()
        SeatFactory(role="deputy_chief", user=deputy.user, starts_on=today())
        assert not any(one.is_in_force(today()) for one in person(deputy.user).mandates)
        assert deputy.user not in holders_of_approval()
        assert Act.APPROVE not in acts(deputy.user)


def holders_of_approval() -> list[Any]:
    from wagtail_pbgdpl.authority.candidates import holders

    return list(holders({"chief"}))


def acts(user: Any) -> set[Act]:
    from wagtail_pbgdpl.authority.rules import Item, State, Step
    from wagtail_pbgdpl.regulations import Action, RoleCode
    from wagtail_pbgdpl.workflows.rights import may_on

    step = Step(action=Action.APPROVE, role=RoleCode.CHIEF)
    item = Item(category="C2", state=State.SUBMITTED, step=step)
    return {act for act in Act if may_on(user, act, item)}
