"""Which rows somebody sees, and what may be read of one: the same answer (R11: BK18 Điều 6.1b).

Every role, with and without a delegation, against matters in every state, at the steps of every
role, of its own unit, another and none, in a category that it was given and one that it was not.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory, seated
from wagtail_pbgdpl.authority.facts import person
from wagtail_pbgdpl.authority.rules import Act, Item, State, Step, decide
from wagtail_pbgdpl.authority.scope import scope_of
from wagtail_pbgdpl.matters import publications, record
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.organisation.succession import merge
from wagtail_pbgdpl.regulations import Action, RoleCode
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.django_db

GIVEN, NOT_GIVEN = "C2", "C9"
STATES = [state for state in publications.State if state != State.SUBMITTED]
STEPS = [(Action.APPROVE, role) for role in RoleCode]
EXPERT = """
[roles.expert]
name = "Luật sư"
scope = "person"
clause = "Kế hoạch 1/KH-UBND"
"""


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(categories=[GIVEN, "C3"])


@pytest.fixture
def before(unit: Unit) -> Unit:
    """A unit that the other one succeeded."""
    old = UnitFactory(categories=[GIVEN], ends_on=None)
    merge([old], unit, on=today(), decision="1/QĐ", by=UserFactory())
    return old


@pytest.fixture
def matters(unit: Unit, before: Unit) -> list[Matter]:
    units = [unit, before, UnitFactory(categories=[GIVEN, NOT_GIVEN]), None]
    places: list[dict[str, Any]] = [{"state": state} for state in STATES]
    places += [
        {"state": "submitted", "action": action, "role": role, "since": timezone.now()}
        for action, role in STEPS
    ]
    rows = [
        Matter(title="Việc", unit=one, category=category, writers=[], **place)
        for one, category, place in product(units, (GIVEN, NOT_GIVEN), places)
    ]
    found = Matter.objects.bulk_create(rows)
    for matter in found:
        record.enter(matter, publications.Move.CHANGED)
    return found


def item_of(matter: Matter) -> Item:
    states = {"owed": State.DRAFT}
    at_step = matter.state == State.SUBMITTED
    return Item(
        category=matter.category,
        unit=matter.unit_id,
        state=states.get(matter.state) or State(matter.state),
        step=Step(action=Action(matter.action), role=RoleCode(matter.role)) if at_step else None,
        writers=frozenset(matter.writers or ()),
        holder=matter.holder_id,
    )


def read_by(user: Any, matters: list[Matter]) -> set[int]:
    facts = person(user)
    return {one.pk for one in matters if decide(facts, Act.READ, item_of(one), today())}


def check(user: Any, matters: list[Matter]) -> int:
    """Compare both answers; return how many matters are in scope."""
    scope = scope_of(user)
    ours = Matter.objects.filter(pk__in=[one.pk for one in matters])
    expected = read_by(user, matters)
    assert set(ours.filter(scope.matters()).values_list("pk", flat=True)) == expected
    events = Event.objects.filter(scope.events(), matter__in=ours)
    assert set(events.values_list("matter", flat=True)) == expected
    return len(expected)


@pytest.mark.parametrize("role", list(RoleCode))
def test_of_every_role(role: RoleCode, unit: Unit, matters: list[Matter]) -> None:
    if role not in get_regulation().roles:
        user = UserFactory()
    else:
        own = {"unit": unit} if role in ("contact_officer", "unit_head") else {}
        user = seated(role, **own)
    seen = check(user, matters)
    of_all = {"secretary", "member", "deputy_chief", "chief"}
    assert (seen == len(matters)) is (role in of_all)
    if role in ("contact_officer", "unit_head"):
        assert 0 < seen < len(matters) / 2


@pytest.mark.parametrize(
    "profile", ["bac_kan_portal_2018", "binh_phuoc_2020", "quang_tri_2024", "lao_cai_2019"]
)
def test_under_another_regulation(
    profile: str, unit: Unit, matters: list[Matter], settings: Any
) -> None:
    """Where other roles read, or pass the steps of others."""
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    for role in get_regulation().roles:
        own = {"unit": unit} if role in ("contact_officer", "unit_head") else {}
        check(seated(role, **own), matters)


def test_of_an_expert_is_what_was_given_to_the_person(
    matters: list[Matter], profile_with: Any
) -> None:
    """Q9: at the step of experts, in one's own hands."""
    profile_with(EXPERT)
    one, other = seated("expert"), seated("expert")
    assert check(one, matters) == 0
    at_step = [matter for matter in matters if matter.role == "expert"]
    elsewhere = [matter for matter in matters if matter.role == "chief"][:1]
    for matter, holder in zip([*at_step[:3], *elsewhere], (one, other, one, one), strict=True):
        matter.holder = holder
        Matter.objects.filter(pk=matter.pk).update(holder=holder)
    assert [check(user, matters) for user in (one, other, seated("expert"))] == [2, 1, 0]


@pytest.mark.parametrize("categories", [[], [GIVEN], [NOT_GIVEN]])
def test_under_a_delegation(categories: list[str], matters: list[Matter]) -> None:
    chief, deputy = SeatFactory(role="chief"), SeatFactory(role="deputy_chief")
    DelegationFactory(delegator=chief, delegate=deputy, categories=categories)
    check(deputy.user, matters)


def test_of_two_seats_is_what_either_sees(unit: Unit, matters: list[Matter]) -> None:
    officer = seated("contact_officer", unit=unit)
    alone = check(officer, matters)
    SeatFactory(user=officer, role="unit_head", unit=UnitFactory(categories=[NOT_GIVEN]))
    assert check(officer, matters) == alone
    SeatFactory(user=officer, role="operator")
    assert check(officer, matters) >= alone


def test_of_a_seat_that_ended_is_nothing(unit: Unit, matters: list[Matter]) -> None:
    user = UserFactory()
    SeatFactory(
        user=user, role="unit_head", unit=unit, ends_on="2020-01-01", starts_on="2019-01-01"
    )
    assert check(user, matters) == 0


def test_a_visitor_sees_nothing(matters: list[Matter]) -> None:
    assert check(UserFactory(), matters) == 0


def test_a_superuser_sees_everything(matters: list[Matter]) -> None:
    user = UserFactory(is_superuser=True)
    ours = Matter.objects.filter(pk__in=[one.pk for one in matters])
    assert ours.filter(scope_of(user).matters()).count() == len(matters)
