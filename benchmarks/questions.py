"""How long the lists and figures of questions take with 1,000 and with 100,000 of them.

Run from the root of the project: ``python -m benchmarks.questions`` or, for the other database,
``python -m benchmarks.questions --database sqlite``. It fills an empty portal with questions over
ten years and 120 units, of which 200 are open whatever the number, and with as many public answers,
and asks in one process, without a network. PostgreSQL is found as by ``benchmarks.pages``.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

from benchmarks import alike
from benchmarks.in_process import main, measure_acts

FEW, MANY = 1_000, 100_000
OPEN, UNITS, YEARS, BATCH = 200, 120, 10, 2_000
#: So many of the first are of one unit: its list fills a page.
PAGE = 60
ACTS = {
    "list": "working list, first page",
    "late": "working list, what is late",
    "unit": "working list of a unit's contact officer",
    "words": "working list, a number typed into the search",
    "figures": "figures of the last twelve months by unit",
    "panel": "figures on the home page of the admin",
    "ever": "figures of all years by unit",
    "public_figures": "public figures",
    "answers": "public list of answers, first page",
    "alike": "answered questions that look alike",
}
NAMES = {
    f"{act} {count}": f"{title}, {count:,}" for act, title in ACTS.items() for count in (FEW, MANY)
}


def fill(count: int, first: int) -> None:
    """Enter questions up to the number ``count``; nine of ten that are closed were in time."""
    from django.db import connection
    from django.utils import timezone

    from tests.factories import UnitFactory
    from wagtail_pbgdpl.intake import tracking
    from wagtail_pbgdpl.matters.models import Matter
    from wagtail_pbgdpl.organisation.models import Unit
    from wagtail_pbgdpl.questions.models import Question
    from wagtail_pbgdpl.questions.tallies import keep_all

    chance = random.Random(first)  # noqa: S311
    now = timezone.now()
    units = list(Unit.objects.all())
    if len(units) < UNITS:
        units = UnitFactory.create_batch(UNITS, categories=["C6"])
    for start in range(first, count, BATCH):
        questions, matters = [], []
        for number in range(start, min(start + BATCH, count)):
            is_open = number < OPEN
            # With few, pages show as many rows as with many: each unit has some of this year.
            is_early = number < FEW
            age = chance.uniform(0, 30 if is_open else 365 if is_early else YEARS * 365)
            received = now - datetime.timedelta(days=age)
            due_at = received + datetime.timedelta(days=21)
            took = chance.randrange(3, 16 if number % 10 else 25)
            question = Question(
                number=f"HD-{received.year}-{number:06d}",
                code=tracking.new_code(),
                kind="question",
                text=f"Câu hỏi số {number} về quyền sử dụng đất",
                heading=f"Quyền sử dụng đất {number}",
                received_at=received,
                clock_from=received,
                rating=chance.randrange(1, 6) if not is_open and number % 7 == 0 else None,
            )
            unit = units[0 if number < PAGE else number % UNITS]
            closed = None if is_open else received + datetime.timedelta(days=took * 7 / 5)
            matter = Matter(
                kind="question",
                title=question.number,
                category="C6",
                unit=unit,
                state="with_unit" if is_open else "answered",
                role="unit_head" if is_open else "",
                action="answer" if is_open else "",
                since=received,
                started_on=received.date(),
                started_at=received,
                due_at=due_at,
                closed_at=closed,
                unit_at_close=None if is_open else unit,
                outcome="" if is_open else "answered",
                days_taken=None if is_open else took,
            )
            questions.append(question)
            matters.append(matter)
        for question, matter in zip(Question.objects.bulk_create(questions), matters, strict=True):
            matter.subject = question.pk
        Matter.objects.bulk_create(matters)
    keep_all(anew=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acts(count: int) -> dict[str, Callable[[], Any]]:
    """Return what is measured, as the Trưởng Ban, a contact officer and a citizen do it."""
    from django.template.loader import render_to_string
    from django.test import Client, RequestFactory
    from django.urls import reverse

    from tests.factories import seated
    from wagtail_pbgdpl.organisation.models import Unit
    from wagtail_pbgdpl.pages.models import AnswerPage
    from wagtail_pbgdpl.questions.figures_report import FiguresPanel
    from wagtail_pbgdpl.questions.models import Question

    chief, officer = Client(), Client()
    head = seated("chief")
    chief.force_login(head)
    officer.force_login(seated("contact_officer", unit=Unit.objects.first()))
    listed, report = reverse("pbgdpl_questions:list"), reverse("pbgdpl_questions_report")
    answers = AnswerPage.objects.first().get_parent().url

    def get(client: Client, address: str, **values: str) -> Callable[[], Any]:
        def ask() -> None:
            response = client.get(address, values)
            assert response.status_code == 200, (address, response.status_code)

        return ask

    def panel() -> str:
        request = RequestFactory().get("/admin/")
        request.user = type(head).objects.get(pk=head.pk)
        found = FiguresPanel(request)
        return render_to_string(found.template_name, found.get_context_data({}), request)

    citizen = Client()
    found = {
        "list": get(chief, listed),
        "late": get(chief, listed, standing="late"),
        "unit": get(officer, listed),
        "words": get(chief, listed, q=Question.objects.all()[FEW // 2].number),
        "figures": get(chief, report),
        "panel": panel,
        "ever": get(chief, report, month="all"),
        "public_figures": get(citizen, reverse("wagtail_pbgdpl:question_figures")),
        "answers": get(citizen, answers),
        "alike": alike.acts()["sentence"],
    }
    return {f"{name} {count}": act for name, act in found.items()}


def measure(rounds: int) -> dict[str, dict[str, Any]]:
    from wagtail_pbgdpl.search import keeping

    found = {}
    before = 0
    for count in (FEW, MANY):
        fill(count, before)
        alike.enter(count - before, before + 1)
        keeping.mend()
        keeping.count()
        found |= measure_acts(acts(count), rounds)
        before = count
    return found


if __name__ == "__main__":
    size = f"{FEW:,} and {MANY:,} questions and answers, {OPEN} open, {UNITS} units"
    main("questions", __doc__, NAMES, size, measure)
