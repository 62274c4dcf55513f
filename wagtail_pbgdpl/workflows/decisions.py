"""Everything that may be decided about an item. Each function is one transaction.

The person, the item and the step are looked up anew under a lock, so that of two who decide at the
same moment one succeeds and the other is told. Clauses: BK21 Điều 10.4, Điều 14.2, Điều 15.2, Điều
20.1c; BP20 Điều 12.3, Điều 15; QT24 Điều 4.2, Điều 6.4 (R2, R3, R6–R9, R12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import TaskState, WorkflowState

from ..authority.candidates import possible
from ..authority.facts import hold, people, remembering
from ..authority.refusals import Refused, explanation_of
from ..authority.rules import BOARD, JUDGING, Act, Answer
from ..matters import record
from ..matters.models import Event
from ..regulations import Action, RefusalGround
from ..regulations.active import get_regulation
from . import journal, letters, progress
from .contents import is_marked
from .course import course_of, hold_course, remember, showing
from .heads import word_of_the_head
from .locking import lock, locked, too_late
from .rights import may
from .steps import StepMixin

__all__ = [
    "Refused",
    "pass_step",
    "publish_in_emergency",
    "review",
    "send_back",
    "take_back",
    "take_down",
]

Move = Event.Move
Function = TypeVar("Function", bound=Callable[..., Any])


def act(function: Function) -> Function:
    """Let all of ``function`` happen or nothing, and who is who be asked once in it."""
    found: Any = transaction.atomic(remembering()(function))
    return cast(Function, found)


@act
def pass_step(task_state_id: int, user: Any, *, comment: str = "", seen: str = "") -> Event:
    """Pass the item on at its present step; the last step publishes what was approved.

    ``seen`` is the mark of the version that the person looked at (``contents.mark_of``). Raises
    ``Refused`` where the step is no longer open, is not this person's, the text or a file has
    changed meanwhile, or no step of the board judged what would become public, and
    ``ValidationError`` where something that publication needs is missing.
    """
    state, page, task = _open_step(task_state_id)
    workflow_state = state.workflow_state
    course = course_of(workflow_state)
    around = _hold_people(user, page, next_step=course.after(task))
    answer = _allowed(user, Act.APPROVE, page)
    _refuse_changed(page, state, seen)
    last = course.is_last(task)
    if last:
        _refuse_unjudged(page, state, task)
    decision = journal.enter(
        page,
        Move.PASSED,
        by=user,
        answer=answer,
        task=task,
        round_number=course.round,
        clears=last,
        text=comment,
    )
    if state.revision_id != page.latest_revision_id:
        # At an editing step the text may have changed since the step began.
        state.revision_id = page.latest_revision_id
        state.save(update_fields=["revision"])
    course.note(task.pk, TaskState.STATUS_APPROVED)
    with showing(state, page):
        state.approve(user=user, update=False, comment=comment)
    if not progress.advance(workflow_state, user):
        _publish(page, user)
    letters.decided(decision, page, around)
    return decision


@act
def send_back(task_state_id: int, user: Any, *, grounds: Sequence[str], explanation: str) -> Event:
    """Return the item to its sender, on grounds of the regulation and with an explanation (R9).

    Raises ``Refused`` as ``pass_step`` does, and ``ValidationError`` where a ground is unknown or
    ground or explanation is missing.
    """
    state, page, task = _open_step(task_state_id)
    around = _hold_people(user, page)
    answer = _allowed(user, Act.RETURN, page)
    listed = _grounds(grounds)
    if not explanation.strip():
        raise ValidationError({"explanation": _("Say what has to be corrected.")})
    number = course_of(state.workflow_state).round
    decision = journal.enter(
        page,
        Move.RETURNED,
        by=user,
        answer=answer,
        task=task,
        round_number=number,
        grounds=listed,
        text=explanation,
    )
    with showing(state, page):
        state.reject(user=user, comment="\n".join([*(one.name for one in listed), explanation]))
    letters.decided(decision, page, around)
    return decision


@act
def take_back(page: Any, user: Any, *, reason: str = "") -> Event:
    """Take an item back that was sent, before it is decided. Raises ``Refused``."""
    page, workflow_state = _open_item(page)
    if workflow_state is None or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(too_late(page.pk))
    around = _hold_people(user, page)
    answer = _allowed(user, Act.WITHDRAW, page)
    decision = journal.enter(
        page,
        Move.WITHDRAWN,
        by=user,
        answer=answer,
        round_number=course_of(workflow_state).round,
        text=reason,
    )
    workflow_state.cancel(user=user)
    letters.decided(decision, page, around)
    return decision


@act
def publish_in_emergency(
    page: Any, user: Any, *, reason: str, head: str = "", seen: str = ""
) -> Event:
    """Publish the latest text without the steps, for a reason; a review must follow (R2, R8).

    ``head`` is a ``HeadWord``: what the head of the item's unit says, where they have not approved
    this text; unsaid, it stays written that they were not heard (R6). Raises ``Refused`` where the
    person may not, and ``ValidationError`` without a reason or where something that publication
    needs is missing.
    """
    page, workflow_state = _open_item(page)
    around = _hold_people(user, page)
    answer = _allowed(user, Act.EMERGENCY, page)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the item cannot wait.")})
    if page.live and not page.has_unpublished_changes:
        # The button is there only while something is not public.
        raise Refused(too_late(page.pk))
    _refuse_newer(page, seen)
    detail = {"head": word} if (word := word_of_the_head(page, head)) else {}
    if workflow_state is not None and workflow_state.is_active:
        workflow_state.cancel(user=user)
    decision = journal.enter(
        page, Move.EMERGENCY, by=user, answer=answer, clears=True, text=reason, detail=detail
    )
    progress.settle(page, to_review=decision)
    _publish(page, user)
    letters.decided(decision, page, around)
    return decision


@act
def review(page: Any, user: Any, *, comment: str) -> Event:
    """Close an emergency publication; never by who published or wrote it. Raises ``Refused``."""
    page, _workflow_state = _open_item(page)
    around = _hold_people(user, page, ever=True)
    answer = _allowed(user, Act.REVIEW, page)
    decision = journal.enter(
        page, Move.REVIEWED, by=user, answer=answer, revision=page.live_revision_id, text=comment
    )
    progress.settle(page, to_review=None)
    letters.decided(decision, page, around)
    return decision


@act
def take_down(page: Any, user: Any, *, grounds: Sequence[str], reason: str) -> Event:
    """Take a public item down, on grounds and for a reason; that it was public stays written.

    Raises ``Refused`` where the person may not, and ``ValidationError`` as ``send_back`` does.
    """
    page, _workflow_state = _open_item(page)
    around = _hold_people(user, page, ever=True)
    answer = _allowed(user, Act.UNPUBLISH, page)
    listed = _grounds(grounds)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the item is taken down.")})
    decision = journal.enter(
        page,
        Move.TAKEN_DOWN,
        by=user,
        answer=answer,
        revision=page.live_revision_id,
        grounds=listed,
        text=reason,
    )
    progress.settle(page, to_review=None)
    UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
    letters.decided(decision, page, around)
    return decision


def _open_step(task_state_id: int) -> tuple[TaskState, Any, StepMixin]:
    """Return an open step with its item, held. Raises ``Refused`` where it is closed."""
    states = TaskState.objects.filter(pk=task_state_id)
    subject = states.values_list("workflow_state__object_id", flat=True).first()
    base = lock(subject) if subject is not None else None
    held = states.select_for_update(of=("self", "workflow_state"))
    state = held.select_related("workflow_state__workflow", "task__steptask").first()
    task = getattr(state.task, "steptask", None) if state and base else None
    if state is None or base is None or task is None:
        raise Refused(_("This step does not exist."))
    workflow_state = state.workflow_state
    if state.status != TaskState.STATUS_IN_PROGRESS or not (
        workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow_state.current_task_state_id == state.pk
    ):
        raise Refused(_already(workflow_state, state, task))
    state.task = task
    workflow_state.current_task_state = state
    return state, _held(base, workflow_state), task


def _open_item(page: Any) -> tuple[Any, WorkflowState | None]:
    """Return an item, held, with its workflow if one is active."""
    base, workflow_state = locked(page)
    return _held(base, workflow_state), workflow_state


def _held(base: Any, workflow_state: WorkflowState | None) -> Any:
    """Return the specific page of a locked row; what the act asks of it is read once."""
    page = base.specific
    if workflow_state is not None:
        hold_course(workflow_state, page, base)
    record.hold(page)
    if page.latest_revision is not None:
        remember(page.latest_revision, page)
    return page


def _already(workflow_state: WorkflowState, state: TaskState, task: StepMixin) -> str:
    """Say who decided what at a step that is closed, or above it."""
    if state.status == TaskState.STATUS_CANCELLED:
        return too_late(workflow_state.object_id)
    return too_late(workflow_state.object_id, step=task.name)


def _hold_people(
    user: Any, page: Any, *, next_step: StepMixin | None = None, ever: bool = False
) -> list[Any]:
    """Hold what gives ``user`` rights, and return whom the outcome concerns.

    Who they and those of the next step are is read here, for all at once.
    """
    hold(user)
    around = letters.those_around(page, ever=ever)
    people([user, *around, *(possible(next_step.role) if next_step else ())])
    return around


def _allowed(user: Any, act: Act, page: Any) -> Answer:
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
    sent = journal.last_onward(page.pk, course_of(state.workflow_state).round)
    return sent is not None and not journal.is_unchanged(sent, page)


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


def _refuse_unjudged(page: Any, state: TaskState, task: StepMixin) -> None:
    """A workflow from which somebody took the board's steps publishes nothing (R8)."""
    if task.action in JUDGING and task.role in BOARD:
        return
    number = course_of(state.workflow_state).round
    if not journal.was_judged(page.pk, page.latest_revision_id, number):
        raise Refused(
            _("No step of the editorial board has judged this text; nothing is published so.")
        )


def _publish(page: Any, user: Any) -> None:
    """Publish the latest text, or set its time of publication.

    Raises ``ValidationError`` where it lacks what publication needs.
    """
    revision = page.get_latest_revision()
    try:
        if revision.content.get("go_live_at"):
            # Wagtail looks at what it publishes, and not at what it will.
            revision.as_object().full_clean()
        revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        labels = {
            field.name: str(field.verbose_name)
            for field in page._meta.get_fields()
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
