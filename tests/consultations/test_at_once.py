"""C12: fifty at once across the last second, and answers beside the summary, on PostgreSQL."""

from __future__ import annotations

import datetime
from collections import deque
from typing import Any

import pytest
import time_machine
from django.db import connection

from tests.factories import UnitFactory, seated
from tests.together import together
from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.consultations.sorts import Sort
from wagtail_pbgdpl.matters.deeds import Deed, Refused, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory has one connection"
    ),
]

LAST = datetime.date(2026, 3, 31)
MIDNIGHT = datetime.datetime(2026, 4, 1, tzinfo=VIETNAM)


def begun(unit: Any) -> Consultation:
    return cases.follow_page(
        cases.Draft(
            page=4711,
            title="Dự thảo",
            category="C12",
            unit=unit,
            opens_on=datetime.date(2026, 3, 2),
            closes_on=LAST,
            short_because="",
            revision=None,
            provisions=[["dieu-1", "Điều 1", "Phạm vi"]],
            sort=Sort.DRAFT,
            held_at=None,
            guests="",
        )
    )


def test_fifty_across_the_last_second() -> None:
    """Each sends until it is refused: what was taken in is there, and none of it came too late."""
    with time_machine.travel(MIDNIGHT - datetime.timedelta(days=3), tick=False):
        consultation = begun(UnitFactory(categories=["C12"]))

    def send() -> int:
        taken = 0
        while True:
            try:
                cases.receive(consultation, "dieu-1", "Nên bỏ.", {})
            except cases.Closed:
                return taken
            taken += 1

    with time_machine.travel(MIDNIGHT - datetime.timedelta(seconds=1), tick=True):
        found = together(send, threads=50)
    assert all(isinstance(one, int) for one in found), found
    assert sum(found) == Comment.objects.count() > 0
    assert not Comment.objects.filter(received_at__gte=MIDNIGHT).exists()
    assert Matter.objects.filter(kind="draft_comment").count() == Comment.objects.count()


def test_a_withdrawal_and_an_answer() -> None:
    """The author takes back what the officer answers in the same moment: one after the other."""
    unit = UnitFactory(categories=["C12"])
    officer, secretary = seated("contact_officer", unit=unit), seated("secretary")
    with time_machine.travel(MIDNIGHT - datetime.timedelta(days=3), tick=False):
        consultation = begun(unit)
        for _time in range(5):
            _both(consultation, officer, secretary)


def _both(consultation: Consultation, officer: Any, secretary: Any) -> None:
    comment = cases.receive(consultation, "dieu-1", "Nên bỏ.", {})
    act(Deed(comment.matter, "comment_show", secretary))
    values = {"verdict": "accepted", "answer": "Tiếp thu."}
    works = deque(
        [
            lambda: cases.withdraw(comment),
            lambda: act(Deed(comment.matter, "comment_answer", officer, values=values)),
        ]
    )
    found = together(lambda: works.popleft()(), threads=2)
    assert comment.matter.state == "comment_withdrawn", found
    # Answered before it was taken back, or told that it was.
    assert {type(one).__name__ for one in found} in ({"Event"}, {"Event", Refused.__name__})
