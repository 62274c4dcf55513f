"""The facts about an item that the rules of authority need, read from the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.models import TaskState, WorkflowState

from ..authority.rules import Item, State, Step
from ..regulations import Action, RoleCode
from .models import Decision, StepTask

Kind = Decision.Kind


def item_of(page: Any, *, public: bool = False) -> Item:
    """Return the facts about a page of the portal; at most six queries.

    ``public``: about what the public sees of it, whatever is on its way beside that.
    """
    decisions = list(Decision.objects.filter(page_id=page.pk)) if page.pk else []
    workflow_state = page.current_workflow_state if page.pk and not public else None
    state, step = _where(page, workflow_state, decisions)
    return Item(
        category=getattr(page, "category", "") or "",
        unit=getattr(page, "unit_id", None),
        state=state,
        step=step,
        writers=_writers(page, workflow_state, decisions),
        publisher=_publisher(decisions),
        was_public=page.first_published_at is not None,
    )


def step_of(task: Any) -> Step | None:
    """Return the step that a task stands for, or ``None`` for a task of the site's own."""
    task = task.specific
    if not isinstance(task, StepTask):
        return None
    return Step(action=Action(task.action), role=RoleCode(task.role))


def round_of(workflow_state: Any) -> int:
    """Return the number of the present round: one more than there were refusals."""
    return 1 + workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED).count()


def _where(page: Any, workflow_state: Any, decisions: list[Decision]) -> tuple[State, Step | None]:
    if workflow_state is not None:
        if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            return State.RETURNED, None
        current = workflow_state.current_task_state
        return State.SUBMITTED, step_of(current.task) if current else None
    return _public_state(page, decisions) or State.DRAFT, None


def _public_state(page: Any, decisions: list[Decision]) -> State | None:
    if not page.live:
        return None
    return State.EMERGENCY if _open_emergency(decisions) else State.PUBLISHED


def _open_emergency(decisions: list[Decision]) -> Decision | None:
    found = None
    for decision in decisions:
        if decision.kind == Kind.EMERGENCY:
            found = decision
        elif decision.kind in (Kind.REVIEWED, Kind.TAKEN_DOWN):
            found = None
    return found


def _publisher(decisions: list[Decision]) -> int | None:
    emergency = _open_emergency(decisions)
    return emergency.by_id if emergency else None


def _writers(page: Any, workflow_state: Any, decisions: list[Decision]) -> frozenset[int]:
    """Return who wrote, changed or sent what stands now, since it was last published.

    The head of a unit who passes its content on answers for it, and so is one of them (R6).
    """
    if not page.pk:
        return frozenset({page.owner_id} if page.owner_id else ())
    # An emergency publication is judged afterwards: its writers count until the review.
    emergency = _open_emergency(decisions)
    before = page.live_revision_id or 0
    if emergency is not None and emergency.revision_number:
        before = public_before(decisions, emergency)
    revisions = page.revisions.filter(pk__gt=before)
    found = set(revisions.values_list("user_id", flat=True).distinct())
    if page.live_revision_id is None or emergency is not None:
        found.add(page.owner_id)
    if workflow_state is not None:
        found.add(workflow_state.requested_by_id)
    found |= senders(decisions, before)
    return frozenset(found - {None})


def senders(decisions: Iterable[Decision], before: int) -> set[int | None]:
    """Return who sent a version after the one numbered ``before``, or passed it for its unit."""
    return {
        decision.by_id
        for decision in decisions
        if decision.kind in (Kind.SUBMITTED, Kind.PASSED)
        and decision.action in ("", Action.SUBMIT, Action.UNIT_APPROVE)
        and (decision.revision_number or 0) > before
    }


def public_before(decisions: Iterable[Decision], emergency: Decision) -> int:
    """Return the revision that was cleared last before the emergency, or 0."""
    numbers = [
        decision.revision_number or 0
        for decision in decisions
        if decision.clears and decision.pk < emergency.pk
    ]
    return max(numbers, default=0)
