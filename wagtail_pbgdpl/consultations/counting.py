"""How many comments there are of a consultation, and what is owed of them."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Q

from ..matters.models import Matter
from . import lifecycle
from .models import COMMENT, Consultation


class Tally(NamedTuple):
    """``waiting``: for the board's look, at a comment or at an answer; ``owed``: answers."""

    all: int
    waiting: int
    owed: int
    answered: int
    withheld: int
    withdrawn: int

    @property
    def unanswered(self) -> int:
        return self.waiting + self.owed

    @property
    def counted(self) -> int:
        """What goes into the summary."""
        return self.waiting + self.owed + self.answered


def matters_of(consultation: Consultation) -> Any:
    """Return the matters of all comments of a consultation."""
    return Matter.objects.filter(kind=COMMENT, subject__in=consultation.comments.values("pk"))


def told(consultation: Consultation) -> set[int]:
    """Return the keys of the questions of a dialogue whose answers the board let stand in public.

    One query; none, and empty, for a draft: its answers come with the summary.
    """
    if not consultation.is_dialogue:
        return set()
    rows = matters_of(consultation).filter(state=lifecycle.ANSWERED).order_by()
    return set(rows.values_list("subject", flat=True))


def tally(consultation: Consultation) -> Tally:
    """Return how many there are of each sort; one query."""
    found = Counter(matters_of(consultation).order_by().values_list("state", flat=True))
    return Tally(
        found.total(),
        found[lifecycle.RECEIVED] + found[lifecycle.TO_TELL],
        found[lifecycle.TO_ANSWER],
        found[lifecycle.ANSWERED],
        found[lifecycle.WITHHELD],
        found[lifecycle.WITHDRAWN],
    )


#: How anchors go on below an article or a clause.
CLAUSE, POINT = "-khoan-", "-diem-"
BELOW = (CLAUSE, POINT)


def at_or_below(anchor: str) -> Q:
    """Return the condition that a comment stands at a provision, or at a part of it."""
    found = Q(place=anchor)
    for begins in BELOW if anchor else ():
        found |= Q(place__startswith=f"{anchor}{begins}")
    return found


def shown_at(consultation: Consultation) -> Counter[str]:
    """Return how many comments the public sees, by anchor; one query.

    Of an article those on its clauses and points count as well.
    """
    rows = consultation.comments.filter(is_shown=True).order_by()
    found: Counter[str] = Counter()
    for anchor in rows.values_list("place", flat=True):
        found.update(_with_those_above(anchor))
    return found


def _with_those_above(anchor: str) -> set[str]:
    found = {anchor}
    while anchor := above(anchor):
        found.add(anchor)
    return found


def above(anchor: str) -> str:
    """Return the anchor of what a clause or a point stands in; empty for an article."""
    for sign in (POINT, CLAUSE):
        whole, found, _rest = anchor.rpartition(sign)
        if found:
            return whole
    return ""
