"""What the public does: ask, add what is missing, withdraw, rate (C6, Q1–Q3, Q8, Q10).

Whoever calls has made sure that it is the asker.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..authority.candidates import candidates
from ..core.text import nfc
from ..intake.tracking import new_code
from ..matters import letters as letters_to_officials
from ..matters import record
from ..matters.deeds import Happening, Refused, act, too_late
from ..matters.kinds import kind_of
from ..matters.models import Event, Matter
from ..regulations import QuestionKind
from ..worktime.deadline import local_day
from . import letters, rules, tallies
from .kinds import KINDS
from .models import STARS, Question

# What numbers begin with.
PREFIXES = {
    QuestionKind.QUESTION: "HD",
    QuestionKind.FEEDBACK: "PH",
    QuestionKind.PETITION: "KN",
}


@transaction.atomic
def receive(
    kind: str,
    text: str,
    sender: Mapping[str, Any],
    *,
    at: datetime.datetime | None = None,
    receipt: str = "",
    **about: Any,
) -> Question:
    """Take in what somebody sent, begin its matter, and tell the asker and the secretaries.

    ``kind`` is one of ``QuestionKind``, ``sender`` holds the fields of ``Sender``, ``about`` may
    name ``commune`` and ``legal_field``. ``at``: the aware instant of the receipt. ``receipt``:
    what the letter to the asker says besides, in the portal's language.
    Raises ``ValidationError`` where the regulation has no category for it, or a field is wrong.
    """
    category = rules.category_for(kind)
    if not category:
        raise ValidationError(_("The regulation of this portal has no questions and answers."))
    at = at or timezone.now()
    code = new_code()
    question = Question(
        kind=kind, text=text, code=code, number=code, received_at=at, clock_from=at,
        **sender, **about,
    )  # fmt: skip
    question.full_clean()
    question.save()
    question.number = f"{PREFIXES[QuestionKind(kind)]}-{local_day(at).year}-{question.pk:06d}"
    question.save(update_fields=["number"])
    matter = record.begin(KINDS[kind], question, title=question.title, category=category, start=at)
    letters_to_officials.turn_begins(matter, matter.events.latest("pk"), apart_from=None)
    letters.received(question, matter, receipt)
    return question


def supplied(question: Question, text: str) -> Event:
    """Add what the asker was asked for; the clock goes on.

    Raises ``ValidationError`` for nothing, ``Refused`` where nothing is asked any longer.
    """
    text = nfc(text).strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to add.")})
    return act(Happening(question.matter, "supplied", values={"text": text}))


@transaction.atomic
def added(question: Question, text: str) -> Event:
    """Keep what the asker writes to an open question; tell its officials.

    Where something was asked for, that is ``supplied``. Raises ``ValidationError`` for nothing,
    ``Refused`` where it is closed.
    """
    text = nfc(text).strip()
    if not text:
        raise ValidationError({"text": _("Write what you want to add.")})
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=question.matter.pk)
    if not matter.is_open:
        raise Refused(too_late(Event.objects.filter(matter=matter)))
    if matter.state == "needs_information":
        return supplied(question, text)
    now = timezone.now()
    question.clarifications.create(asked_at=now, supplied_at=now, text=text)
    event = record.note(matter, "added")
    around = letters_to_officials.those_around(matter)
    holders = candidates(kind_of(matter).item_of(matter))
    letters_to_officials.decided(event, [*around, *holders])
    return event


def withdraw(question: Question) -> Event:
    """Close it, as the asker wants. Raises ``Refused`` where it is closed already."""
    return act(Happening(question.matter, "asker_withdrew"))


def may_rate(question: Question, matter: Matter) -> bool:
    """Say whether there is an answer that the asker has not rated yet: the first, or a new one."""
    if matter.outcome != "answered":
        return False
    since = matter.closed_at
    return question.rated_at is None or (since is not None and question.rated_at < since)


@transaction.atomic
def rate(question: Question, stars: int, comment: str = "") -> None:
    """Keep what the asker says of the answer: 1 to 5, once for each answer.

    What was said of a former answer is kept. Raises ``ValidationError`` for another number, for a
    second time and before there is an answer.
    """
    matter = Matter.objects.select_for_update().get(pk=question.matter.pk)
    question = Question.objects.get(pk=question.pk)
    if not 1 <= stars <= STARS:
        raise ValidationError({"rating": _("From 1 to %(most)d.") % {"most": STARS}})
    if matter.outcome != "answered":
        raise ValidationError(_("There is no answer yet."))
    if not may_rate(question, matter):
        raise ValidationError(_("You have rated this answer already."))
    if question.rated_at is not None and question.rating is not None:
        question.former_ratings.create(
            rating=question.rating, comment=question.rating_comment, rated_at=question.rated_at
        )
    question.rating, question.rating_comment = stars, comment.strip()
    question.rated_at = timezone.now()
    question.save(update_fields=["rating", "rating_comment", "rated_at"])
    tallies.mark(question)
    record.note(matter, "rated", stars=stars)
