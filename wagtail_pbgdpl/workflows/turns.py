"""One person at a time decides about an item; who comes second is told who was first.

Everybody locks in the same order: the page, its workflow, the step, the seats. Two who took them in
different orders would wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from ..authority.facts import hold
from ..authority.refusals import Refused
from .models import Decision
from .visibility import base_page


def lock(page_id: Any) -> None:
    """Hold the page until the present transaction ends."""
    base_page()._base_manager.select_for_update().filter(pk=page_id).values_list("pk").first()


def locked_workflow(page: Any) -> WorkflowState | None:
    """Lock the page, and return its workflow, locked, if one is active."""
    lock(page.pk)
    return WorkflowState.objects.for_instance(page).active().select_for_update().first()


def too_late(page_id: Any, **at: Any) -> str:
    """Say who decided what last: about the page, or of that what ``at`` filters."""
    decision = Decision.objects.filter(page_id=page_id, **at).order_by("-pk").first()
    if decision is None or not decision.by_name:
        return _("This item is no longer at this step. Nothing was changed.")
    return _("%(name)s has decided already: %(decision)s. Nothing was changed.") % {
        "name": decision.by_name,
        "decision": decision.get_kind_display(),
    }


def starting(workflow: Any) -> Any:
    """Return Wagtail's workflow, which one sender alone can start for a page.

    ``start`` raises ``Refused`` for the second. Of itself Wagtail lets the database refuse.
    """
    if workflow is not None:
        workflow.start = partial(_start, workflow.start)
    return workflow


def resuming(state: Any, page: Any) -> Any:
    """Return Wagtail's state of a workflow, which one sender alone can resume, or none at all.

    ``resume`` raises ``Refused`` for the second. Of itself Wagtail has no transaction around it: a
    refusal would leave the item at no step. Nobody cancels through the editor, where a browser can
    ask for it without a button: taking back is a decision, and written down (R12).
    """
    if state is not None:
        state.resume = partial(_resume, state.resume, page)
        state.user_can_cancel = _nobody
    return state


def _nobody(user: Any) -> bool:
    return False


@transaction.atomic
def _start(start: Callable[..., Any], page: Any, user: Any) -> Any:
    if locked_workflow(page) is not None:
        raise Refused(too_late(page.pk))
    hold(user)
    return start(page, user)


@transaction.atomic
def _resume(resume: Callable[..., Any], page: Any, user: Any = None) -> Any:
    state = locked_workflow(page)
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        raise Refused(too_late(page.pk))
    hold(user)
    return resume(user)
