"""What was answered, question by question, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..blocks.chart_data import ChartData, Series
from ..blocks.chart_svg import draw
from .models import Survey, SurveyCount


@dataclass(frozen=True, slots=True)
class Choice:
    """``share``: of all who answered the survey, in per cent."""

    text: str
    number: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    choices: tuple[Choice, ...]

    @property
    def drawing(self) -> SafeString:
        """The bars, as SVG."""
        labels = [choice.text for choice in self.choices]
        numbers: list[Decimal | None] = [Decimal(choice.number) for choice in self.choices]
        told = _("The numbers are in the table below.")
        data = ChartData(labels, [Series(self.text, numbers)])
        return draw("bar", data, title=self.text, description=told)


@dataclass(frozen=True, slots=True)
class Results:
    answers: int
    questions: tuple[Question, ...]


def results(page: int, block: str) -> Results:
    """Return what was answered; nothing where nobody did. Two queries."""
    survey = Survey.objects.filter(page=page, block=block).first()
    return Results(0, ()) if survey is None else results_of(survey)


def results_of(survey: Survey) -> Results:
    """Return the questions in their order, with every choice by the words that stood there."""
    counts = survey.counts.order_by("pk")
    return Results(survey.answers, tuple(_questions(counts, survey.answers)))


def share(number: int, of: int) -> Decimal:
    """Return a number in per cent of another, with one decimal."""
    return round(Decimal(100 * number) / of, 1) if of else Decimal(0)


def drawings(found: Results) -> SafeString:
    """Return the bars of all questions below their headings."""
    return format_html_join(
        "", "<h3>{}</h3>{}", ((one.text, one.drawing) for one in found.questions)
    )


def _questions(counts: Iterable[SurveyCount], answers: int) -> Iterable[Question]:
    order: dict[str, int] = {}
    rows: list[Any] = sorted(counts, key=lambda row: order.setdefault(row.question, len(order)))
    for text, group in groupby(rows, key=lambda row: row.question):
        yield Question(
            text,
            tuple(Choice(one.choice, one.number, share(one.number, answers)) for one in group),
        )
