"""The published summary: by provision for the read API, and as words for the search (C12, I2).

The API tells nothing of what people wrote: that stands on the public page, where it can be blacked
out. The search knows of it what the public reads, without who wrote it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Count, Prefetch

from .blacking import plain
from .models import Answer, BlackOut, Consultation, Wording
from .shown import SUMMARISED, comments, pieces_of

#: Of one consultation, so many comments are searched.
MOST_SEARCHED = 1000


class Given(NamedTuple):
    """An answer of the drafting body, and to how many comments it was given."""

    outcome: str
    guest: str
    text: str
    comments: int


class OfProvision(NamedTuple):
    anchor: str
    label: str
    comments: int
    answers: list[Given]


def by_provision(consultation: Consultation) -> list[OfProvision]:
    """Return what was answered on each provision, in their order, the whole draft first.

    Empty before the summary is published. Three queries.
    """
    if consultation.state() not in SUMMARISED:
        return []
    rows = consultation.comments.filter(is_shown=True).exclude(answer=None).order_by("pk")
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for place, answer in rows.values_list("place", "answer"):
        counts[place][answer] += 1
    answers = Answer.objects.in_bulk({key for found in counts.values() for key in found})
    labels = {"": "", **consultation.labels}
    order = {place: number for number, place in enumerate(labels)}
    return [
        OfProvision(
            place,
            labels.get(place, place),
            counts[place].total(),
            [_given(answers[key], count) for key, count in counts[place].items()],
        )
        for place in sorted(counts, key=lambda one: (order.get(one, len(order)), one))
    ]


def _given(answer: Answer, count: int) -> Given:
    return Given(answer.verdict, answer.guest, answer.text, count)


def words_of(page: int) -> list[str]:
    """Return what the public reads of the comments on a page and of the answers, each once.

    Empty before the summary is published.
    """
    consultation = Consultation.objects.exclude(summarised_on=None).filter(page=page).first()
    if consultation is None:
        return []
    blackouts = Prefetch("blackouts", BlackOut.objects.order_by("start", "pk"))
    wordings = Prefetch("wordings", Wording.objects.order_by("pk").prefetch_related(blackouts))
    rows = comments(consultation).select_related("answer").prefetch_related(wordings)
    found: dict[str, None] = {}
    for one in rows[:MOST_SEARCHED]:
        if words := list(one.wordings.all()):
            found[plain(pieces_of(words[-1]))] = None
        if one.answer is not None:
            found[one.answer.text] = None
    return list(found)


def marks() -> dict[int, str]:
    """Return by page what changes with the words of a published summary."""
    rows = Consultation.objects.exclude(summarised_on=None).annotate(
        hidden=Count("comments__wordings__blackouts")
    )
    found = rows.order_by().values_list("page", "summarised_on", "hidden")
    return {page: f"{on} {hidden}" for page, on, hidden in found}
