"""What the public reads of the comments on a draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Prefetch

from . import lifecycle
from .blacking import Piece, Span, pieces
from .counting import at_or_below, told
from .models import BlackOut, Comment, Consultation, Wording
from .states import ConsultationState

SUMMARISED = (ConsultationState.SUMMARISED, ConsultationState.ISSUED)


class Shown(NamedTuple):
    """A comment as it stands in public; ``answer``: ``None`` until the summary is published.

    ``label``: of what it was made on; ``place``: the anchor at which it stands now, ``has_moved``:
    whether that is another, or what stands there is.
    """

    number: str
    label: str
    place: str
    has_moved: bool
    author: str
    author_kind: str
    source: str
    on: Any
    entered: bool
    version: int
    pieces: list[Piece]
    answer: Any


def comments(consultation: Consultation, anchor: str | None = None) -> Any:
    """Return the comments that are shown, the first first; on one provision and its parts if an
    anchor is given, none for the whole draft."""
    rows = consultation.comments.filter(is_shown=True)
    if anchor is not None:
        rows = rows.filter(at_or_below(anchor))
    return rows.order_by("pk")


def as_shown(rows: Any, consultation: Consultation) -> list[Shown]:
    """Return comments as the public reads them; three queries however many there are, one more of
    a dialogue.

    Answers stand with the published summary, those of a dialogue as soon as the board let them.
    """
    is_summarised = consultation.state() in SUMMARISED
    answered = set() if is_summarised else told(consultation)
    blackouts = Prefetch("blackouts", BlackOut.objects.order_by("start", "pk"))
    wordings = Prefetch("wordings", Wording.objects.order_by("pk").prefetch_related(blackouts))
    found = rows.select_related("answer", "version").prefetch_related(wordings)
    return [_shown(one, is_summarised or one.pk in answered) for one in found]


def _shown(comment: Comment, with_answers: bool) -> Shown:
    words = list(comment.wordings.all())
    return Shown(
        comment.number,
        comment.label,
        comment.place,
        comment.is_homeless or comment.place != comment.anchor,
        comment.known_as,
        comment.get_author_display(),
        comment.get_source_display() if comment.source != Comment.Source.PORTAL else "",
        comment.arrived_on,
        comment.source != Comment.Source.PORTAL,
        comment.version.number,
        pieces_of(words[-1]) if words else [],
        comment.answer if with_answers else None,
    )


def has_public_answer(comment: Comment, matter: Any) -> bool:
    """Whether the public reads the answer to it, as ``as_shown`` has it."""
    consultation = comment.consultation
    if consultation.state() in SUMMARISED:
        return True
    return consultation.is_dialogue and matter.state == lifecycle.ANSWERED


def pieces_of(wording: Wording) -> list[Piece]:
    """Return the words with what is blacked out of them."""
    return pieces(wording.text, _spans(wording.blackouts.all()))


def _spans(rows: Iterable[BlackOut]) -> list[Span]:
    return [Span(one.start, one.end, one.reason) for one in rows]
