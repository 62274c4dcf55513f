"""R10: groups follow from seats, at once and by themselves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import SeatFactory, UserFactory, seated
from wagtail_pbgdpl.organisation.membership import follow_all_seats
from wagtail_pbgdpl.organisation.models import RoleGroup, Seat
from wagtail_pbgdpl.worktime.calendar import VIETNAM

pytestmark = pytest.mark.usefixtures("portal")

MONDAY = datetime.datetime(2026, 3, 2, 9, tzinfo=VIETNAM)


def roles(user: Any) -> set[str]:
    groups = user.groups.values_list("pk", flat=True)
    return set(RoleGroup.objects.filter(group__in=groups).values_list("role", flat=True))


def test_the_set_up_names_the_group_of_each_role() -> None:
    from wagtail_pbgdpl.regulations import get_regulation

    assert set(RoleGroup.objects.values_list("role", flat=True)) == set(get_regulation().roles)


def test_a_seat_brings_its_group_and_takes_it_along() -> None:
    seat = SeatFactory(role="secretary")
    assert roles(seat.user) == {"secretary"}
    seat.delete()
    assert roles(seat.user) == set()


def test_two_seats_bring_two_groups() -> None:
    assert roles(seated("secretary", "contact_officer")) == {"secretary", "contact_officer"}


def test_other_groups_are_left_alone() -> None:
    user = UserFactory()
    own = Group.objects.create(name="Nhóm của tỉnh")
    user.groups.add(own)
    SeatFactory(role="chief", user=user)
    assert own in user.groups.all()
    Seat.objects.get().delete()
    assert list(user.groups.all()) == [own]


def test_a_hand_in_the_groups_changes_nothing() -> None:
    chief = RoleGroup.objects.get(role="chief").group
    officer = seated("contact_officer")
    officer.groups.add(chief)
    assert roles(officer) == {"contact_officer"}
    chief.user_set.add(officer)
    assert roles(officer) == {"contact_officer"}
    officer.groups.clear()
    assert roles(officer) == {"contact_officer"}


class TestDaysThatCome:
    """Nothing is saved at midnight; a login or the hourly command finds out."""

    @pytest.fixture
    def seat(self) -> Any:
        with time_machine.travel(MONDAY, tick=False):
            return SeatFactory(role="chief", starts_on=MONDAY.date(), ends_on=MONDAY.date())

    @pytest.mark.parametrize(("days", "held"), [(0, {"chief"}), (1, set())])
    def test_with_a_login(self, seat: Any, days: int, held: set[str], client: Client) -> None:
        with time_machine.travel(MONDAY + datetime.timedelta(days=days), tick=False):
            client.force_login(seat.user)
            assert roles(seat.user) == held

    def test_with_the_command(self, seat: Any) -> None:
        with time_machine.travel(MONDAY + datetime.timedelta(days=1), tick=False):
            assert follow_all_seats() == 1
            assert roles(seat.user) == set()
            assert follow_all_seats() == 0

    def test_the_last_day_ends_at_midnight_in_vietnam(self, seat: Any, client: Client) -> None:
        late = datetime.datetime(2026, 3, 2, 23, 59, tzinfo=VIETNAM)
        with time_machine.travel(late, tick=False):
            client.force_login(seat.user)
            assert roles(seat.user) == {"chief"}

    def test_who_is_switched_off_is_in_no_group(self, seat: Any) -> None:
        with time_machine.travel(MONDAY, tick=False):
            seat.user.is_active = False
            seat.user.save()
            follow_all_seats()
            assert roles(seat.user) == set()
