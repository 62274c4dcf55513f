"""How an item moves from step to step, and through rounds of correction.

A round begins when an item is sent and ends when it is returned. Steps passed in an earlier round
are passed again: the text may have changed (R8, R9).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved

from ..authority.candidates import candidates
from ..authority.rules import EDITING, Act, Answer, Item, State
from ..regulations import Action
from . import journal
from .items import item_of, round_of, step_of
from .models import Decision, Pending, StepTask
from .rights import may_on

Kind = Decision.Kind
DONE = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


def start(task: StepTask, workflow_state: WorkflowState, user: Any) -> TaskState:
    """Make the state of the step that is due in this round.

    Raises ``PermissionDenied`` where a round begins and ``user`` may not send the item.
    """
    page = workflow_state.content_object.specific
    begun, passed = _this_round(workflow_state)
    if not begun:
        _send(page, workflow_state, user)
    due = next((one for one in steps(workflow_state) if one.pk not in passed), task)
    state = TaskState(workflow_state=workflow_state, task=due, revision=page.get_latest_revision())
    item = item_at(page, due)
    answer = _passed_by_sending(page, item, user)
    if answer:
        _close(state, TaskState.STATUS_APPROVED, user)
        number = round_of(workflow_state)
        journal.enter(page, Kind.PASSED, by=user, answer=answer, task=due, round_number=number)
    elif _is_left_out(due, item):
        _close(state, TaskState.STATUS_SKIPPED, None)
    state.save()
    if state.status == TaskState.STATUS_IN_PROGRESS:
        task_submitted.send(sender=TaskState, instance=state, user=user)
    return state


def advance(workflow_state: WorkflowState, user: Any) -> bool:
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


def is_last(workflow_state: WorkflowState, task: Any) -> bool:
    return steps(workflow_state)[-1].pk == task.pk


def steps(workflow_state: WorkflowState) -> list[StepTask]:
    return [task for task in workflow_state.workflow.tasks.specific() if isinstance(task, StepTask)]


def item_at(page: Any, task: StepTask) -> Item:
    """Return the facts about a page as they are once it is at the step."""
    return replace(item_of(page), state=State.SUBMITTED, step=step_of(task))


def follow(*, instance: WorkflowState, **kwargs: Any) -> None:
    """Bring the row that lists read in line with where the item is."""
    state = instance.current_task_state
    step = step_of(state.task) if state and instance.is_active else None
    page = instance.content_object
    if page is None or step is None:
        forget(instance.object_id)
        return
    page = page.specific
    item = item_of(page)
    Pending.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "title": (page.draft_title or page.title)[:255],
            "category": item.category,
            "unit_id": item.unit,
            "returned": instance.status == WorkflowState.STATUS_NEEDS_CHANGES,
            "task_state": state,
            "action": step.action,
            "role": step.role,
            "step": state.task.name,
            "round": round_of(instance),
            "sender": instance.requested_by,
            "writers": sorted(item.writers),
            "since": state.finished_at or state.started_at,
        },
    )


def forget(page_id: Any) -> None:
    Pending.objects.filter(page_id=page_id).delete()


def _this_round(workflow_state: WorkflowState) -> tuple[bool, set[int]]:
    """Return whether the round began, and the tasks that were passed in it."""
    begun, passed = False, set[int]()
    for task, status in workflow_state.task_states.order_by("pk").values_list("task_id", "status"):
        begun = status != TaskState.STATUS_REJECTED
        if not begun:
            passed.clear()
        elif status in DONE:
            passed.add(task)
    return begun, passed


def _send(page: Any, workflow_state: WorkflowState, user: Any) -> None:
    """Note who sends the item; nobody sends what is not theirs to send."""
    number = round_of(workflow_state)
    item = item_of(page, public=True)
    if number > 1:
        item = replace(item, state=State.RETURNED)
    answer = may_on(user, Act.SUBMIT, item) if user is not None else None
    if answer is not None and not answer:
        raise PermissionDenied
    journal.enter(page, Kind.SUBMITTED, by=user, answer=answer, round_number=number)


def _passed_by_sending(page: Any, item: Item, user: Any) -> Answer | None:
    """Return the authority of who just sent the item and could pass this step as well.

    That holds for the steps at which the text is still made: the head of a unit approves what they
    send, the Thư ký has collected what they wrote. Nobody passes a judging step in this way.
    """
    if user is None or item.step is None or item.step.action not in EDITING:
        return None
    rows = Decision.objects.filter(page_id=page.pk).order_by("-pk")
    sent = rows.filter(kind=Kind.SUBMITTED).first()
    if sent is None or sent.by_id != user.pk:
        return None
    if rows.filter(pk__gt=sent.pk).exclude(by=user).exists():
        return None
    answer = may_on(user, Act.APPROVE, item)
    return answer if answer.role else None


def _is_left_out(task: StepTask, item: Item) -> bool:
    """A step of a unit for what the board wrote; an optional one that nobody could pass."""
    if task.action == Action.UNIT_APPROVE and item.unit is None:
        return True
    return task.optional and not candidates(item)


def _close(state: TaskState, status: str, user: Any) -> None:
    state.status = status
    state.finished_at = timezone.now()
    state.finished_by = user
