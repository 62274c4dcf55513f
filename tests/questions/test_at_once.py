"""Two who do the same to a question at the same moment (R12), on PostgreSQL."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories import UnitFactory, seated
from tests.questions.case import received
from tests.questions.test_published import answered
from tests.together import together
from wagtail_pbgdpl.content.public_answers import begin
from wagtail_pbgdpl.core.base_page import base_page_model
from wagtail_pbgdpl.matters.deeds import Deed, Refused, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.own_data import requests as data_requests
from wagtail_pbgdpl.own_data.models import DataRequest
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Part

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def test_one_forwards_it_and_the_other_is_told(committed: None) -> None:
    units = deque([UnitFactory(categories=["C6"]), UnitFactory(categories=["C6"])])
    people = deque([seated("secretary"), seated("secretary")])
    other = UnitFactory(categories=["C6"])
    question = received()
    matter = question.matter

    def forward() -> Any:
        values = {"topic": "noi-dung-khac", "unit": units.popleft(), "others": [other]}
        return act(Deed(matter, "forward", people.popleft(), seen=matter.mark, values=values))

    found = together(forward, threads=2)
    assert sorted(type(one).__name__ for one in found) == ["Event", "Refused"], found
    assert matter.events.filter(move="forward").count() == 1
    assert Part.objects.filter(question=question).count() == 1


def test_one_page_of_the_answer(committed: None) -> None:
    """Two officials press the button at once; both come to the same draft."""
    unit = UnitFactory(categories=["C6"])
    officer = seated("contact_officer", unit=unit)
    question = answered(unit)
    try:
        found = together(lambda: begin(question, officer).pk, threads=2)
        assert len(set(found)) == 1, found
        assert AnswerPage.objects.count() == 1
    finally:
        for page in base_page_model().objects.type(AnswerPage):
            page.delete()
        question.legal_field.delete()


def test_one_request_for_a_copy(committed: None) -> None:
    """Q7: two presses at once are one request; the other is told."""
    question = received()
    found = together(lambda: data_requests.ask(question, "copy"), threads=2)
    assert sorted(type(one).__name__ for one in found) == ["DataRequest", "ValidationError"], found
    assert DataRequest.objects.get().matter.is_open
    assert Matter.objects.filter(kind="data_request").count() == 1


def test_an_erasure_and_a_request(committed: None) -> None:
    """Q7: an official erases while the asker asks for a copy: the one or the other, not both."""
    question, secretary = received(), seated("secretary")
    cases.withdraw(question)
    works = deque(
        [
            lambda: data_requests.ask(question, "copy"),
            lambda: act(Deed(question.matter, "erase", secretary, text="Xóa")),
        ]
    )
    found = together(lambda: works.popleft()(), threads=2)
    refused = [one for one in found if isinstance(one, Exception)]
    assert [type(one) for one in refused] in ([Refused], [ValidationError]), found
    question.refresh_from_db()
    assert (question.erased_at is None) is DataRequest.objects.exists()
