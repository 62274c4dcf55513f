"""The published summary in figures, by provision: what the read API tells of it (C12, I2).

Nothing of what people wrote, and nothing about them: that stands on the public page, where it can
be withdrawn and erased.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from .models import Answer, Consultation
from .shown import SUMMARISED


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
