"""Several changes of the law, and a decision, at the same moment (R16), on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from tests.factories import UnitFactory, seated
from tests.together import together
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.reviews import cases
from wagtail_pbgdpl.reviews.models import ANSWER_REVIEW, LawChange, Review
from wagtail_pbgdpl.worktime.active import today

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite in memory has one connection"
    ),
]


def flagged(unit: Any) -> None:
    change = LawChange(document=1, name="Luật", before="CHL", after="HHL", since=today())
    with transaction.atomic():
        cases.flag(cases.Answer(4711, "Khai sinh ở đâu?", "C6", unit), [change])


def test_one_review_is_open_and_no_change_is_lost() -> None:
    unit = UnitFactory(categories=["C6"])
    assert together(lambda: flagged(unit)) == [None] * 4
    assert Review.objects.count() == Matter.objects.filter(kind=ANSWER_REVIEW).count() == 1
    assert LawChange.objects.count() == 4


def test_of_two_heads_one_decides_and_the_other_is_told() -> None:
    unit = UnitFactory(categories=["C6"])
    heads = [seated("unit_head", unit=unit), seated("unit_head", unit=unit)]
    flagged(unit)
    matter = Matter.objects.get(kind=ANSWER_REVIEW)
    mark = matter.mark

    def decide() -> Any:
        return act(Deed(matter, "still_right", heads.pop(), text="Vẫn đúng.", seen=mark))

    found = together(decide, threads=2)
    assert sorted(type(one).__name__ for one in found) == ["Event", "Refused"], found


def test_a_change_beside_a_decision_is_not_lost() -> None:
    """It is added to what is decided then, or begins a review of its own."""
    unit = UnitFactory(categories=["C6"])
    head = seated("unit_head", unit=unit)
    flagged(unit)
    matter = Matter.objects.get(kind=ANSWER_REVIEW)
    work = [
        lambda: flagged(unit),
        lambda: act(Deed(matter, "still_right", head, text="Vẫn đúng.", seen=matter.mark)),
    ]
    together(lambda: work.pop()(), threads=2)
    assert LawChange.objects.count() == 2
    for review in Review.objects.filter(is_open=True):
        assert Matter.objects.get(kind=ANSWER_REVIEW, subject=review.pk).is_open
