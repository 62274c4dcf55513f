"""Counts answers: each within the days of its survey, one of each browser, none with a name.

One lock, that of the survey's row, is held by whoever answers and by whoever closes it. The clock
is read under the lock: what had to wait until after the end comes too late.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..worktime.active import today
from .blocks import State
from .finding import Found, find
from .models import Survey, SurveyCount, SurveyMark

#: Questions by their words, with the words of the choices that were taken.
Answers = Mapping[str, Sequence[str]]


class NotOpen(Exception):
    """The survey is not open, or not any more."""


class Answered(Exception):
    """This browser has answered already."""


def count(found: Found, answers: Answers, offered: Answers, token: str) -> None:
    """Add an answer. ``offered``: all choices; ``token``: what tells the browser from others.

    Raises ``NotOpen`` and ``Answered``; then nothing is counted.
    """
    with transaction.atomic():
        survey = _locked(found, offered)
        if survey.closed_at or found.value.state_on(today()) != State.OPEN:
            raise NotOpen
        digest = _digest(survey, token)
        if SurveyMark.objects.filter(digest=digest).exists():
            raise Answered
        SurveyMark.objects.create(digest=digest, survey=survey)
        for question, choices in answers.items():
            for choice in choices:
                _add(survey, question, choice)
        survey.answers += 1
        survey.closes_on = found.value["closes_on"]
        survey.save(update_fields=["answers", "closes_on"])


def has_answered(found: Found, token: str) -> bool:
    """Whether the browser with this token answered the survey; not known once it is closed."""
    survey = Survey.objects.filter(page=found.page.pk, block=found.block).first()
    if survey is None or survey.closed_at or not token:
        return False
    return bool(SurveyMark.objects.filter(digest=_digest(survey, token)).exists())


def is_closed(found: Found) -> bool:
    """Whether it was closed for good, whatever days the page says now."""
    rows = Survey.objects.filter(page=found.page.pk, block=found.block)
    return bool(rows.filter(closed_at__isnull=False).exists())


def close(survey: Survey) -> None:
    """Close a survey for good: the marks and the key are thrown away, the counts stay."""
    with transaction.atomic():
        row = Survey.objects.select_for_update().get(pk=survey.pk)
        if row.closed_at:
            return
        row.marks.all().delete()
        row.secret, row.closed_at = "", timezone.now()
        row.save(update_fields=["secret", "closed_at"])


def close_due() -> int:
    """Close the surveys whose last day is over, or whose page is gone; return how many."""
    due = [row for row in Survey.objects.filter(closed_at=None) if _is_over(row)]
    for row in due:
        close(row)
    return len(due)


def _is_over(survey: Survey) -> bool:
    found = find(survey.page, survey.block)
    if found is None:
        # Taken down for a while, perhaps: its days go on.
        return bool(survey.closes_on < today())
    return bool(found.value.state == State.CLOSED)


def _locked(found: Found, offered: Answers) -> Survey:
    place = {"page": found.page.pk, "block": found.block}
    fresh = {"title": found.value["title"], "closes_on": found.value["closes_on"]}
    row, is_new = Survey.objects.get_or_create(**place, defaults=fresh)
    survey: Survey = Survey.objects.select_for_update().get(pk=row.pk)
    if is_new:
        SurveyCount.objects.bulk_create(_nothing_yet(survey, offered))
    return survey


def _nothing_yet(survey: Survey, offered: Answers) -> Iterable[SurveyCount]:
    for question, choices in offered.items():
        for choice in choices:
            yield SurveyCount(survey=survey, question=question, choice=choice)


def _add(survey: Survey, question: str, choice: str) -> None:
    rows: Any = SurveyCount.objects.filter(survey=survey, question=question, choice=choice)
    if not rows.update(number=F("number") + 1):
        SurveyCount.objects.create(survey=survey, question=question, choice=choice, number=1)


def _digest(survey: Survey, token: str) -> str:
    return hmac.new(survey.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
