"""R3, R10, R12: seats, units and delegations in the admin, and who may keep them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory, seated
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("portal")

DAY = datetime.timedelta(days=1)
NAMES = ("pbgdpl_units", "pbgdpl_seats", "pbgdpl_delegations")
BOARD = ("secretary", "member", "deputy_chief", "chief")


@pytest.fixture
def operator(client: Client) -> Any:
    user = seated("operator")
    client.force_login(user)
    return user


def seat_data(user: Any, **values: Any) -> dict[str, Any]:
    return {
        "role": "secretary",
        "user": str(user.pk),
        "unit": "",
        "starts_on": "02/03/2026",
        "ends_on": "",
        "decision_number": "12/QĐ-UBND",
        "decided_on": "27/02/2026",
        **values,
    }


def text_of(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", [*BOARD, "operator"])
def test_the_board_and_the_operator_see_them(client: Client, role: str, name: str) -> None:
    DelegationFactory()
    client.force_login(seated(role))
    assert client.get(reverse(f"{name}:index")).status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["contact_officer", "unit_head"])
def test_people_of_units_do_not(client: Client, role: str, name: str) -> None:
    client.force_login(seated(role))
    for address in (reverse(f"{name}:index"), reverse(f"{name}:add")):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("role", BOARD)
def test_the_board_makes_no_seat_and_no_unit(client: Client, role: str) -> None:
    client.force_login(seated(role))
    before = Seat.objects.count()
    client.post(reverse("pbgdpl_seats:add"), seat_data(UserFactory()))
    client.post(reverse("pbgdpl_units:add"), {"name": "Đơn vị", "code": "moi", "kind": "other"})
    assert Seat.objects.count() == before
    assert not Unit.objects.filter(code="moi").exists()


class TestSeats:
    def test_are_given(self, client: Client, operator: Any) -> None:
        user = UserFactory()
        unit = UnitFactory()
        data = seat_data(user, role="contact_officer", unit=str(unit.pk))
        response = client.post(reverse("pbgdpl_seats:add"), data)
        assert response.status_code == 302
        seat = Seat.objects.get(user=user)
        assert (seat.role, seat.starts_on) == ("contact_officer", datetime.date(2026, 3, 2))
        assert user.groups.count() == 1

    def test_nobody_gives_themselves_one(self, client: Client, operator: Any) -> None:
        response = client.post(reverse("pbgdpl_seats:add"), seat_data(operator, role="chief"))
        assert response.status_code == 200
        assert Seat.objects.get(user=operator).role == "operator"
        assert response.context["form"].non_field_errors()

    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, client: Client, operator: Any
    ) -> None:
        data = seat_data(UserFactory(), role="unit_head")
        response = client.post(reverse("pbgdpl_seats:add"), data)
        form = response.context["form"]
        assert set(form.errors) == {"unit"}
        assert form["decision_number"].value() == "12/QĐ-UBND"

    def test_are_opened_from_their_list(self, client: Client, operator: Any) -> None:
        seat = SeatFactory(role="secretary")
        response = client.get(reverse("pbgdpl_seats:index"))
        assert reverse("pbgdpl_seats:edit", args=[seat.pk]) in response.content.decode()

    def test_end_and_with_them_the_right(self, client: Client, operator: Any) -> None:
        """R10"""
        seat = SeatFactory(role="chief")
        yesterday = today() - DAY
        data = seat_data(seat.user, starts_on="", ends_on=f"{yesterday:%d/%m/%Y}")
        response = client.post(reverse("pbgdpl_seats:edit", args=[seat.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        seat.refresh_from_db()
        assert seat.ends_on == yesterday
        assert not seat.user.groups.exists()

    def test_stay_with_their_person_and_role(self, client: Client, operator: Any) -> None:
        """R12"""
        seat = SeatFactory(role="secretary")
        data = seat_data(UserFactory(), role="chief")
        client.post(reverse("pbgdpl_seats:edit", args=[seat.pk]), data)
        again = Seat.objects.get(pk=seat.pk)
        assert (again.user, again.role) == (seat.user, "secretary")

    def test_a_member_follows_what_is_ticked(self, client: Client, operator: Any) -> None:
        """R4"""
        user = UserFactory()
        data = seat_data(user, role="member", categories=["C2", "C7"])
        assert client.post(reverse("pbgdpl_seats:add"), data).status_code == 302
        assert Seat.objects.get(user=user).categories == ["C2", "C7"]


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("pbgdpl_units", UnitFactory),
        ("pbgdpl_seats", SeatFactory),
        ("pbgdpl_delegations", DelegationFactory),
    ],
)
def test_nothing_is_deleted_not_even_by_a_superuser(
    name: str, factory: Any, admin_client: Client
) -> None:
    """R12"""
    row = factory()
    address = reverse(f"{name}:delete", args=[row.pk])
    assert admin_client.post(address).status_code == 302
    assert type(row).objects.filter(pk=row.pk).exists()


class TestDelegations:
    """R3 (BK21 Điều 15.2)"""

    def data(self, chief: Any, deputy: Any) -> dict[str, Any]:
        return {
            "code": "deputy_chief",
            "delegator": str(chief.pk),
            "delegate": str(deputy.pk),
            "decision_number": "05/QĐ-BBT",
            "decided_on": "27/02/2026",
            "starts_on": "02/03/2026",
            "ends_on": "06/03/2026",
            "categories": ["C2"],
        }

    @pytest.fixture
    def seats(self) -> tuple[Seat, Seat]:
        return SeatFactory(role="chief"), SeatFactory(role="deputy_chief")

    @pytest.mark.parametrize("who", ["chief", "secretary"])
    def test_are_entered(self, who: str, seats: Any, client: Client) -> None:
        client.force_login(seats[0].user if who == "chief" else seated(who))
        response = client.post(reverse("pbgdpl_delegations:add"), self.data(*seats))
        assert response.status_code == 302
        made = Delegation.objects.get()
        assert (made.decision_number, made.categories) == ("05/QĐ-BBT", ["C2"])

    def test_a_day_is_refused_once(self, seats: Any, client: Client) -> None:
        client.force_login(seats[0].user)
        days = {"starts_on": "hôm nay", "ends_on": ""}
        response = client.post(reverse("pbgdpl_delegations:add"), self.data(*seats) | days)
        errors = response.context["form"].errors.as_data()
        codes = {name: [error.code for error in found] for name, found in errors.items()}
        assert codes == {"starts_on": ["invalid"], "ends_on": ["required"]}

    def test_the_deputy_enters_none(self, seats: Any, client: Client) -> None:
        client.force_login(seats[1].user)
        client.post(reverse("pbgdpl_delegations:add"), self.data(*seats))
        assert not Delegation.objects.exists()

    def test_nor_a_secretary_who_is_the_deputy(self, seats: Any, client: Client) -> None:
        SeatFactory(role="secretary", user=seats[1].user)
        client.force_login(seats[1].user)
        response = client.post(reverse("pbgdpl_delegations:add"), self.data(*seats))
        assert set(response.context["form"].errors) == {"delegate"}
        assert not Delegation.objects.exists()

    def test_are_not_changed(self, admin_client: Client) -> None:
        given = DelegationFactory()
        address = reverse("pbgdpl_delegations:edit", args=[given.pk])
        assert admin_client.get(address).status_code == 302

    def test_are_revoked_with_a_reason(self, client: Client) -> None:
        given = DelegationFactory()
        client.force_login(given.delegator.user)
        page = client.get(reverse("pbgdpl_delegations:inspect", args=[given.pk]))
        address = reverse("pbgdpl_revoke_delegation", args=[given.pk])
        assert address in text_of(page)
        assert client.post(address, {"reason": ""}).status_code == 200
        given.refresh_from_db()
        assert given.revoked_at is None
        assert client.post(address, {"reason": "Đã về"}).status_code == 302
        given.refresh_from_db()
        assert given.revocation_reason == "Đã về"
        assert given.revoked_by == given.delegator.user

    @pytest.mark.parametrize("role", ["deputy_chief", "member", "operator", "contact_officer"])
    def test_others_revoke_none(self, role: str, client: Client) -> None:
        given = DelegationFactory()
        client.force_login(seated(role))
        address = reverse("pbgdpl_revoke_delegation", args=[given.pk])
        client.post(address, {"reason": "Không phải việc của tôi"})
        given.refresh_from_db()
        assert given.revoked_at is None
