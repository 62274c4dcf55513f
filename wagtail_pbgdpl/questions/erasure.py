"""The erasure of an asker: by an official, and when the time for keeping is over.

Afterwards nothing of what the asker said or wrote is left in a table or a file. Number, matter,
events, clock and figures stay. Clauses: Luật 91/2025/QH15; BK21 Điều 7 (Q7, X5, R12).
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from ..intake import retention
from ..matters import record
from ..matters.models import Matter
from . import letters
from .models import Question

#: Sent with ``question`` in the transaction that erases an asker: what was made of it elsewhere,
#: with the name of the asker, goes as well.
asker_erased = Signal()
EXPIRED = "expired"


def erase(question: Question, now: datetime.datetime | None = None) -> None:
    """Empty whatever is about the asker, of the question and of all that came with it.

    No event is written. Within a transaction, with the matter of the question locked.
    """
    matter = question.matter
    question.clarifications.update(wanted="", text="")
    # A part is written to the case of the asker.
    question.parts.update(asked="", text="")
    question.former_ratings.update(comment="")
    for file in question.files.all():
        file.delete()
    letters.to_the_asker(question, matter).delete()
    question.data_requests.update(text="")
    question.erase(now or timezone.now())
    asker_erased.send(Question, question=question)


def forget(now: datetime.datetime | None = None) -> int:
    """Erase what was kept for as long as the register of personal fields says; return how many.

    Counted from when the matter was closed. ``now``: an aware instant, otherwise the present one.
    """
    now = now or timezone.now()
    return sum(_forget(pk, now) for pk in _kept_too_long(now))


def _kept_too_long(now: datetime.datetime) -> list[int]:
    days = retention.shortest(Question)
    if days is None:
        return []
    held = Question.objects.filter(erased_at=None)
    closed = Matter.objects.filter(closed_at__lte=now - datetime.timedelta(days=days))
    keys: list[int] = []
    for kind in held.order_by().values_list("kind", flat=True).distinct():
        subjects = held.filter(kind=kind).values("pk")
        keys += closed.filter(kind=kind, subject__in=subjects).values_list("pk", flat=True)
    return sorted(keys)


@transaction.atomic
def _forget(pk: int, now: datetime.datetime) -> bool:
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=pk)
    question = Question.objects.select_for_update().get(pk=matter.subject)
    # Opened again, or erased by somebody, since the list was read.
    if matter.closed_at is None or question.erased_at is not None:
        return False
    # What the asker wants done with the data is decided first.
    if question.open_data_requests().exists():
        return False
    emptied = retention.forget(question, matter.closed_at, now)
    if question.erased_at is not None:
        erase(question, now)
        record.note(matter, EXPIRED)
    return bool(emptied)
