"""How reviews begin, grow and end with what becomes of laws and of pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from ..authority.refusals import Refused
from ..core.accounts import User
from ..matters import letters, record
from ..matters.deeds import Happening, act
from ..matters.models import Matter
from ..organisation.models import Unit
from .kinds import AnswerReview, facts_of
from .models import ANSWER_REVIEW, LawChange, Review

ATTEMPTS = 5


class Answer(NamedTuple):
    """A public item as its review knows it; ``page`` is its number."""

    page: int
    title: str
    category: str
    unit: Unit | None


def is_open(page: int) -> bool:
    """Whether the item at this page is being looked at again."""
    return bool(Review.objects.filter(page=page, is_open=True).exists())


def flag(answer: Answer, changes: Sequence[LawChange]) -> None:
    """Let the unit look at an item; what comes while it is to do so is added.

    ``changes`` are not saved yet. Within a transaction.
    """
    for _attempt in range(ATTEMPTS):
        # Else closed, or begun by another, in this very moment.
        if _begun(answer, changes) or _added(answer, changes):
            return
    raise RuntimeError(f"the review of the page {answer.page} neither begins nor grows")


def _begun(answer: Answer, changes: Sequence[LawChange]) -> bool:
    if is_open(answer.page):
        return False
    try:
        with transaction.atomic():
            review = Review.objects.create(page=answer.page)
    except IntegrityError:
        return False
    for change in changes:
        change.review = review
        change.save()
    matter = record.begin(
        AnswerReview,
        review,
        title=answer.title,
        category=answer.category,
        unit=answer.unit,
    )
    first = [facts_of(change) for change in changes]
    event = record.note(matter, "law_changed", changes=first)
    letters.turn_begins(matter, event, apart_from=None)
    return True


def _added(answer: Answer, changes: Sequence[LawChange]) -> bool:
    matter = _open_matter(answer.page)
    if matter is None:
        return False
    try:
        act(Happening(matter, "law_changed", values={"changes": list(changes)}))
    except Refused:
        return False
    return True


def amended(page: int, written_at: Any, by: User | None = None) -> None:
    """Close the review of an item of which an amended version was published.

    ``written_at``: when that version was stored, an aware instant. One from before the last change
    was noted has not heard of it, and closes nothing.
    """
    matter = _open_matter(page)
    if matter is None:
        return
    last = LawChange.objects.filter(review=matter.subject).order_by("pk").last()
    if written_at is not None and last is not None and written_at > last.noted_at:
        _close(matter, "answer_amended")


def withdrawn(page: int) -> None:
    """Close the review of an item that is no longer public."""
    if (matter := _open_matter(page)) is not None:
        _close(matter, "answer_withdrawn")


def _close(matter: Matter, move: str) -> None:
    try:
        act(Happening(matter, move))
    except Refused:
        # Somebody has decided in this very moment.
        return


def _open_matter(page: int) -> Matter | None:
    mine = Review.objects.filter(page=page, is_open=True).values("pk")
    return Matter.objects.filter(kind=ANSWER_REVIEW, subject__in=mine).first()
