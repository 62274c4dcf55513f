"""Figures that are kept by month say what counting anew says, whatever happens (P3, T3, Q2)."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.factories import LegalFieldFactory, UnitFactory, seated
from tests.questions.case import received
from tests.together import together
from wagtail_pbgdpl.matters.deeds import Deed, Happening, Refused, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.questions import cases, figures, tallies
from wagtail_pbgdpl.questions.counting import FIELD, MONTH, UNIT, Figures, grouped
from wagtail_pbgdpl.questions.lifecycle import ANSWERED, QUESTION
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.questions.tally_models import Recount, Tally
from wagtail_pbgdpl.schedule import run_jobs
from wagtail_pbgdpl.worktime import VIETNAM

STEPS = 60
ENDS = ("withdraw", "spam", "out_of_scope", "erase", "classify")


def at(month: int, day: int = 2) -> datetime.datetime:
    return datetime.datetime(2026, month, day, 9, tzinfo=VIETNAM)


def told(found: dict[Any, Figures]) -> dict[Any, tuple[Any, ...]]:
    names = ("received", "answered", "in_time", "open", "open_late", "stars", "rated")
    return {
        key: (*(getattr(one, name) for name in names), dict(one.days))
        for key, one in found.items()
        if one.received
    }


def same_as_counted_anew(kind: str = "") -> bool:
    for by in (MONTH, UNIT, FIELD):
        anew = grouped(Matter.objects.all(), Question.objects.all(), [by], kind)
        kept = tallies.counted(tallies.months_of_all(), by, kind)
        if told(kept) != told({key: one for (key,), one in anew.items()}):
            return False
    return True


def kept() -> int:
    return Tally.objects.exclude(month__in=Recount.objects.values("month")).count()


@pytest.fixture
def board(unit: Any, secretary: Any, head: Any) -> Any:
    other = UnitFactory(name="Sở Hai", categories=["C6"])
    people = {unit.pk: head, other.pk: seated("unit_head", unit=other)}
    fields = [LegalFieldFactory(name=name) for name in ("Đất đai", "Hộ tịch")]
    return Board(secretary, people, [unit, other], fields)


class Board:
    """Does to questions what may be done, by chance."""

    def __init__(self, secretary: Any, heads: Any, units: list[Any], fields: list[Any]) -> None:
        self.secretary, self.heads, self.units, self.fields = secretary, heads, units, fields

    def moves(self, chance: random.Random) -> dict[str, Callable[[Question], Any]]:
        def by(who: str, way: str, **values: Any) -> Callable[[Question], Any]:
            def do(question: Question) -> None:
                matter = question.matter
                user = self.secretary if who == "board" else self.heads[matter.unit_id]
                act(Deed(matter, way, user, text="Vì thế", values=values))

            return do

        unit, field = chance.choice(self.units), chance.choice(self.fields)
        forwarding = {"topic": "noi-dung-khac", "unit": unit, "others": [], "legal_field": field}
        return {
            "forward": by("board", "forward", **forwarding),
            "classify": by("board", "classify", legal_field=field),
            "transfer": by("head", "transfer", unit=unit),
            "draft": by("head", "draft", answer="Trả lời"),
            "approve": by("head", "approve"),
            "reopen": by("board", "reopen"),
            "spam": by("board", "spam"),
            "out_of_scope": by("board", "out_of_scope"),
            "erase": by("board", "erase"),
            "withdraw": lambda question: act(Happening(question.matter, "asker_withdrew")),
            "rate": lambda question: cases.rate(question, chance.randrange(1, 6)),
        }


def starts(name: str) -> tuple[str, ...]:
    """The states in which it makes sense; erasing ends everything, and is rarer."""
    if name == "rate":
        return ANSWERED
    named = {"withdraw": "asker_withdrew"}.get(name, name)
    return ("withdrawn", "spam") if name == "erase" else QUESTION.moves[named].start


@pytest.mark.django_db
def test_over_random_histories(board: Board, now: Any) -> None:
    chance = random.Random(12)  # noqa: S311
    questions = []
    for month in (1, 2, 3):
        now.move_to(at(month), tick=False)
        questions += [received(kind) for kind in ("question", "question", "petition")]
    board.moves(chance)["spam"](questions[0])
    done, counted_from_kept = {"spam"}, 0
    for step in range(STEPS):
        now.move_to(at(3, 3) + datetime.timedelta(days=step), tick=False)
        question = Question.objects.get(pk=chance.choice(questions).pk)
        moves, state = board.moves(chance), question.matter.state
        possible = [name for name in moves if state in starts(name)] or ["rate"]
        (name,) = chance.choices(possible, [1 if name in ENDS else 6 for name in possible])
        try:
            # What is refused half-way leaves nothing.
            with transaction.atomic():
                moves[name](question)
            done.add(name)
        except (Refused, ValidationError):
            continue
        counted_from_kept += bool(kept())
        assert same_as_counted_anew(), (step, name)
        if step % 3 == 0:
            tallies.keep_all()
            assert not Recount.objects.exists()
            assert same_as_counted_anew(), step
    assert same_as_counted_anew("petition")
    assert {"approve", "reopen", "transfer", "spam", "rate"} <= done
    assert counted_from_kept > 10
    assert not list(tallies.wrong())


@pytest.mark.django_db
def test_by_the_tick_and_by_the_command(board: Board, now: Any) -> None:
    question = received()
    act(Happening(question.matter, "asker_withdrew"))
    assert kept() == 0
    run_jobs()
    assert kept() == 3
    assert not tallies.keep_all()
    call_command("pbgdpl_count_questions", "--check", stdout=StringIO())
    Tally.objects.filter(by=UNIT).update(counted={"question": {"": [9, 0, 0, 0, 0, {}]}})
    with pytest.raises(CommandError):
        call_command("pbgdpl_count_questions", "--check", stdout=StringIO())
    call_command("pbgdpl_count_questions", stdout=StringIO())
    assert same_as_counted_anew()


@pytest.mark.django_db
def test_a_legal_field_that_is_deleted(board: Board, now: Any) -> None:
    question = received(legal_field=board.fields[0])
    act(Happening(question.matter, "asker_withdrew"))
    tallies.keep_all()
    board.fields[0].delete()
    assert same_as_counted_anew()
    (row,) = figures.of(figures.EVERYBODY, FIELD)
    assert (row.about, row.received) == (None, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one connection, one at a time")
def test_what_changes_while_a_month_is_counted(committed: None) -> None:
    """The change is not in the count yet, and the count does not outlive it."""
    question = received()
    tallies.keep_all()

    def change() -> None:
        with transaction.atomic():
            act(Happening(question.matter, "asker_withdrew"))
            (done,) = together(lambda: tallies.keep_all(anew=True), threads=1)
            assert done == tallies.months_of_all()

    change()
    assert kept() == 0
    assert same_as_counted_anew()
