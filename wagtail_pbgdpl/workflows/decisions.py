"""Everything that may be decided about an item. Each function is one transaction.

The person, the item and the step are looked up anew under a lock, so that of two who decide at the
same moment one succeeds and the other is told. Clauses: BK21 Điều 10.4, Điều 14.2, Điều 15.2, Điều
20.1c; BP20 Điều 12.3, Điều 15; QT24 Điều 4.2, Điều 6.4 (R2, R3, R6–R9, R12).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import TaskState, WorkflowState

from ..authority.facts import hold
from ..authority.refusals import Refused, explanation_of
from ..authority.rules import BOARD, JUDGING, Act, Answer
from ..regulations import Action, RefusalGround
from ..regulations.active import get_regulation
from . import journal, letters, progress
from .contents import is_marked
from .heads import word_of_the_head
from .items import round_of
from .models import Decision, StepTask
from .rights import may
from .turns import lock, locked_workflow, too_late

__all__ = [
    "Refused",
    "pass_step",
    "publish_in_emergency",
    "review",
    "send_back",
    "take_back",
    "take_down",
]

Kind = Decision.Kind


@transaction.atomic
def pass_step(task_state_id: int, user: Any, *, comment: str = "", seen: str = "") -> Decision:
    """Pass the item on at its present step; the last step publishes what was approved.

    ``seen`` is the mark of the version that the person looked at (``contents.mark_of``). Raises
    ``Refused`` where the step is no longer open, is not this person's, the text or a file has
    changed meanwhile, or no step of the board judged what would become public, and
    ``ValidationError`` where something that publication needs is missing.
    """
    state, page, task = _open_step(task_state_id)
    answer = _allowed(user, Act.APPROVE, page)
    _refuse_changed(page, state, seen)
    workflow_state = state.workflow_state
    last = progress.is_last(workflow_state, task)
    if last:
        _refuse_unjudged(page, state, task)
        _refuse_incomplete(page)
    decision = journal.enter(
        page,
        Kind.PASSED,
        by=user,
        answer=answer,
        task=task,
        round_number=round_of(workflow_state),
        clears=last,
        text=comment,
    )
    if state.revision_id != page.latest_revision_id:
        # At an editing step the text may have changed since the step began.
        state.revision_id = page.latest_revision_id
        state.save(update_fields=["revision"])
    state.approve(user=user, update=False, comment=comment)
    if not progress.advance(workflow_state, user):
        state.revision.publish(user=user, skip_permission_checks=True)
    letters.decided(decision, page)
    return decision


@transaction.atomic
def send_back(
    task_state_id: int, user: Any, *, grounds: Sequence[str], explanation: str
) -> Decision:
    """Return the item to its sender, on grounds of the regulation and with an explanation (R9).

    Raises ``Refused`` as ``pass_step`` does, and ``ValidationError`` where a ground is unknown or
    ground or explanation is missing.
    """
    state, page, task = _open_step(task_state_id)
    answer = _allowed(user, Act.RETURN, page)
    listed = _grounds(grounds)
    if not explanation.strip():
        raise ValidationError({"explanation": _("Say what has to be corrected.")})
    number = round_of(state.workflow_state)
    decision = journal.enter(
        page,
        Kind.RETURNED,
        by=user,
        answer=answer,
        task=task,
        round_number=number,
        grounds=listed,
        text=explanation,
    )
    state.reject(user=user, comment="\n".join([*(one.name for one in listed), explanation]))
    letters.decided(decision, page)
    return decision


@transaction.atomic
def take_back(page: Any, user: Any, *, reason: str = "") -> Decision:
    """Take an item back that was sent, before it is decided. Raises ``Refused``."""
    workflow_state = locked_workflow(page)
    page = _fresh(page)
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(too_late(page.pk))
    answer = _allowed(user, Act.WITHDRAW, page)
    decision = journal.enter(
        page,
        Kind.WITHDRAWN,
        by=user,
        answer=answer,
        round_number=round_of(workflow_state),
        text=reason,
    )
    workflow_state.cancel(user=user)
    letters.decided(decision, page)
    return decision


@transaction.atomic
def publish_in_emergency(
    page: Any, user: Any, *, reason: str, head: str = "", seen: str = ""
) -> Decision:
    """Publish the latest text without the steps, for a reason; a review must follow (R2, R8).

    ``head`` is a ``HeadWord``: what the head of the item's unit says, where they have not approved
    this text; unsaid, it stays written that they were not heard (R6). Raises ``Refused`` where the
    person may not, and ``ValidationError`` without a reason or where something that publication
    needs is missing.
    """
    workflow_state = locked_workflow(page)
    page = _fresh(page)
    answer = _allowed(user, Act.EMERGENCY, page)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the item cannot wait.")})
    if page.live and not page.has_unpublished_changes:
        # The button is there only while something is not public.
        raise Refused(too_late(page.pk))
    _refuse_newer(page, seen)
    detail = {"head": word} if (word := word_of_the_head(page, head)) else {}
    _refuse_incomplete(page)
    if workflow_state is not None and workflow_state.is_active:
        workflow_state.cancel(user=user)
    decision = journal.enter(
        page, Kind.EMERGENCY, by=user, answer=answer, clears=True, text=reason, detail=detail
    )
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)
    letters.decided(decision, page)
    return decision


@transaction.atomic
def review(page: Any, user: Any, *, comment: str) -> Decision:
    """Close an emergency publication; never by who published or wrote it. Raises ``Refused``."""
    locked_workflow(page)
    page = _fresh(page)
    answer = _allowed(user, Act.REVIEW, page)
    decision = journal.enter(
        page, Kind.REVIEWED, by=user, answer=answer, revision=page.live_revision_id, text=comment
    )
    letters.decided(decision, page)
    return decision


@transaction.atomic
def take_down(page: Any, user: Any, *, grounds: Sequence[str], reason: str) -> Decision:
    """Take a public item down, on grounds and for a reason; that it was public stays written.

    Raises ``Refused`` where the person may not, and ``ValidationError`` as ``send_back`` does.
    """
    locked_workflow(page)
    page = _fresh(page)
    answer = _allowed(user, Act.UNPUBLISH, page)
    listed = _grounds(grounds)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the item is taken down.")})
    decision = journal.enter(
        page,
        Kind.TAKEN_DOWN,
        by=user,
        answer=answer,
        revision=page.live_revision_id,
        grounds=listed,
        text=reason,
    )
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    letters.decided(decision, page)
    return decision


def _open_step(task_state_id: int) -> tuple[TaskState, Any, StepTask]:
    """Return an open step with its item, locked. Raises ``Refused`` where it is closed."""
    seen = TaskState.objects.filter(pk=task_state_id).select_related("workflow_state", "task")
    state = seen.first()
    task = state.task.specific if state else None
    if state is None or not isinstance(task, StepTask):
        raise Refused(_("This step does not exist."))
    lock(state.workflow_state.object_id)
    workflows = WorkflowState.objects.select_for_update()
    workflow_state = workflows.filter(pk=state.workflow_state_id).first()
    state = TaskState.objects.select_for_update().filter(pk=task_state_id).first()
    if workflow_state is None or state is None:
        raise Refused(_("This step does not exist."))
    state.workflow_state = workflow_state
    if state.status != TaskState.STATUS_IN_PROGRESS or not (
        workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow_state.current_task_state_id == state.pk
    ):
        raise Refused(_already(workflow_state, state, task))
    return state, workflow_state.content_object.specific, task


def _already(workflow_state: WorkflowState, state: TaskState, task: StepTask) -> str:
    """Say who decided what at a step that is closed, or above it."""
    if state.status == TaskState.STATUS_CANCELLED:
        return too_late(workflow_state.object_id)
    return too_late(workflow_state.object_id, step=task.name)


def _fresh(page: Any) -> Any:
    return type(page)._default_manager.get(pk=page.pk)


def _allowed(user: Any, act: Act, page: Any) -> Answer:
    hold(user)
    answer = may(user, act, page)
    if not answer:
        raise Refused(explanation_of(answer))
    return answer


def is_changed(page: Any, state: TaskState) -> bool:
    """Whether the text or a file is another than the item came with to its present step.

    At a step that is for editing a new version is right: whoever edits has the files before them.
    """
    if state.revision_id != page.latest_revision_id:
        return state.task.specific.action in JUDGING | {Action.PUBLISH}
    sent = journal.last_onward(page.pk, round_of(state.workflow_state))
    return sent is not None and not journal.is_unchanged(sent)


def _refuse_changed(page: Any, state: TaskState, seen: str) -> None:
    _refuse_newer(page, seen)
    if is_changed(page, state):
        raise Refused(
            _(
                "The text or a file was changed after it had been sent. Return it, so that it is "
                "sent anew."
            )
        )


def _refuse_newer(page: Any, seen: str) -> None:
    if seen and not is_marked(page.get_latest_revision(), str(seen)):
        raise Refused(_("The text or a file has changed since you opened the item. Read it again."))


def _refuse_unjudged(page: Any, state: TaskState, task: StepTask) -> None:
    """A workflow from which somebody took the board's steps publishes nothing (R8)."""
    if task.action in JUDGING and task.role in BOARD:
        return
    number = round_of(state.workflow_state)
    if not journal.was_judged(page.pk, page.latest_revision_id, number):
        raise Refused(
            _("No step of the editorial board has judged this text; nothing is published so.")
        )


def _refuse_incomplete(page: Any) -> None:
    """Raise ``ValidationError`` where the latest text lacks what publication needs."""
    text = page.get_latest_revision_as_object()
    try:
        text.full_clean()
    except ValidationError as error:
        labels = {
            field.name: str(field.verbose_name)
            for field in text._meta.get_fields()
            if hasattr(field, "verbose_name")
        }
        listed = ", ".join(labels.get(name, name) for name in error.message_dict)
        raise ValidationError(
            _("The item is not complete; correct it first: %(fields)s."), params={"fields": listed}
        ) from error


def _grounds(codes: Iterable[str]) -> list[RefusalGround]:
    known = get_regulation().refusal_grounds
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in known]:
        raise ValidationError(
            {"grounds": _("The regulation has no such ground: %(code)s.") % {"code": unknown[0]}}
        )
    if known and not wanted:
        raise ValidationError({"grounds": _("Choose at least one ground of the regulation.")})
    return [known[code] for code in wanted]
