"""What is played under BK21 elsewhere, where BK18 and BP20 say otherwise (Q1, Q3, Q7; T8, T12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import UnitFactory
from tests.mailbox.letters import BOX, raw
from tests.questions.case import day, end_of, received, signed_in, state
from tests.questions.test_bulk import press
from wagtail_pbgdpl.mailbox.taking import take_in
from wagtail_pbgdpl.matters.kinds import kind_named
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.own_data import requests as data_requests
from wagtail_pbgdpl.own_data.models import DataRequest
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.reviews.models import ANSWER_REVIEW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

BK18, BP20 = "bac_kan_portal_2018", "binh_phuoc_2020"
REGULATIONS = [
    # profile, a sort of question, its clause, the role that decides on data
    pytest.param((BK18, "noi-dung-khac", "Điều 7 khoản 1 điểm f"), id="BK18"),
    pytest.param((BP20, "linh-vuc-cua-so", "Điều 9 khoản 3 điểm e"), id="BP20"),
]


@pytest.fixture(params=REGULATIONS)
def regulation(request: Any, settings: Any) -> tuple[str, str, str]:
    changed = {"PROFILE": request.param[0], "MAIL_ADDRESS": BOX}
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, **changed}
    return request.param  # type: ignore[no-any-return]


def test_several_at_one_press(regulation: Any, secretary: Any) -> None:
    """By the sorts of the regulation alone, with its clause and its clock, from the receipt."""
    _profile, topic, clause = regulation
    unit, questions = UnitFactory(categories=["hoi-dap"]), [received(), received()]
    client = signed_in(secretary)
    press(client, "forward", *questions, unit=unit.pk, topic="quan-ly-nha-nuoc")
    assert [state(one) for one in questions] == ["received"] * 2
    press(client, "forward", *questions, unit=unit.pk, topic=topic)
    for question in questions:
        row = question.matter
        assert (row.state, row.clause, row.category) == ("with_unit", clause, "hoi-dap")
        assert row.due_at == end_of(day(23).date())


def test_a_mail_and_a_request_about_its_data(regulation: Any, secretary: Any) -> None:
    """The clock of a mail runs from its receipt; the request is the law's, not the regulation's."""
    take_in(raw())
    question = Question.objects.get()
    row = question.matter
    assert (row.state, row.category, row.role) == ("received", "hoi-dap", "secretary")
    assert row.due_at == end_of(day(23).date())
    data_requests.ask(question, DataRequest.Sort.COPY, "")
    matter = DataRequest.objects.get().matter
    assert (matter.role, matter.due_at) == ("secretary", end_of(day(4).date()))
    assert "91/2025/QH15" in matter.clause
    assert signed_in(secretary).get(matter.address).status_code == 200


def test_the_clock_of_a_review(regulation: Any) -> None:
    profile, _topic, _clause = regulation
    rule = kind_named(ANSWER_REVIEW).rule_of(Matter(kind=ANSWER_REVIEW, category="hoi-dap"))
    assert rule is not None
    assert rule.limit.amount == 10
    assert ("Điều 13 khoản 3" in rule.cited) is (profile == BP20)
