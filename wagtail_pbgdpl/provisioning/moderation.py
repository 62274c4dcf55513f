"""The workflows of the regulation as Wagtail's, assigned to the portal (R6–R8).

A changed profile gets workflows of its own: items on their way finish by the steps under which they
were sent, on the old ones.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import Any

from wagtail.models import Workflow as WagtailWorkflow
from wagtail.models import WorkflowPage, WorkflowTask

from ..content.indexes import CategoryIndexMixin
from ..core.discovery import concrete_models
from ..regulations import Action, Regulation, Workflow
from ..workflows import guard
from ..workflows.models import StepTask
from .models import ProvisionedObject
from .record import Outcome, Report, ensure


def ensure_workflows(report: Report, regulation: Regulation, portal: Any) -> None:
    """Make the workflows that are missing; let the portal follow the usual one, and the categories
    that go another way the one of theirs.

    An administrator who gave the portal, or a page below it, another workflow keeps it.
    """
    usual = None
    wanted: dict[str, WagtailWorkflow] = {}
    for workflow in regulation.workflows.values():
        made = ensure(
            report,
            f"workflow:{regulation.name}:{workflow.code}:{_version(workflow)}",
            WagtailWorkflow,
            workflow.name,
            partial(_make, regulation, workflow),
        )
        usual = usual or made
        if made is not None:
            wanted |= dict.fromkeys(workflow.applies_to, made)
    if usual is not None:
        _assign(report, usual, portal)
    for model in concrete_models(CategoryIndexMixin):
        for page in model._default_manager.child_of(portal):
            if page.category in wanted:
                _assign(report, wanted[page.category], page)
            else:
                _take_back(page)


def _make(regulation: Regulation, workflow: Workflow) -> WagtailWorkflow:
    with guard.as_program():
        return _made(regulation, workflow)


def _made(regulation: Regulation, workflow: Workflow) -> WagtailWorkflow:
    made = WagtailWorkflow.objects.create(name=workflow.name[:255])
    steps = [step for step in workflow.steps if step.action is not Action.SUBMIT]
    for order, step in enumerate(steps):
        task = StepTask.objects.create(
            name=step.name[:255],
            profile=regulation.name,
            action=step.action,
            role=step.role,
            optional=step.optional,
            clause=step.cited,
        )
        WorkflowTask.objects.create(workflow=made, task=task, sort_order=order)
    return made


def _assign(report: Report, workflow: WagtailWorkflow, page: Any) -> None:
    """Give a page the workflow, where it has none or one that the set-up made before."""
    present = WorkflowPage.objects.filter(page_id=page.pk).first()
    if present is None:
        WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)
        report.add(Outcome.MADE, WorkflowPage, f"{workflow} → {page}")
        return
    if present.workflow_id != workflow.pk and _is_ours(present):
        present.workflow = workflow
        present.save()
        report.add(Outcome.MADE, WorkflowPage, f"{workflow} → {page}")


def _take_back(page: Any) -> None:
    """Let a category go the usual way again that an earlier profile sent another one."""
    for present in WorkflowPage.objects.filter(page_id=page.pk):
        if _is_ours(present):
            present.delete()


def _is_ours(present: WorkflowPage) -> bool:
    return ProvisionedObject.objects.filter(
        model=WagtailWorkflow._meta.label, object_id=str(present.workflow_id)
    ).exists()


def _version(workflow: Workflow) -> str:
    """Return a mark that changes with the steps."""
    steps = [[step.action, step.role, step.name, step.optional] for step in workflow.steps]
    text = json.dumps([workflow.name, steps], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
