"""How an item moves from step to step, and through rounds of correction."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import AbstractPage, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved

from ..authority.candidates import candidates
from ..authority.rules import EDITING, Act, Answer, Item, State
from ..core.accounts import User
from ..matters import ledger
from ..matters.models import Event, Matter
from ..matters.publications import Move
from ..regulations import Action
from . import journal
from .course import course_of, hold_new
from .items import item_of, step_of, writers_from, writers_of
from .pages import ModeratedPage
from .rights import may_on
from .steps import StepMixin


def start(task: StepMixin, workflow_state: WorkflowState, user: User | None) -> TaskState:
    """Make the state of the step that is due in this round.

    Raises ``PermissionDenied`` where a round begins and ``user`` may not send the item.
    """
    page = workflow_state.content_object.specific
    course = course_of(workflow_state)
    if not course.begun:
        _send(page, course.round, user)
    due = course.due or task
    state = TaskState(workflow_state=workflow_state, task=due, revision=page.get_latest_revision())
    item = item_at(page, due)
    answer = _passed_by_sending(page, item, user)
    if answer:
        _close(state, TaskState.STATUS_APPROVED, user)
        journal.enter(
            page, Move.PASSED, by=user, answer=answer, task=due, round_number=course.round
        )
    elif _is_left_out(due, item):
        _close(state, TaskState.STATUS_SKIPPED, None)
    state.save()
    course.note(due.pk, state.status)
    if state.status == TaskState.STATUS_IN_PROGRESS:
        task_submitted.send(sender=TaskState, instance=state, user=user)
    return state


def advance(workflow_state: WorkflowState, user: User | None) -> bool:
    """Go to the next step after one was passed; return whether there was one.

    Where there was none the item is approved, and publishing it is the caller's.
    """
    if workflow_state.get_next_task() is not None:
        workflow_state.update(user=user)
        return True
    workflow_state.status = WorkflowState.STATUS_APPROVED
    workflow_state.save()
    workflow_approved.send(sender=WorkflowState, instance=workflow_state, user=user)
    return False


def item_at(page: ModeratedPage, task: StepMixin) -> Item:
    """Return the facts about a page as they are once it is at the step."""
    return replace(item_of(page), state=State.SUBMITTED, step=step_of(task))


@transaction.atomic(savepoint=False)
def follow(*, instance: WorkflowState, **kwargs: object) -> None:
    """Bring the matter of an item in line with where Wagtail's workflow has it."""
    if kwargs.get("created"):
        # It has come to no step yet.
        hold_new(instance)
        return
    page = instance.content_object
    if not isinstance(page, AbstractPage) or not hasattr(page.specific_class, "moderated"):
        return
    page = page.specific
    matter = ledger.lock(page) or ledger.keep(page, writers=writers_of(page, None))
    state = instance.current_task_state
    if not instance.is_active or state is None:
        ledger.leave(matter, page)
    else:
        _arrive(page, matter, instance, state)
    matter.save()


def _arrive(page: ModeratedPage, matter: Matter, instance: WorkflowState, state: TaskState) -> None:
    """Write where the item came to, and who sent it there."""
    step = step_of(state.task)
    returned = instance.status == WorkflowState.STATUS_NEEDS_CHANGES
    matter.state = State.RETURNED if returned else State.SUBMITTED
    matter.action = step.action if step else ""
    matter.role = step.role if step and not returned else ""
    matter.step, matter.place = state.task.name, state.pk
    matter.round = course_of(instance).round
    matter.since = state.finished_at or state.started_at
    matter.sender_id = instance.requested_by_id
    senders = {instance.requested_by_id} - {None}
    matter.writers = sorted(senders | writers_from(page, matter))


def written(page: ModeratedPage, user: User | None) -> None:
    """A version was stored: the matter has its title, clock and writer from now on."""
    # Of two who save at once neither may be forgotten: they are counted under the lock.
    with ledger.held(page):
        writers = set(writers_from(page, ledger.of_page(page)))
        if user is not None:
            writers.add(user.pk)
        ledger.keep(page, user, writers)


def writers_now(page: ModeratedPage) -> frozenset[int]:
    """Return who wrote what stands beside what has just become public."""
    matter = ledger.of_page(page)
    return writers_of(page, matter.to_review if matter else None)


@transaction.atomic(savepoint=False)
def settle(page: ModeratedPage, **values: object) -> None:
    """Count the writers anew after something became public, or ceased to be."""
    matter = ledger.lock(page)
    if matter is None:
        return
    for name, value in values.items():
        setattr(matter, name, value)
    if matter.state not in (State.SUBMITTED, State.RETURNED):
        ledger.leave(matter, page)
    matter.writers = sorted(writers_of(page, matter.to_review))
    matter.save()


def _send(page: ModeratedPage, number: int, user: User | None) -> None:
    """Note who sends the item; nobody sends what is not theirs to send."""
    item = item_of(page, public=True)
    if number > 1:
        item = replace(item, state=State.RETURNED)
    answer = may_on(user, Act.SUBMIT, item) if user is not None else None
    if answer is not None and not answer:
        raise PermissionDenied
    journal.enter(page, Move.SUBMITTED, by=user, answer=answer, round_number=number)


def _passed_by_sending(page: ModeratedPage, item: Item, user: User | None) -> Answer | None:
    """Return the authority of who just sent the item and could pass this step as well.

    That holds for the steps at which the text is still made: the head of a unit approves what they
    send, the Thư ký has collected what they wrote. Nobody passes a judging step in this way.
    """
    if user is None or item.step is None or item.step.action not in EDITING:
        return None
    rows = Event.objects.decisions().of_page(page.pk).order_by("-pk")
    for move, by in rows.values_list("move", "by"):
        if by != user.pk:
            return None
        if move == Move.SUBMITTED:
            break
    else:
        return None
    answer = may_on(user, Act.APPROVE, item)
    return answer if answer.role else None


def _is_left_out(task: StepMixin, item: Item) -> bool:
    """A step of a unit for what the board wrote; an optional one that nobody could pass."""
    if task.action == Action.UNIT_APPROVE and item.unit is None:
        return True
    return task.optional and not candidates(item)


def _close(state: TaskState, status: str, user: User | None) -> None:
    state.status = status
    state.finished_at = timezone.now()
    state.finished_by = user
