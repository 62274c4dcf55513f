"""Writes down what was decided, with the authority in words that hold for ever (R3, R12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from ..authority.rules import BOARD, JUDGING, Answer
from ..core.history import name_of
from ..organisation.models import Delegation
from ..regulations import Action, RefusalGround
from ..regulations.active import get_regulation
from .contents import Contents, contents_of
from .models import Decision, DecisionFile, StepTask

Kind = Decision.Kind
# Kinds by which an item goes on its way or becomes public: they keep what it held.
ONWARD = (Kind.SUBMITTED, Kind.PASSED, Kind.EMERGENCY, Kind.ENTERED)


def enter(
    page: Any,
    kind: str,
    *,
    by: Any = None,
    answer: Answer | None = None,
    revision: Any = None,
    task: StepTask | None = None,
    round_number: int = 1,
    clears: bool = False,
    grounds: Iterable[RefusalGround] = (),
    text: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Decision:
    """Write a decision; ``revision`` is its number or the row, by default the latest of the page.

    ``answer`` is what the rules of authority said. Where the item goes on its way, what it holds
    is written too.
    """
    number = getattr(revision, "pk", revision) or page.latest_revision_id
    delegation = _delegation(answer)
    held = _held(number) if kind in ONWARD else Contents("", ())
    decision = Decision.objects.create(
        page_id=page.pk,
        title=(page.draft_title or page.title)[:255],
        category=getattr(page, "category", "") or "",
        unit_id=getattr(page, "unit_id", None),
        revision_number=number,
        kind=kind,
        clears=clears,
        round=round_number,
        action=task.action if task else "",
        step=task.name if task else "",
        clause=task.clause if task else "",
        by=by if by is not None and by.pk else None,
        by_name=name_of(by),
        role=str(answer.role) if answer and answer.role else "",
        authority=authority_in_words(answer, delegation),
        delegation=delegation,
        grounds=[
            {"code": ground.code, "name": ground.name, "clause": ground.cited} for ground in grounds
        ],
        text=text.strip(),
        digest=held.digest,
        detail=dict(detail or {}),
    )
    DecisionFile.objects.bulk_create(
        DecisionFile(decision=decision, **file._asdict()) for file in held.files
    )
    return decision


def _held(number: int | None) -> Contents:
    revision = Revision.objects.filter(pk=number).first()
    return contents_of(revision) if revision else Contents("", ())


def authority_in_words(answer: Answer | None, delegation: Delegation | None) -> str:
    """Say in which capacity somebody acts, as a signature under a document does."""
    if answer is None or answer.role is None:
        return ""
    role = get_regulation().roles[answer.role].name
    if delegation is None:
        return role
    # It is kept: in the language of the portal, not in that of who happens to act.
    with translation.override(settings.LANGUAGE_CODE):
        return _("On behalf of %(role)s %(name)s, under Decision no. %(number)s") % {
            "role": role,
            "name": name_of(delegation.delegator.user),
            "number": delegation.decision_number,
        }


def _delegation(answer: Answer | None) -> Delegation | None:
    if answer is None or answer.mandate is None:
        return None
    rows = Delegation.objects.select_related("delegator__user")
    return rows.get(pk=answer.mandate.pk)


def is_cleared(page_id: int, revision_number: int | None) -> bool:
    """Whether a revision may be public: it was approved, and not taken down since."""
    if revision_number is None:
        return False
    cleared = (
        Decision.objects.filter(page_id=page_id, revision_number=revision_number, clears=True)
        .order_by("-pk")
        .first()
    )
    if cleared is None or not is_unchanged(cleared):
        return False
    later = Decision.objects.filter(page_id=page_id, kind=Kind.TAKEN_DOWN, pk__gt=cleared.pk)
    return not later.exists()


def is_unchanged(decision: Decision) -> bool:
    """Whether the version of a decision, with its files, is what it was; unknown counts as yes."""
    return not decision.digest or _held(decision.revision_number).digest == decision.digest


def last_onward(page_id: int, round_number: int) -> Decision | None:
    """Return the decision by which an item came to where it is in this round."""
    rows = Decision.objects.filter(page_id=page_id, round=round_number, kind__in=ONWARD)
    return rows.order_by("-pk").first()


def was_judged(page_id: int, revision_number: int | None, round_number: int) -> bool:
    """Whether the board verified or approved this version in this round (R8)."""
    return Decision.objects.filter(
        page_id=page_id,
        revision_number=revision_number,
        round=round_number,
        kind=Kind.PASSED,
        action__in=JUDGING,
        role__in=BOARD,
    ).exists()


def names(revision: Any) -> bool:
    """Whether a version is bound to something: a decision, a step, a time, the public (R12)."""
    return (
        revision.approved_go_live_at is not None
        or revision.content_object.live_revision_id == revision.pk
        or Decision.objects.filter(revision_number=revision.pk).exists()
        or TaskState.objects.filter(revision=revision).exists()
    )


def behind(page_id: int, revision_number: int | None) -> Decision | None:
    """Return who answers for a public revision: the approval, not the mere posting (R2)."""
    rows = Decision.objects.filter(page_id=page_id, revision_number=revision_number)
    cleared = rows.filter(clears=True).order_by("-pk").first()
    if cleared is None or cleared.kind != Kind.PASSED or cleared.action != Action.PUBLISH:
        return cleared
    approvals = rows.filter(kind=Kind.PASSED, action=Action.APPROVE, pk__lt=cleared.pk)
    return approvals.order_by("-pk").first() or cleared


def last_of(page_id: int) -> Decision | None:
    return Decision.objects.filter(page_id=page_id).order_by("-pk").first()
