"""One person at a time decides about an item; who comes second is told who was first.

Everybody locks in the same order: the page, its workflow, the step, the seats. Two who took them in
different orders would wait for each other.
"""

from __future__ import annotations

from functools import partial
from types import MethodType

from django.db import transaction
from wagtail.models import AbstractPage, TaskState, Workflow, WorkflowState

from ..authority.facts import hold, remembering
from ..authority.refusals import Refused
from ..core.accounts import User
from ..matters import deeds, ledger
from ..matters.models import Event
from . import course
from .pages import ModeratedPage
from .visibility import base_page


def lock(page_id: int) -> AbstractPage | None:
    """Hold the page until the present transaction ends; return its row, if there is one."""
    return base_page()._base_manager.select_for_update().filter(pk=page_id).first()


def locked(page: ModeratedPage) -> tuple[AbstractPage, WorkflowState | None]:
    """Return the row of the page and its workflow if one is active, both locked.

    Raises ``Refused`` where the page is gone.
    """
    base = lock(page.pk)
    if base is None:
        raise Refused(too_late(page.pk))
    active = WorkflowState.objects.for_instance(page).active()
    return base, active.select_for_update().first()


def too_late(page_id: int, **at: object) -> str:
    """Say who decided what last: about the page, or of that what ``at`` filters."""
    return deeds.too_late(Event.objects.of_page(page_id).filter(**at))


def starting(workflow: Workflow | None) -> Workflow | None:
    """Return Wagtail's workflow, which one sender alone can start for a page.

    ``start`` raises ``Refused`` for the second. Of itself Wagtail lets the database refuse.
    """
    if workflow is not None:
        workflow.start = partial(_start, workflow.start)
    return workflow


def resuming(state: WorkflowState | None, page: ModeratedPage) -> WorkflowState | None:
    """Return Wagtail's state of a workflow, which one sender alone can resume, or none at all.

    ``resume`` raises ``Refused`` for the second. Of itself Wagtail has no transaction around it: a
    refusal would leave the item at no step. Nobody cancels through the editor, where a browser can
    ask for it without a button: taking back is a decision, and written down (R12).
    """
    if state is not None:
        state.resume = partial(_resume, state.resume, page)
        state.user_can_cancel = _nobody
    return state


def _nobody(user: User) -> bool:
    return False


@transaction.atomic
@remembering()
def _start(start: MethodType, page: ModeratedPage, user: User | None) -> WorkflowState:
    base, state = locked(page)
    if state is not None:
        raise Refused(too_late(page.pk))
    hold(user)
    page = base.specific
    ledger.hold(page)
    with course.beginning(page, base):
        return start(page, user)


@transaction.atomic
@remembering()
def _resume(resume: MethodType, page: ModeratedPage, user: User | None = None) -> TaskState:
    base, state = locked(page)
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        raise Refused(too_late(page.pk))
    hold(user)
    page = base.specific
    ledger.hold(page)
    course.hold_course(resume.__self__, page, base)
    return resume(user)
