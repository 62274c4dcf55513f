"""R3, R10, R12: seats, units and delegations in the admin, and who may keep them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory, seated
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.matters.obligations import owe
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit, UnitSuccession
from wagtail_pbgdpl.organisation.succession import lineage
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


def test_i6_what_is_kept_is_told_in_words(client: Client) -> None:
    """No code of the regulation, no value as Python writes it, and persons by their names."""
    given = DelegationFactory(categories=["C2", "C6"])
    given.delegate.user.first_name = "Nông Văn Khải"
    given.delegate.user.save()
    client.force_login(given.delegator.user)
    page = client.get(reverse("pbgdpl_delegations:inspect", args=[given.pk]))
    told = {field["label"]: str(field["value"]) for field in page.context["fields"]}
    assert "ID" not in told
    assert told["Loại ủy quyền theo quy chế"].startswith("Phó Trưởng Ban")
    assert told["Chuyên mục"] == "Tin hoạt động, Hỏi đáp, tư vấn chính sách - pháp luật"
    assert told["Thời điểm thu hồi"] == told["Người thu hồi"] == told["Lý do"] == "–"
    seats = text_of(client.get(reverse("pbgdpl_seats:index")))
    assert "Nông Văn Khải" in seats
    assert given.delegate.user.username not in seats


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

    def test_who_is_meant_stands_there(self, seats: Any, client: Client) -> None:
        """The Trưởng who is logged in, and the one Phó; nobody else."""
        SeatFactory(role="member")
        SeatFactory(role="contact_officer")
        SeatFactory(role="deputy_chief", ends_on=today() - DAY)
        client.force_login(seats[0].user)
        form = client.get(reverse("pbgdpl_delegations:add")).context["form"]
        for name, seat in zip(("delegator", "delegate"), seats, strict=True):
            assert form[name].initial == seat
            assert list(form.fields[name].queryset) == [seat]
        assert form["starts_on"].initial == today()
        assert "overlaps" not in form.fields

    def test_what_overlaps_is_said_first(self, seats: Any, client: Client) -> None:
        client.force_login(seats[0].user)
        address = reverse("pbgdpl_delegations:add")
        assert client.post(address, self.data(*seats)).status_code == 302
        other = self.data(*seats) | {"starts_on": "06/03/2026", "ends_on": "09/03/2026"}
        # Of other categories on the same days there may be another.
        beside = client.post(address, other | {"categories": ["C5"]})
        assert beside.status_code == 302
        asked = client.post(address, other)
        assert "02/03/2026 – 06/03/2026" in asked.context["form"].errors["overlaps"][0]
        assert 'name="overlaps"' in text_of(asked)
        assert client.post(address, other | {"overlaps": "on"}).status_code == 302
        assert Delegation.objects.count() == 3

    def test_a_guessed_seat_is_refused(self, seats: Any, client: Client) -> None:
        client.force_login(seats[0].user)
        guessed = {"delegate": str(SeatFactory(role="member").pk)}
        response = client.post(reverse("pbgdpl_delegations:add"), self.data(*seats) | guessed)
        assert set(response.context["form"].errors) == {"delegate"}

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


class TestSuccession:
    """R5, R12: units are merged, renamed and divided at an address, after a look at what comes."""

    def address(self, kind: str) -> str:
        return reverse("pbgdpl_succession", args=[kind])

    def decided(self, **values: Any) -> dict[str, Any]:
        return {"on": "01/07/2026", "decision_number": "12/NQ-HĐND", **values}

    def seen(self, client: Client, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """Send the form, and return what the press below the preview sends."""
        response = client.post(self.address(kind), data)
        assert response.status_code == 200, response.headers
        assert response.context["preview"], response.context["form"].errors
        return data | {"seen": response.context["preview"].digest}

    def test_a_merger_is_looked_at_and_done(self, client: Client, operator: Any) -> None:
        first, second = UnitFactory(name="UBND xã Một"), UnitFactory(name="UBND xã Hai")
        below = UnitFactory(parent=first)
        officer = SeatFactory(role="contact_officer", unit=first)
        head = SeatFactory(role="unit_head", unit=second)
        owe(title="Kế hoạch", category="C3", start=today(), unit=first)
        form = client.get(f"{self.address('merge')}?unit={first.pk}").context["form"]
        assert form["units"].initial == [first]
        data = self.decided(units=[str(first.pk), str(second.pk)], name="UBND xã Mới")
        page = client.post(self.address("merge"), data)
        preview = page.context["preview"]
        assert not Unit.objects.filter(name="UBND xã Mới").exists()
        assert not UnitSuccession.objects.exists()
        assert not Change.objects.exists()
        assert [held[:4] for held in preview.held] == [("UBND xã Một", "Trang", 1, 1)]
        assert preview.below == [f"{below} → UBND xã Mới"]
        assert officer.user.username in preview.goes_on[0]
        assert head.user.username in preview.ends[0]
        for said in (below.name, officer.user.username, head.user.username):
            assert said in text_of(page)

        done = client.post(self.address("merge"), data | {"seen": preview.digest})
        new = Unit.objects.get(name="UBND xã Mới")
        assert done.url == reverse("pbgdpl_units:inspect", args=[new.pk])
        assert (new.code, new.starts_on) == ("ubnd-xa-moi", datetime.date(2026, 7, 1))
        assert lineage(new.pk) == {first.pk, second.pk, new.pk}
        rows = UnitSuccession.objects.values_list("kind", "decision_number", "created_by")
        assert set(rows) == {("merged", "12/NQ-HĐND", operator.pk)}
        below.refresh_from_db()
        assert below.parent == new
        written = {change.title for change in Change.objects.filter(kind="unit", by=operator)}
        assert {f"{first} → {new}", f"{second} → {new}", below.name} <= written
        # The press again: it is there already.
        again = client.post(self.address("merge"), data | {"seen": preview.digest})
        assert set(again.context["form"].errors) == {"units"}
        assert UnitSuccession.objects.count() == 2

    def test_what_changed_meanwhile_is_shown_first(self, client: Client, operator: Any) -> None:
        old = UnitFactory()
        data = self.seen(client, "rename", self.decided(unit=str(old.pk), name="Sở Mới"))
        SeatFactory(role="unit_head", unit=old)
        page = client.post(self.address("rename"), data)
        assert [str(one) for one in page.context["messages"]]
        assert not UnitSuccession.objects.exists()
        data["seen"] = page.context["preview"].digest
        assert client.post(self.address("rename"), data).status_code == 302
        assert UnitSuccession.objects.get().successor.seats.get().role == "unit_head"

    def test_a_division_names_its_parts(self, client: Client, operator: Any) -> None:
        old, there = UnitFactory(categories=["C2"]), UnitFactory()
        data = self.decided(unit=str(old.pk), names="Phòng  A\n\nPhòng A\n")
        refused = client.post(self.address("divide"), data)
        assert set(refused.context["form"].errors) == {"names"}
        data = self.seen(client, "divide", data | {"parts": [str(there.pk)]})
        back = client.post(self.address("divide"), data | {"again": "1"})
        assert back.context["form"]["decision_number"].value() == "12/NQ-HĐND"
        assert client.post(self.address("divide"), data).status_code == 302
        parts = {row.successor for row in UnitSuccession.objects.select_related("successor")}
        assert {(part.name, tuple(part.categories)) for part in parts} == {
            ("Phòng A", ("C2",)),
            (there.name, tuple(there.categories)),
        }

    @pytest.mark.parametrize(
        ("kind", "values", "field"),
        [
            ("merge", {"units": [], "name": "Mới"}, "units"),
            ("merge", {"units": ["one"], "name": "Mới"}, "units"),
            ("merge", {"units": ["one"]}, "name"),
            ("merge", {"units": ["one"], "into": "one"}, "units"),
            ("merge", {"units": ["one"], "into": "two", "on": "31/02/2026"}, "on"),
            ("merge", {"units": ["one"], "into": "two", "decision_number": ""}, "decision_number"),
            ("merge", {"units": ["one"], "into": "ended"}, "into"),
            ("merge", {"units": ["one", "late"], "into": "two"}, "__all__"),
            ("rename", {"unit": "one", "name": "Một"}, "name"),
            ("divide", {"unit": "one", "parts": ["one", "two"]}, "parts"),
        ],
    )
    def test_what_cannot_be_is_said(
        self, kind: str, values: dict[str, Any], field: str, client: Client, operator: Any
    ) -> None:
        made = {
            "one": UnitFactory(name="Một"),
            "two": UnitFactory(),
            "ended": UnitFactory(ends_on=datetime.date(2020, 1, 1)),
            "late": UnitFactory(starts_on=datetime.date(2026, 9, 1)),
        }
        keys = {
            name: [str(made[one].pk) for one in value]
            if isinstance(value, list)
            else str(made[value].pk)
            if value in made
            else value
            for name, value in values.items()
        }
        page = client.post(self.address(kind), self.decided(**keys))
        assert field in page.context["form"].errors
        assert not UnitSuccession.objects.exists()

    @pytest.mark.parametrize("role", ["contact_officer", "unit_head", *BOARD])
    def test_is_for_who_keeps_the_units(self, role: str, client: Client) -> None:
        one, two = UnitFactory.create_batch(2)
        client.force_login(seated(role))
        data = self.decided(units=[str(one.pk)], into=str(two.pk))
        for response in (
            client.get(self.address("merge")),
            client.post(self.address("merge"), data),
        ):
            assert response.status_code == 302
            assert response.url == reverse("wagtailadmin_home")
        assert not UnitSuccession.objects.exists()

    def test_is_reached_from_the_units(self, client: Client, operator: Any) -> None:
        unit = UnitFactory()
        assert self.address("merge") in text_of(client.get(reverse("pbgdpl_units:index")))
        page = text_of(client.get(reverse("pbgdpl_units:edit", args=[unit.pk])))
        assert f"{self.address('divide')}?unit={unit.pk}" in page
        assert client.get(self.address("swap")).status_code == 404
