"""When and to whom the limits of questions, drafts and reviews are spoken of (T3, T8, T12, T14).

Three and one working days before, on the day, then after every five; in office hours, never while
the clock stands still, never twice.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import UnitFactory, seated
from tests.questions.case import day, make, received
from tests.questions.test_experts import ROLE
from wagtail_pbgdpl.matters.models import Matter, Reminder
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import EXPERT_DRAFT, Question
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

SOON, LATE, ESCALATED = Reminder.Stage


@pytest.fixture
def question(unit: Any, officer: Any) -> Question:
    """Due on Monday, 23 March, after fifteen working days."""
    question = received()
    make(seated("secretary"), question, "forward", topic="noi-dung-khac", unit=unit.pk)
    return question


def each_day(first: int, count: int, hours: tuple[int, ...] = (9,)) -> None:
    """Let rounds come on ``count`` days from a day of March 2026 on."""
    for number in range(count):
        for hour in hours:
            remind(day(first, hour) + datetime.timedelta(days=number))


def said(matter: Matter) -> list[tuple[str, int]]:
    rows = Reminder.objects.filter(matter=matter).order_by("pk")
    return [(f"{day:%d/%m}", stage) for day, stage in rows.values_list("on__day", "stage")]


def told(day: str) -> set[Any]:
    rows = Notice.objects.filter(key__startswith=f"reminder:{day}")
    return {row.recipient for row in rows}


def test_before_on_the_day_and_then_weekly(question: Question) -> None:
    each_day(2, 45, hours=(0, 6, 9, 12, 16, 18, 23))
    assert said(question.matter) == [
        ("18/03", SOON),
        ("20/03", SOON),
        ("23/03", SOON),
        ("30/03", ESCALATED),
        ("06/04", ESCALATED),
        ("13/04", ESCALATED),
    ]


@pytest.mark.parametrize(
    ("hour", "minute", "works"),
    [(0, 5, False), (7, 29, False), (7, 30, True), (11, 30, False), (12, 59, False),
     (13, 0, True), (16, 59, True), (17, 0, False), (23, 0, False)],
)  # fmt: skip
def test_never_outside_office_hours(
    hour: int, minute: int, works: bool, question: Question
) -> None:
    assert bool(remind(day(18).replace(hour=hour, minute=minute))) is works
    assert Reminder.objects.exists() is works


def test_after_days_on_which_nothing_ran_it_is_said_once(question: Question) -> None:
    for number in (20, 20, 25, 26, 31):
        remind(day(number))
    assert said(question.matter) == [("20/03", SOON), ("25/03", LATE), ("31/03", ESCALATED)]


def test_never_while_the_asker_is_waited_for(question: Question, officer: Any, now: Any) -> None:
    now.move_to(day(17), tick=False)
    make(officer, question, "ask_more", wanted="Bản sao di chúc?")
    each_day(17, 10)
    assert said(question.matter) == []
    now.move_to(day(27), tick=False)
    cases.supplied(question, "Đây ạ.")
    # Four working days were left on the seventeenth.
    due = question.matter.due_at.astimezone(VIETNAM)
    assert f"{due:%d/%m}" == "02/04"
    each_day(27, 7)
    assert said(question.matter) == [("30/03", SOON), ("01/04", SOON), ("02/04", SOON)]


def test_an_extended_limit_is_spoken_of_anew(question: Question, now: Any) -> None:
    now.move_to(day(20), tick=False)
    remind(timezone.now())
    make(seated("secretary"), question, "extend", days=5, text="Cần xin ý kiến.")
    each_day(21, 12)
    assert said(question.matter) == [
        ("20/03", SOON),
        ("25/03", SOON),
        ("27/03", SOON),
        ("30/03", SOON),
    ]


def test_to_whose_turn_it_is_and_the_board_of_what_is_long_late(
    question: Question, unit: Any, officer: Any
) -> None:
    head = seated("unit_head", unit=unit)
    board = [seated("chief"), seated("member", categories=["C6"])]
    secretaries = {seated("secretary")}
    seated("member", categories=["C2"])
    seated("contact_officer", unit=UnitFactory(categories=["C6"]))
    each_day(16, 20)
    assert told("2026-03-18") == {officer, head}
    assert {officer, head, *board, *secretaries} <= told("2026-03-30")


def test_of_what_is_at_the_board_the_board(settings: Any, now: Any) -> None:
    """BP20 Điều 11.5: the board answers."""
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": "binh_phuoc_2020"}
    unit = UnitFactory(categories=["hoi-dap"])
    officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
    question = received()
    make(seated("secretary"), question, "forward", topic="linh-vuc-cua-so", unit=unit.pk)
    make(officer, question, "draft", answer="Trả lời.")
    make(head, question, "approve")
    role = question.matter.role
    of_the_board = seated(role)
    each_day(18, 1)
    assert of_the_board in told("2026-03-18")
    assert not {officer, head} & told("2026-03-18")


def test_of_an_experts_draft_the_expert_alone(
    question: Question, officer: Any, profile_with: Any, now: Any
) -> None:
    """Q9"""
    profile_with(ROLE)
    expert = seated("expert")
    seated("expert")
    make(officer, question, "ask_expert", expert=expert.pk, days=5)
    draft = Matter.objects.get(kind=EXPERT_DRAFT)
    each_day(3, 7)
    assert said(draft) == [("04/03", SOON), ("06/03", SOON), ("09/03", SOON)]
    assert told("2026-03-04") == {expert}
    text = Notice.objects.filter(recipient=expert, key__startswith="reminder:").first().text
    assert draft.title in text


def test_the_letter_names_the_kind(question: Question, officer: Any) -> None:
    remind(day(18))
    text = Notice.objects.get(recipient=officer, key__startswith="reminder:").text
    assert f"Câu hỏi của người dân: {question.title}" in text or question.title in text
    assert "tin, bài" not in text.lower()


def test_the_profile_says_when_and_to_whom(
    question: Question, officer: Any, profile_with: Any
) -> None:
    profile_with(
        "[reminders]\nbefore_working_days = [4]\nagain_working_days = 2\n"
        'long_late_working_days = 1\nlong_late_roles = ["deputy_chief"]\n'
    )
    deputy, chief = seated("deputy_chief"), seated("chief")
    each_day(16, 13)
    assert said(question.matter) == [("17/03", SOON), ("25/03", ESCALATED), ("27/03", ESCALATED)]
    assert deputy in told("2026-03-25")
    assert chief not in told("2026-03-25")
