"""Writes down what was decided, with the authority in words that hold for ever (R3, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q
from wagtail.models import AbstractPage, Revision, TaskState

from ..authority.rules import BOARD, JUDGING, Answer
from ..core.accounts import User
from ..matters import ledger, record
from ..matters.deeds import in_writing
from ..matters.models import Event, EventFile
from ..matters.publications import Move
from ..matters.signature import signature
from ..regulations import Action, RefusalGround
from .contents import Contents, contents_of
from .pages import ModeratedPage
from .steps import StepMixin

# Steps by which somebody answers for the text, as its writers do (R6).
SENDING = ("", Action.SUBMIT, Action.UNIT_APPROVE)
# Where a version carries what it holds.
CONTENTS = "_contents"
# Moves by which an item goes on its way or becomes public: they keep what it held.
ONWARD = (Move.SUBMITTED, Move.PASSED, Move.EMERGENCY, Move.ENTERED)


def enter(
    page: ModeratedPage,
    move: str,
    *,
    by: User | None = None,
    answer: Answer | None = None,
    revision: Revision | int | None = None,
    task: StepMixin | None = None,
    round_number: int = 1,
    clears: bool = False,
    grounds: Iterable[RefusalGround] = (),
    text: str = "",
    detail: Mapping[str, object] | None = None,
) -> Event:
    """Write a decision; ``revision`` is its number or the row, by default the latest of the page.

    ``answer`` is what the rules of authority said. Where the item goes on its way, what it holds
    is written too.
    """
    number = getattr(revision, "pk", revision) or page.latest_revision_id
    held = _held(page, number) if move in ONWARD else Contents("", ())
    matter = ledger.of_page(page) or ledger.keep(page)
    event = record.enter(
        matter,
        move,
        by,
        title=(page.draft_title or page.title)[:255],
        category=getattr(page, "category", "") or "",
        unit_id=getattr(page, "unit_id", None),
        revision=number,
        clears=clears,
        round=round_number,
        action=task.action if task else "",
        step=task.name if task else "",
        clause=task.clause if task else "",
        **signature(answer),
        grounds=in_writing(grounds),
        text=text.strip(),
        digest=held.digest,
        detail=dict(detail or {}),
    )
    EventFile.objects.bulk_create(EventFile(event=event, **file._asdict()) for file in held.files)
    if by is not None and move in (Move.SUBMITTED, Move.PASSED) and event.action in SENDING:
        ledger.add_writer(matter, by.pk)
    return event


def _held(page: ModeratedPage | None, number: int | None) -> Contents:
    """Return what a version of a page holds; of the latest, while an act holds it, read once."""
    revision = _at_hand(page, number) or Revision.objects.filter(pk=number).first()
    if revision is None:
        return Contents("", ())
    if CONTENTS not in revision.__dict__:
        revision.__dict__[CONTENTS] = contents_of(revision)
    return revision.__dict__[CONTENTS]


def _at_hand(page: AbstractPage | None, number: int | None) -> Revision | None:
    """Return the row of a version where an act holds it, or has just read what it holds."""
    if page is None:
        return None
    if ledger.is_held(page) and number == page.latest_revision_id:
        return page.latest_revision
    shown = page._state.fields_cache.get("live_revision")
    return shown if shown is not None and shown.pk == number and CONTENTS in vars(shown) else None


def is_cleared(page: ModeratedPage, revision_number: int | None) -> bool:
    """Whether a revision may be public: it was approved, and not taken down since."""
    if revision_number is None:
        return False
    taken_down = Q(move=Move.TAKEN_DOWN)
    rows = Event.objects.of_page(page.pk).filter(
        taken_down | Q(revision=revision_number, clears=True)
    )
    last = rows.order_by("-pk").first()
    return last is not None and last.move != Move.TAKEN_DOWN and is_unchanged(last, page)


def is_unchanged(decision: Event, page: ModeratedPage | None = None) -> bool:
    """Whether the version of a decision, with its files, is what it was; unknown counts as yes.

    ``page``: what it is about, where an act holds that.
    """
    return not decision.digest or _held(page, decision.revision).digest == decision.digest


def last_onward(page_id: int, round_number: int) -> Event | None:
    """Return the decision by which an item came to where it is in this round."""
    rows = Event.objects.of_page(page_id).filter(round=round_number, move__in=ONWARD)
    return rows.order_by("-pk").first()


def was_judged(page_id: int, revision_number: int | None, round_number: int) -> bool:
    """Whether the board verified or approved this version in this round (R8)."""
    rows = Event.objects.of_page(page_id)
    return rows.filter(
        revision=revision_number,
        round=round_number,
        move=Move.PASSED,
        action__in=JUDGING,
        role__in=BOARD,
    ).exists()


def names(revision: Revision) -> bool:
    """Whether a version is bound to something: a decision, a step, a time, the public (R12)."""
    return (
        revision.approved_go_live_at is not None
        or revision.content_object.live_revision_id == revision.pk
        or Event.objects.filter(revision=revision.pk).exists()
        or TaskState.objects.filter(revision=revision).exists()
    )


def behind(page_id: int, revision_number: int | None) -> Event | None:
    """Return who answers for a public revision: the approval, not the mere posting (R2)."""
    rows = Event.objects.of_page(page_id).filter(revision=revision_number).select_related("by")
    cleared = rows.filter(clears=True).order_by("-pk").first()
    if cleared is None or cleared.move != Move.PASSED or cleared.action != Action.PUBLISH:
        return cleared
    approvals = rows.filter(move=Move.PASSED, action=Action.APPROVE, pk__lt=cleared.pk)
    return approvals.order_by("-pk").first() or cleared


def last_of(page_id: int) -> Event | None:
    return Event.objects.decisions().of_page(page_id).order_by("-pk").first()
