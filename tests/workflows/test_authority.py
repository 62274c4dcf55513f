"""R2–R8, R11: every role, act, state, delegation, own work."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.authority_table import (
    MARKS,
    MEANINGS,
    OTHERS_WORK,
    OWN_WORK,
    SITUATIONS,
    WAITING,
    Row,
    Situation,
    document,
    rows,
)
from wagtail_pbgdpl.authority.rules import (
    BOARD,
    JUDGING,
    OF_A_UNIT,
    PUBLIC,
    Act,
    Item,
    Mandate,
    Person,
    Post,
    State,
    Step,
    Why,
    decide,
    sights,
)
from wagtail_pbgdpl.regulations import Action, RoleCode

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
ME, OTHER = 7, 8


def post(role: RoleCode, **changes: Any) -> Post:
    usual = {"units": frozenset({1}), "categories": frozenset({"C2"})}
    return Post(role=role, **(usual | changes))


def item(situation: Situation, *, writer: int = OTHER, **changes: Any) -> Item:
    return replace(
        Item(
            category="C2",
            unit=1,
            state=situation.state,
            step=situation.step,
            writers=frozenset({writer}),
            publisher=OTHER + 1 if situation.state is State.EMERGENCY else None,
            was_public=situation.state in PUBLIC,
        ),
        **changes,
    )


def person(*posts: Post, mandates: tuple[Mandate, ...] = ()) -> Person:
    return Person(pk=ME, posts=posts, mandates=mandates)


def mandate(**changes: Any) -> Mandate:
    usual = {
        "role": RoleCode.CHIEF,
        "delegate": RoleCode.DEPUTY_CHIEF,
        "starts": TODAY,
        "ends": TODAY,
    }
    return Mandate(**(usual | changes))


APPROVAL = next(column for column in SITUATIONS if column.title == "approval")
PUBLISHED = next(column for column in SITUATIONS if column.title == "published")
EVERYTHING = list(itertools.product(RoleCode, Act, SITUATIONS, (ME, OTHER)))


@pytest.mark.parametrize(
    ("row", "writer"),
    [
        *((row, OTHER) for row in rows(OTHERS_WORK)),
        *((row, ME) for row in rows(OWN_WORK)),
    ],
    ids=lambda value: f"{value.role}-{value.act}" if isinstance(value, Row) else str(value),
)
def test_the_table(row: Row, writer: int) -> None:
    for sign, situation in zip(row.signs, SITUATIONS, strict=True):
        answer = decide(person(post(row.role)), row.act, item(situation, writer=writer), TODAY)
        assert answer.why is MARKS[sign], situation.title
        assert bool(answer) == (sign == "+")
        assert (answer.role is row.role) == bool(answer)


@pytest.mark.parametrize("row", list(rows(WAITING)), ids=lambda row: f"{row.role}-{row.act}")
def test_the_table_of_who_has_to_wait(row: Row) -> None:
    """R8: on the last day of the wait; the day after it the first table holds again."""
    usual = next(one for one in rows(OTHERS_WORK) if one[:2] == row[:2])
    waits = replace(person(post(row.role)), quiet_until=TODAY)
    for sign, before, situation in zip(row.signs, usual.signs, SITUATIONS, strict=True):
        answer = decide(waits, row.act, item(situation), TODAY)
        assert answer.why is MARKS[sign], situation.title
        assert answer.until == (TODAY if sign == "q" else None)
        assert decide(waits, row.act, item(situation), TODAY + DAY).why is MARKS[before]


@pytest.mark.parametrize("table", [OTHERS_WORK, OWN_WORK, WAITING])
def test_the_table_is_whole(table: str) -> None:
    expected = list(itertools.product(RoleCode, Act))
    assert [(row.role, row.act) for row in rows(table)] == expected


def test_every_sign_has_its_meaning() -> None:
    assert MARKS.keys() == MEANINGS.keys()


def test_the_reference_is_made_from_the_table(repository: Path) -> None:
    page = repository / "docs" / "reference" / "authority.md"
    assert page.read_text(encoding="utf-8") == document()


OPERATORS = Situation(
    "posting by the operator",
    State.SUBMITTED,
    Step(action=Action.PUBLISH, role=RoleCode.OPERATOR),
)


@pytest.mark.parametrize("role", RoleCode)
@pytest.mark.parametrize("delegated", [None, frozenset(), frozenset({"C2"}), frozenset({"C5"})])
def test_what_is_seen_is_what_may_be_read(role: RoleCode, delegated: Any) -> None:
    """R11, R3: lists and the answer about one item come of the same rule."""
    for acts_for in RoleCode:
        given = mandate(role=acts_for, delegate=role, categories=delegated or frozenset())
        me = person(post(role), mandates=() if delegated is None else (given,))
        for situation, unit, category in itertools.product(
            (*SITUATIONS, OPERATORS), (1, 2, None), ("C2", "C5")
        ):
            thing = item(situation, unit=unit, category=category)
            seen = any(sight.why_not(thing) is None for sight in sights(me, TODAY))
            assert seen == bool(decide(me, Act.READ, thing, TODAY)), (situation.title, unit)


def test_a_role_without_a_right_to_read_reads_at_its_own_step_alone() -> None:
    """QT24 Điều 10.1: the operator posts what was approved, and sees nothing before or after."""
    operator = person(post(RoleCode.OPERATOR, units=frozenset(), categories=frozenset()))
    for situation in (*SITUATIONS, OPERATORS):
        answer = decide(operator, Act.READ, item(situation), TODAY)
        assert bool(answer) is (situation is OPERATORS), situation.title


class TestStepsOfSeveralRoles:
    """BK18 Điều 5.5, 16.1a: the Ban moderates, its Phó of their own right."""

    def deputy(self) -> Person:
        leads = post(RoleCode.DEPUTY_CHIEF, passes_steps_of=frozenset({RoleCode.CHIEF}))
        return person(leads)

    def test_the_answer_names_ones_own_role(self) -> None:
        for act in (Act.APPROVE, Act.RETURN):
            answer = decide(self.deputy(), act, item(APPROVAL), TODAY)
            assert (answer.role, answer.mandate) == (RoleCode.DEPUTY_CHIEF, None)

    def test_four_eyes_hold(self) -> None:
        own = item(APPROVAL, writer=ME)
        assert decide(self.deputy(), Act.APPROVE, own, TODAY).why is Why.OWN_WORK

    def test_nothing_else_of_the_role_comes_with_them(self) -> None:
        for act in (Act.EMERGENCY, Act.UNPUBLISH):
            assert decide(self.deputy(), act, item(PUBLISHED), TODAY).why is Why.NOT_DELEGATED


class TestSeats:
    def test_nobody_without_one_does_anything(self) -> None:
        for act, situation in itertools.product(Act, SITUATIONS):
            assert decide(person(), act, item(situation), TODAY).why is Why.NO_SEAT

    @pytest.mark.parametrize("period", [{"ends": TODAY - DAY}, {"starts": TODAY + DAY}])
    def test_that_do_not_hold_give_nothing(self, period: dict[str, date]) -> None:
        """R10: ending a seat ends the right."""
        for role, act, situation, writer in EVERYTHING:
            answer = decide(
                person(post(role, **period)), act, item(situation, writer=writer), TODAY
            )
            assert answer.why is Why.NO_SEAT

    def test_hold_on_their_first_and_last_day(self) -> None:
        chief = person(post(RoleCode.CHIEF, starts=TODAY, ends=TODAY))
        assert decide(chief, Act.APPROVE, item(APPROVAL), TODAY)

    def test_two_give_what_either_gives_and_no_more(self) -> None:
        for first, second in itertools.combinations(RoleCode, 2):
            both = person(post(first), post(second))
            for act, situation, writer in itertools.product(Act, SITUATIONS, (ME, OTHER)):
                thing = item(situation, writer=writer)
                single = [
                    bool(decide(person(post(role)), act, thing, TODAY)) for role in (first, second)
                ]
                assert bool(decide(both, act, thing, TODAY)) == any(single)


class TestUnits:
    """R11 (BK18 Điều 6.1b): their own, in the categories given to them, and nothing else."""

    @pytest.mark.parametrize("role", sorted(OF_A_UNIT))
    def test_reach_no_other_unit(self, role: RoleCode) -> None:
        for act, situation, writer in itertools.product(Act, SITUATIONS, (ME, OTHER)):
            for unit in (2, None):
                thing = item(situation, writer=writer, unit=unit)
                assert not decide(person(post(role)), act, thing, TODAY)

    @pytest.mark.parametrize("role", sorted(OF_A_UNIT))
    def test_reach_no_category_that_was_not_given(self, role: RoleCode) -> None:
        for act, situation, writer in itertools.product(Act, SITUATIONS, (ME, OTHER)):
            thing = item(situation, writer=writer, category="C7")
            assert not decide(person(post(role)), act, thing, TODAY)

    def test_the_reason_is_the_nearest(self) -> None:
        officer = person(post(RoleCode.CONTACT_OFFICER))
        draft = SITUATIONS[0]
        other_unit = decide(officer, Act.EDIT, item(draft, unit=2), TODAY)
        assert other_unit.why is Why.OTHER_UNIT
        other_category = decide(officer, Act.EDIT, item(draft, category="C7"), TODAY)
        assert other_category.why is Why.CATEGORY_NOT_GIVEN

    def test_successors_reach_what_their_predecessors_left(self) -> None:
        officer = person(post(RoleCode.CONTACT_OFFICER, units=frozenset({1, 2})))
        assert decide(officer, Act.EDIT, item(SITUATIONS[0], unit=2), TODAY)


class TestMembers:
    """R4 (BK21 Điều 16.2)."""

    def test_read_everything_and_change_what_they_follow(self) -> None:
        member = person(post(RoleCode.MEMBER))
        for act, situation, writer in itertools.product(Act, SITUATIONS, (ME, OTHER)):
            thing = item(situation, writer=writer, category="C7")
            assert bool(decide(member, act, thing, TODAY)) == (act is Act.READ)


class TestDelegation:
    """R3 (BK21 Điều 15.2; BP20 Điều 19.2)."""

    def deputy(self, *mandates: Mandate) -> Person:
        return person(post(RoleCode.DEPUTY_CHIEF), mandates=mandates)

    @pytest.mark.parametrize(
        "given",
        [
            (),
            (mandate(starts=TODAY + DAY, ends=TODAY + DAY),),
            (mandate(starts=TODAY - DAY, ends=TODAY - DAY),),
            (mandate(revoked=True),),
            (mandate(categories=frozenset({"C7"})),),
        ],
        ids=["none", "not yet", "over", "revoked", "another category"],
    )
    def test_without_one_that_holds_the_deputy_does_not_approve(self, given: Any) -> None:
        for act, situation in ((Act.APPROVE, APPROVAL), (Act.UNPUBLISH, PUBLISHED)):
            answer = decide(self.deputy(*given), act, item(situation), TODAY)
            assert answer.why is Why.NOT_DELEGATED

    @pytest.mark.parametrize("categories", [frozenset(), frozenset({"C2", "C7"})])
    def test_under_one_the_answer_names_it(self, categories: frozenset[str]) -> None:
        given = mandate(categories=categories, pk=3)
        for act, situation in ((Act.APPROVE, APPROVAL), (Act.UNPUBLISH, PUBLISHED)):
            answer = decide(self.deputy(given), act, item(situation), TODAY)
            assert answer
            assert answer.role is RoleCode.CHIEF
            assert answer.mandate is given

    def test_it_does_not_cover_own_work(self) -> None:
        answer = decide(self.deputy(mandate()), Act.APPROVE, item(APPROVAL, writer=ME), TODAY)
        assert answer.why is Why.OWN_WORK

    def test_it_does_not_cover_emergencies(self) -> None:
        for situation in SITUATIONS:
            answer = decide(self.deputy(mandate()), Act.EMERGENCY, item(situation), TODAY)
            assert answer.why is Why.NOT_DELEGATED

    def test_it_is_worth_nothing_without_the_seat_that_it_was_given_to(self) -> None:
        """R10: who is no longer Phó Trưởng Ban no longer acts for the Trưởng Ban."""
        officer = person(post(RoleCode.CONTACT_OFFICER), mandates=(mandate(),))
        assert not decide(officer, Act.APPROVE, item(APPROVAL), TODAY)
        former = person(post(RoleCode.DEPUTY_CHIEF, ends=TODAY - DAY), post(RoleCode.SECRETARY))
        former = replace(former, mandates=(mandate(),))
        assert not decide(former, Act.APPROVE, item(APPROVAL), TODAY)

    def test_it_works_through_the_very_seat_that_it_was_given_to(self) -> None:
        given = mandate(seat=3)
        for pk, expected in ((3, True), (4, False)):
            deputy = person(post(RoleCode.DEPUTY_CHIEF, pk=pk), mandates=(given,))
            assert bool(decide(deputy, Act.APPROVE, item(APPROVAL), TODAY)) is expected

    def test_it_waits_with_the_person(self) -> None:
        deputy = replace(self.deputy(mandate()), quiet_until=TODAY)
        answer = decide(deputy, Act.APPROVE, item(APPROVAL), TODAY)
        assert answer.why is Why.LOGIN_CHANGED
        assert decide(deputy, Act.UNPUBLISH, item(PUBLISHED), TODAY)

    def test_a_member_may_hold_one_in_the_categories_followed(self) -> None:
        """BP20 Điều 15.2, 15.3."""
        given = mandate(delegate=RoleCode.MEMBER)
        member = person(post(RoleCode.MEMBER), mandates=(given,))
        assert decide(member, Act.APPROVE, item(APPROVAL), TODAY).mandate is given


class TestFourEyes:
    def test_nobody_judges_what_they_wrote_through_whatever_seats(self) -> None:
        every_seat = person(*(post(role) for role in RoleCode), mandates=(mandate(),))
        for action, role in itertools.product(JUDGING, RoleCode):
            step = APPROVAL.step
            assert step is not None
            thing = item(APPROVAL, writer=ME, step=replace(step, action=action, role=role))
            assert not decide(every_seat, Act.APPROVE, thing, TODAY)

    def test_what_others_wrote_is_no_own_work(self) -> None:
        for role, act, situation, _writer in EVERYTHING:
            answer = decide(person(post(role)), act, item(situation), TODAY)
            assert answer.why is not Why.OWN_WORK

    def test_who_published_in_an_emergency_does_not_review(self) -> None:
        emergency = SITUATIONS[-1]
        for role in BOARD:
            thing = item(emergency, publisher=ME)
            assert decide(person(post(role)), Act.REVIEW, thing, TODAY).why is Why.OWN_WORK


class TestEditing:
    def test_nothing_changes_under_the_eyes_of_those_who_judge(self) -> None:
        """What goes live is what was approved: from verification on the text stands."""
        every_seat = person(*(post(role) for role in RoleCode), mandates=(mandate(),))
        for situation in SITUATIONS:
            step = situation.step
            if step is not None and step.action in JUDGING | {Action.PUBLISH}:
                assert decide(every_seat, Act.EDIT, item(situation), TODAY).why
