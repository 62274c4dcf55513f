"""R1–R6, R10: units, seats and delegations, and the days on which they hold."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory
from wagtail_pbgdpl.organisation.models import Delegation, Seat, Unit

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2026, 3, 2), datetime.date(2026, 3, 6)


def wrong(instance: Any) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        instance.full_clean()
    return set(caught.value.message_dict)


class TestPeriods:
    def test_hold_on_both_ends(self) -> None:
        unit = UnitFactory(starts_on=FIRST, ends_on=LAST)
        for day, holds in ((FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)):
            assert unit.holds_on(day) is holds
            assert Unit.objects.on(day).filter(pk=unit.pk).exists() is holds

    def test_without_ends_hold_always(self) -> None:
        unit = UnitFactory()
        assert unit.holds_on(datetime.date.min)
        assert unit.holds_on(datetime.date.max)
        assert Unit.objects.on(datetime.date(1945, 9, 2)).filter(pk=unit.pk).exists()

    @pytest.mark.parametrize(
        ("mine", "theirs", "met"),
        [
            ((FIRST, LAST), (LAST, None), True),
            ((FIRST, LAST), (LAST + DAY, None), False),
            ((None, FIRST), (None, LAST), True),
            ((None, FIRST - DAY), (FIRST, LAST), False),
            ((None, None), (FIRST, FIRST), True),
        ],
    )
    def test_meet_where_they_share_a_day(self, mine: Any, theirs: Any, met: bool) -> None:
        one, other = (Unit(starts_on=days[0], ends_on=days[1]) for days in (mine, theirs))
        assert one.meets(other) is met
        assert other.meets(one) is met

    def test_do_not_end_before_they_begin(self) -> None:
        assert wrong(UnitFactory.build(starts_on=LAST, ends_on=FIRST)) == {"ends_on"}


class TestUnits:
    def test_belong_to_no_unit_of_their_own(self) -> None:
        top = UnitFactory()
        below = UnitFactory(parent=UnitFactory(parent=top))
        top.parent = below
        assert wrong(top) == {"parent"}
        Unit.objects.get(pk=below.pk).full_clean()

    def test_stay_as_long_as_something_names_them(self) -> None:
        unit = SeatFactory(role="unit_head").unit
        with pytest.raises(ProtectedError):
            unit.delete()


class TestSeats:
    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"role": "contact_officer", "unit": None}, "unit"),
            ({"role": "nobody"}, "role"),
            ({"role": "secretary", "categories": ["C2"]}, "categories"),
        ],
    )
    def test_that_make_no_sense(self, values: dict[str, Any], field: str) -> None:
        seat = SeatFactory.build(user=UserFactory(), **values)
        assert wrong(seat) == {field}

    def test_of_the_board_have_no_unit(self) -> None:
        seat = SeatFactory.build(user=UserFactory(), role="chief", unit=UnitFactory())
        assert wrong(seat) == {"unit"}

    def test_a_member_follows_categories_of_the_regulation(self) -> None:
        """R4"""
        seat = SeatFactory.build(user=UserFactory(), role="member", categories=["C2", "C7"])
        seat.full_clean()
        assert wrong(SeatFactory.build(user=UserFactory(), role="member", categories=["C99"])) == {
            "categories"
        }

    def test_there_is_one_chief_at_a_time(self) -> None:
        SeatFactory(role="chief", starts_on=FIRST, ends_on=LAST)
        second = SeatFactory.build(user=UserFactory(), role="chief", starts_on=LAST)
        assert wrong(second) == {"__all__"}
        second.starts_on = LAST + DAY
        second.full_clean()

    def test_there_is_one_head_of_a_unit_at_a_time(self) -> None:
        held = SeatFactory(role="unit_head")
        second = SeatFactory.build(user=UserFactory(), role="unit_head", unit=held.unit)
        assert wrong(second) == {"__all__"}
        second.unit = UnitFactory()
        second.full_clean()

    def test_a_unit_may_have_several_contact_officers(self) -> None:
        held = SeatFactory(role="contact_officer")
        SeatFactory.build(user=UserFactory(), role="contact_officer", unit=held.unit).full_clean()
        same = SeatFactory.build(user=held.user, role="contact_officer", unit=held.unit)
        assert wrong(same) == {"__all__"}

    def test_keep_their_person(self) -> None:
        """R12: who sat where is not forgotten with an account."""
        seat = SeatFactory(role="secretary")
        with pytest.raises(ProtectedError):
            seat.user.delete()
        assert Seat.objects.filter(pk=seat.pk).exists()


class TestDelegations:
    """R3 (BK21 Điều 15.2)."""

    def build(self, **values: Any) -> Delegation:
        usual = {
            "delegator": SeatFactory(role="chief"),
            "delegate": SeatFactory(role="deputy_chief"),
            "starts_on": FIRST,
            "ends_on": LAST,
        }
        return DelegationFactory.build(**(usual | values))

    def test_one_that_is_right(self) -> None:
        delegation = self.build(categories=["C2"])
        delegation.full_clean()
        delegation.save()
        assert delegation.in_force(FIRST)
        assert delegation.in_force(LAST)
        assert not delegation.in_force(LAST + DAY)
        assert not delegation.in_force(FIRST - DAY)

    @pytest.mark.parametrize("name", ["starts_on", "ends_on", "decision_number"])
    def test_has_days_and_a_decision(self, name: str) -> None:
        assert wrong(self.build(**{name: "" if name == "decision_number" else None})) == {name}

    def test_is_one_of_the_regulation(self) -> None:
        assert wrong(self.build(code="member")) == {"code"}

    def test_is_given_by_who_has_it_to_whom_may_have_it(self) -> None:
        assert wrong(self.build(delegator=SeatFactory(role="secretary"))) == {"delegator"}
        assert wrong(self.build(delegate=SeatFactory(role="member"))) == {"delegate"}

    def test_nobody_delegates_to_themselves(self) -> None:
        chief = SeatFactory(role="chief")
        own = SeatFactory(role="deputy_chief", user=chief.user)
        assert wrong(self.build(delegator=chief, delegate=own)) == {"delegate"}

    @pytest.mark.parametrize("name", ["delegator", "delegate"])
    def test_lasts_no_longer_than_the_seats(self, name: str) -> None:
        delegation = self.build()
        seat = getattr(delegation, name)
        seat.ends_on = LAST - DAY
        assert wrong(delegation) == {name}

    @pytest.mark.parametrize("name", ["delegator", "delegate"])
    def test_ends_with_a_seat_that_ends_early(self, name: str) -> None:
        """R10"""
        delegation = self.build()
        delegation.save()
        getattr(delegation, name).ends_on = FIRST
        assert delegation.in_force(FIRST)
        assert not delegation.in_force(FIRST + DAY)

    def test_is_revoked_once(self) -> None:
        delegation = DelegationFactory()
        by = UserFactory()
        delegation.revoke(by=by, reason="Trưởng Ban đã về")
        assert not delegation.in_force(delegation.starts_on)
        assert delegation.revoked_by == by
        first = delegation.revoked_at
        with pytest.raises(ValidationError):
            delegation.revoke(by=UserFactory(), reason="lần nữa")
        delegation.refresh_from_db()
        assert delegation.revoked_at == first
        assert delegation.revocation_reason == "Trưởng Ban đã về"
