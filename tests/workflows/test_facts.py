"""The persons of the rules of authority, as the rows of the organisation make them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory, seated
from wagtail_pbgdpl.authority.facts import people, person
from wagtail_pbgdpl.authority.rules import Act, Item, State, Step, decide
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.regulations import Action, RoleCode
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
APPROVAL = Item(
    category="C2",
    state=State.SUBMITTED,
    step=Step(action=Action.APPROVE, role=RoleCode.CHIEF),
)


def test_nobody() -> None:
    assert person(AnonymousUser()).posts == ()
    assert person(UserFactory()).posts == ()


def test_who_is_switched_off_has_no_seat() -> None:
    user = seated("chief")
    assert person(user).posts
    user.is_active = False
    assert person(user).posts == ()


def test_a_contact_officer_has_the_categories_of_the_unit() -> None:
    """R11"""
    seat = SeatFactory(role="contact_officer", unit=UnitFactory(categories=["C2"]))
    (post,) = person(seat.user).posts
    assert post.role is RoleCode.CONTACT_OFFICER
    assert post.units == {seat.unit.pk}
    assert post.categories == {"C2"}


def test_a_member_has_the_categories_followed() -> None:
    """R4"""
    seat = SeatFactory(role="member", categories=["C5"])
    (post,) = person(seat.user).posts
    assert post.categories == {"C5"}
    assert post.units == frozenset()


def test_successors_have_the_units_before_them() -> None:
    old, new = UnitFactory.create_batch(2)
    merge([old], new, on=today())
    (post,) = person(SeatFactory(role="contact_officer", unit=new).user).posts
    assert post.units == {old.pk, new.pk}


def test_a_delegation_lets_the_deputy_approve() -> None:
    """R3"""
    given = DelegationFactory()
    deputy = given.delegate.user
    answer = decide(person(deputy), Act.APPROVE, APPROVAL, today())
    assert answer.mandate is not None
    assert (answer.mandate.pk, answer.mandate.by) == (given.pk, given.delegator.user.pk)
    given.revoke(by=None, reason="")
    assert not decide(person(deputy), Act.APPROVE, APPROVAL, today())


@pytest.mark.parametrize("name", ["delegator", "delegate"])
def test_a_delegation_ends_with_either_seat(name: str) -> None:
    """R10"""
    given = DelegationFactory()
    seat = getattr(given, name)
    seat.ends_on = today() - DAY
    seat.save()
    assert not decide(person(given.delegate.user), Act.APPROVE, APPROVAL, today())


def test_many_at_once_cost_what_one_costs(django_assert_num_queries: Any) -> None:
    users = [seated("chief"), seated("contact_officer", "member"), UserFactory()]
    DelegationFactory()
    # The last one asks how those of the board sign in.
    with django_assert_num_queries(4):
        found = people(users)
    assert [one.pk for one in found] == [user.pk for user in users]
    assert [len(one.posts) for one in found] == [1, 2, 0]
