"""P9: answers and the end of a survey at the same moment (on PostgreSQL)."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest
from django.db import connection

from tests.together import together
from wagtail_pbgdpl.surveys import answering
from wagtail_pbgdpl.surveys.answering import Answered, NotOpen, close, count
from wagtail_pbgdpl.surveys.blocks import SurveyBlock
from wagtail_pbgdpl.surveys.finding import Found
from wagtail_pbgdpl.surveys.models import Survey, SurveyCount, SurveyMark

from .conftest import BLOCK, CLOSES, FOUND, stream

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)
OFFERED = {FOUND: ["Dễ", "Khó"]}


class Page:
    pk = 5


@pytest.fixture
def found(committed: None) -> Any:
    value = SurveyBlock().to_python(stream()[0]["value"])
    yield Found(Page, BLOCK, value)
    Survey.objects.all().delete()


def test_none_is_counted_after_it_was_closed(found: Found) -> None:
    """Ten answer and one closes it: what was taken is counted, what was refused is not."""
    count(found, {FOUND: ["Dễ"]}, OFFERED, "first")
    survey = Survey.objects.get()
    works: deque[Any] = deque(
        [lambda number=number: count(found, {FOUND: ["Dễ"]}, OFFERED, f"t{number}")
         for number in range(10)]
    )  # fmt: skip
    works.insert(5, lambda: close(survey))
    done = together(lambda: works.popleft()(), threads=11)
    refused = [one for one in done if isinstance(one, Exception)]
    assert {type(one) for one in refused} <= {NotOpen}, done
    survey.refresh_from_db()
    assert survey.answers == 11 - len(refused)
    assert SurveyCount.objects.get(choice="Dễ").number == survey.answers
    assert not SurveyMark.objects.exists()


def test_across_midnight(found: Found, monkeypatch: Any) -> None:
    """Both were let in by their forms; the second comes to the lock when the day is over."""
    days = deque([CLOSES, CLOSES.replace(day=21)])
    monkeypatch.setattr(answering, "today", lambda: days.popleft())
    tokens = deque(["a", "b"])
    done = together(lambda: count(found, {FOUND: ["Khó"]}, OFFERED, tokens.popleft()), threads=2)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "NotOpen"], done
    assert Survey.objects.get().answers == 1


def test_one_of_a_browser_counts(found: Found) -> None:
    done = together(lambda: count(found, {FOUND: ["Khó"]}, OFFERED, "same"), threads=5)
    assert [one for one in done if one is None] == [None]
    assert {type(one) for one in done if one is not None} == {Answered}, done
    assert Survey.objects.get().answers == 1
