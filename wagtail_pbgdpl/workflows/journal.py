"""Writes down what was decided, with the authority in words that hold for ever (R3, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..history import name_of
from ..organisation.models import Delegation
from ..regulations import RefusalGround
from ..regulations.active import get_regulation
from .authority import Answer
from .models import Decision, StepTask

Kind = Decision.Kind


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
) -> Decision:
    """Write a decision; ``revision`` is its number or the row, by default the latest of the page.

    ``answer`` is what the rules of authority said.
    """
    number = getattr(revision, "pk", revision) or page.latest_revision_id
    delegation = _delegation(answer)
    return Decision.objects.create(
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
            {"code": ground.code, "name": ground.name, "clause": ground.clause}
            for ground in grounds
        ],
        text=text.strip(),
    )


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
    if cleared is None:
        return False
    later = Decision.objects.filter(page_id=page_id, kind=Kind.TAKEN_DOWN, pk__gt=cleared.pk)
    return not later.exists()


def behind(page_id: int, revision_number: int | None) -> Decision | None:
    """Return who answers for a public revision: the approval, not the mere posting (R2)."""
    rows = Decision.objects.filter(page_id=page_id, revision_number=revision_number)
    cleared = rows.filter(clears=True).order_by("-pk").first()
    if cleared is None or cleared.kind != Kind.PASSED or cleared.action != "publish":
        return cleared
    approvals = rows.filter(kind=Kind.PASSED, action="approve", pk__lt=cleared.pk)
    return approvals.order_by("-pk").first() or cleared


def last_of(page_id: int) -> Decision | None:
    return Decision.objects.filter(page_id=page_id).order_by("-pk").first()
