"""Rows of Wagtail that the regulation stands on, kept from every hand (R7, R8, R12).

The steps of the set-up's workflows are those of the regulation: whoever took one out could let an
item become public without the board. A version that was approved is the record of it.
"""

from __future__ import annotations

from django.db.models import Model, ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task, Workflow, WorkflowTask

from ..authority.refusals import refuse
from ..matters.models import Event
from .guard import is_program
from .models import StepTask

WHY = _(
    "The steps of this workflow are those of the regulation. They follow the profile: change that, "
    "and run pbgdpl_setup."
)


def is_of_the_regulation(row: Workflow | WorkflowTask | Task) -> bool:
    """Whether a workflow, one of its places or a task is of the set-up's making."""
    if isinstance(row, Workflow):
        return StepTask.objects.filter(workflow_tasks__workflow=row.pk).exists()
    key = row.task_id if isinstance(row, WorkflowTask) else row.pk
    return StepTask.objects.filter(pk=key).exists() or (
        isinstance(row, WorkflowTask) and is_of_the_regulation(row.workflow)
    )


def keep_steps(
    *, instance: Workflow | WorkflowTask | Task, raw: bool = False, **kwargs: object
) -> None:
    """Raise ``Refused`` where somebody changes, adds to or deletes a workflow of the regulation."""
    if raw or is_program():
        return
    stored = instance.pk is not None or isinstance(instance, WorkflowTask)
    if isinstance(instance, StepTask) or (stored and is_of_the_regulation(instance)):
        refuse(str(WHY))


def keep_decided(*, instance: Revision, origin: object = None, **kwargs: object) -> None:
    """Raise ``ProtectedError`` where a version that was decided on is deleted by itself.

    With its page it goes; pages that were public are taken down, not deleted. Wagtail's
    ``purge_revisions`` passes over what is protected.
    """
    of_revisions = isinstance(origin, Revision) or getattr(origin, "model", None) is Revision
    decided = Event.objects.filter(revision=instance.pk)
    if of_revisions and decided.exists():
        raise ProtectedError(str(_("This version was decided on.")), set(decided))


def connect() -> None:
    kept: tuple[type[Model], ...] = (Workflow, WorkflowTask, Task, StepTask)
    for model in kept:
        for signal in (pre_save, pre_delete):
            signal.connect(keep_steps, sender=model, dispatch_uid="wagtail_pbgdpl.kept_workflow")
    pre_delete.connect(keep_decided, sender=Revision, dispatch_uid="wagtail_pbgdpl.kept_version")
