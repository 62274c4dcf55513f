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

from ..regulations import Action, Regulation, Workflow
from ..workflows.models import StepTask
from .models import ProvisionedObject
from .record import Outcome, Report, ensure


def ensure_workflows(report: Report, regulation: Regulation, portal: Any) -> None:
    """Make the workflows that are missing; let the portal follow the usual one.

    An administrator who gave the portal, or a page below it, another workflow keeps it.
    """
    usual = None
    for workflow in regulation.workflows.values():
        made = ensure(
            report,
            f"workflow:{regulation.name}:{workflow.code}:{_version(workflow)}",
            WagtailWorkflow,
            workflow.name,
            partial(_make, regulation, workflow),
        )
        usual = usual or made
    if usual is not None:
        _assign(report, usual, portal)


def _make(regulation: Regulation, workflow: Workflow) -> WagtailWorkflow:
    made = WagtailWorkflow.objects.create(name=workflow.name[:255])
    steps = [step for step in workflow.steps if step.action is not Action.SUBMIT]
    for order, step in enumerate(steps):
        task = StepTask.objects.create(
            name=step.name[:255],
            profile=regulation.name,
            action=step.action,
            role=step.role,
            optional=step.optional,
            clause=step.clause,
        )
        WorkflowTask.objects.create(workflow=made, task=task, sort_order=order)
    return made


def _assign(report: Report, workflow: WagtailWorkflow, portal: Any) -> None:
    """Give the portal the workflow, where it has none or one that the set-up made before."""
    present = WorkflowPage.objects.filter(page_id=portal.pk).first()
    if present is None:
        WorkflowPage.objects.create(page_id=portal.pk, workflow=workflow)
        report.add(Outcome.MADE, WorkflowPage, f"{workflow} → {portal}")
        return
    ours = ProvisionedObject.objects.filter(
        model=WagtailWorkflow._meta.label, object_id=str(present.workflow_id)
    )
    if present.workflow_id != workflow.pk and ours.exists():
        present.workflow = workflow
        present.save()
        report.add(Outcome.MADE, WorkflowPage, f"{workflow} → {portal}")


def _version(workflow: Workflow) -> str:
    """Return a mark that changes with the steps."""
    steps = [[step.action, step.role, step.name, step.optional] for step in workflow.steps]
    text = json.dumps([workflow.name, steps], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
