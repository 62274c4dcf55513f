"""The tables of all kinds, and what a table may not be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.matters import printed
from wagtail_pbgdpl.authority.rules import Act
from wagtail_pbgdpl.authority.rules import State as Standing
from wagtail_pbgdpl.matters.kinds import Kind, kinds, register
from wagtail_pbgdpl.matters.lifecycle import Lifecycle, Move, State
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.matters.publications import LIFECYCLE


def state(code: str, **values: Any) -> State:
    return State(**{"code": code, "label": code, "standing": Standing.DRAFT, **values})


def move(start: str, end: str, code: str = "go", **values: Any) -> Move:
    return Move(code=code, label=code, start=(start,), end=(end,), **values)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
class TestEachKind:
    def test_its_names_fit_their_columns(self, kind: Kind) -> None:
        """SQLite takes longer ones, PostgreSQL does not."""
        columns = {
            (Matter, "kind"): [kind.code],
            (Matter, "state"): list(kind.lifecycle.states),
            (Event, "move"): list(kind.lifecycle.moves),
        }
        for (model, name), values in columns.items():
            longest = model._meta.get_field(name).max_length
            assert [value for value in map(str, values) if len(value) > longest] == []

    def test_leaves_no_state_by_itself(self, kind: Kind) -> None:
        """Walked anew, and not asked of the table: each state is reached, each has a way out."""
        steps = {
            (before, after)
            for move in kind.lifecycle.moves.values()
            for before in move.start
            for after in move.end
        }
        reached = set(kind.lifecycle.begins)
        for _ in kind.lifecycle.states:
            reached |= {after for before, after in steps if before in reached}
        assert reached == set(kind.lifecycle.states)
        stuck = {
            code
            for code in kind.lifecycle.states
            if not any(before == code != after for before, after in steps)
        }
        assert all(kind.lifecycle.states[code].ends for code in stuck)

    def test_lets_nothing_else_happen(self, kind: Kind) -> None:
        table = kind.lifecycle
        for before in table.states:
            for after in table.states:
                moved = any(
                    before in move.start and after in move.end for move in table.moves.values()
                )
                assert table.leads(before, after) is (moved or before == after)

    def test_has_words_for_what_somebody_does(self, kind: Kind) -> None:
        for one in kind.lifecycle.moves.values():
            assert str(one.label)
            if one.act not in (None, Act.SUBMIT):
                assert str(one.button), one.code


class TestATableIsRefused:
    def test_with_a_state_that_nothing_leads_to(self) -> None:
        with pytest.raises(ValueError, match="nothing leads to the state 'c'"):
            Lifecycle(
                [state("a"), state("b", ends=True), state("c", ends=True)],
                [move("a", "b")],
                begins=["a"],
            )

    def test_with_a_state_that_nothing_leads_out_of(self) -> None:
        with pytest.raises(ValueError, match="nothing leads out of the state 'b'"):
            Lifecycle([state("a"), state("b")], [move("a", "b")], begins=["a"])

    def test_with_a_state_that_there_is_not(self) -> None:
        with pytest.raises(ValueError, match="there is no state 'x'"):
            Lifecycle([state("a", ends=True)], [move("a", "x")], begins=["a"])

    def test_that_begins_with_its_clock_stopped(self) -> None:
        with pytest.raises(ValueError, match="stopped in 'a', where a matter begins"):
            Lifecycle([state("a", ends=True, stops_the_clock=True)], [], begins=["a"])

    def test_with_a_code_that_stands_twice(self) -> None:
        with pytest.raises(ValueError, match="twice"):
            Lifecycle([state("a"), state("a")], [], begins=["a"])
        with pytest.raises(ValueError, match="twice"):
            Lifecycle([state("a"), state("b")], [move("a", "b"), move("b", "a")], begins=["a"])


class TestAKindIsRefused:
    def kind(self, code: str, lifecycle: Lifecycle) -> Kind:
        return type("Other", (Kind,), {"code": code, "name": code, "lifecycle": lifecycle})()

    def test_with_a_code_that_is_taken(self) -> None:
        with pytest.raises(ValueError, match="'publication' already"):
            register(self.kind("publication", LIFECYCLE))

    def test_and_taken_once_where_its_app_begins_again(self) -> None:
        (first, *_others) = kinds()
        register(type(first)())
        assert kinds()[0] is first

    def test_where_a_state_means_something_else_elsewhere(self) -> None:
        """Lists of all kinds go by the code of the state."""
        table = Lifecycle([state("submitted", ends=True)], [], begins=["submitted"])
        with pytest.raises(ValueError, match="'submitted' means something else"):
            register(self.kind("other", table))

    def test_where_a_move_is_a_decision_in_one_alone(self) -> None:
        table = Lifecycle(
            [state("a"), state("b", ends=True)], [move("a", "b", "passed")], begins=["a"]
        )
        with pytest.raises(ValueError, match="'passed' means something else"):
            register(self.kind("other", table))


@pytest.mark.django_db
class TestARow:
    """What does not stand in the table cannot be saved, whatever the way in."""

    def test_begins_where_its_kind_does(self) -> None:
        with pytest.raises(ValueError, match="no way from None to 'submitted'"):
            Matter(title="Tin", state="submitted").save()

    def test_goes_where_its_kind_goes(self) -> None:
        row = Matter.objects.create(title="Tin", state="owed")
        row.state = "published"
        with pytest.raises(ValueError, match="no way from 'owed' to 'published'"):
            row.save()
        row = Matter.objects.get(pk=row.pk)
        assert row.state == "owed"
        row.state = "draft"
        row.save()
        row.state = "returned"
        with pytest.raises(ValueError, match="no way from 'draft' to 'returned'"):
            row.save()
        row.refresh_from_db()
        row.save()
        assert Matter.objects.get(pk=row.pk).state == "draft"


def test_the_reference_is_up_to_date(repository: Path) -> None:
    assert printed.page(repository / "docs").read_text() == printed.document()


def test_the_picture_shows_ways_of_the_table(repository: Path) -> None:
    """The life of a matter in the concept: each state, and no way that there is not."""
    concept = (repository / "docs/concept/architecture.md").read_text()
    picture = concept.split("stateDiagram-v2")[1].split("```")[0]
    ways = re.findall(r"^  (\S+) --> (\S+):", picture, re.MULTILINE)
    assert {state for way in ways for state in way} == {"[*]", *LIFECYCLE.states}
    for before, after in ways:
        if after != "[*]":
            assert LIFECYCLE.leads(None if before == "[*]" else before, after), (before, after)
