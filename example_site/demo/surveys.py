"""Answers to the surveys of the demo, the one that is open and the one that is closed."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import Any
from unittest import mock

from wagtail.models import Page

from wagtail_pbgdpl.surveys.answering import close_due, count
from wagtail_pbgdpl.surveys.blocks import choices_of
from wagtail_pbgdpl.surveys.finding import find
from wagtail_pbgdpl.surveys.models import Survey

PAGE = "khao-sat-muc-do-hai-long-ve-cong"
# Where each stands, how many answered, and so many days ago at the latest.
SURVEYS = (
    ("5f0c6a52-1d6d-4a55-9a3e-2b6f0d8f1c01", 14, 1),
    ("5f0c6a52-1d6d-4a55-9a3e-2b6f0d8f1c02", 48, 61),
)


def load_surveys(today: datetime.date) -> int:
    """Answer the surveys that nobody has answered yet; return how often."""
    page = Page.objects.filter(slug=PAGE).first()
    if page is None or Survey.objects.exists():
        return 0
    chance = random.Random(f"{today:%Y%m%d}")  # noqa: S311
    for block, persons, ago in SURVEYS:
        found = find(page.pk, block)
        if found is None:
            continue
        offered = {one.value["text"]: choices_of(one) for one in found.value["questions"]}
        day = today - datetime.timedelta(days=ago)
        # The clock of what is counted; the history of the demo lies in the past.
        with mock.patch("wagtail_pbgdpl.surveys.answering.today", return_value=day):
            for number in range(persons):
                answers = {
                    one.value["text"]: _taken(one, chance) for one in found.value["questions"]
                }
                count(found, answers, offered, f"{number}")
    close_due()
    return sum(Survey.objects.values_list("answers", flat=True))


def _taken(question: Any, chance: random.Random) -> Sequence[str]:
    offered = choices_of(question)
    if question.block_type == "several":
        return chance.sample(offered, chance.randint(1, 2))
    weights = (1, 2, 5, 9, 7) if question.block_type == "scale" else range(len(offered) + 1, 1, -1)
    return chance.choices(offered, weights)
