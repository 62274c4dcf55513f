"""Where items are on their way moves with a portal; workflows and steps are of each set-up."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState, Workflow, WorkflowState, WorkflowTask

from ..core.base_page import base_page_model
from ..core.portable import Ids, Portable, register, stays
from .models import StepTask

ON_THE_WAY = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
TYPES = frozenset({"content_type", "base_content_type"})


def register_all() -> None:
    register(
        Portable(kind="workflow", model=lambda: Workflow, identify=_by_steps, stays=True),
        Portable(kind="task", model=lambda: WorkflowTask.task.field.related_model,
                 identify=_by_place, stays=True),
        Portable(kind="revision", model=lambda: Revision, identify=_by_time, stays=True),
        Portable(
            kind="workflow_state",
            model=lambda: WorkflowState,
            rows=_on_the_way,
            without=TYPES,
            numbers={"object_id": "page"},
            made=_types_of,
        ),
        Portable(
            kind="task_state",
            model=lambda: TaskState,
            rows=lambda: TaskState.objects.filter(workflow_state__in=_on_the_way()),
            without=TYPES,
            made=lambda _row: {
                "content_type": ContentType.objects.get_for_model(TaskState)
            },
        ),
    )  # fmt: skip
    stays(_("made by the set-up of each portal"), StepTask)


def _on_the_way() -> QuerySet[WorkflowState]:
    kind = ContentType.objects.get_for_model(base_page_model())
    return WorkflowState.objects.filter(base_content_type=kind, status__in=ON_THE_WAY)


def _types_of(row: WorkflowState) -> dict[str, object]:
    model = base_page_model()
    page = model._base_manager.get(pk=row.object_id)
    return {
        "content_type": page.content_type,
        "base_content_type": ContentType.objects.get_for_model(model),
    }


def _steps() -> dict[int, list[WorkflowTask]]:
    found: dict[int, list[WorkflowTask]] = {}
    for row in WorkflowTask.objects.select_related("task").order_by("sort_order", "pk"):
        found.setdefault(row.workflow_id, []).append(row)
    return found


def _by_steps(ids: Ids) -> Iterable[tuple[object, str]]:
    """Workflows are called by their name and a mark of their steps; of two alike the last counts,
    one in use before others."""
    steps = _steps()
    words = dict(StepTask.objects.values_list("pk", "action"))
    for workflow in Workflow.objects.order_by("active", "pk"):
        said = [[row.task.name, words.get(row.task_id, "")] for row in steps.get(workflow.pk, ())]
        mark = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]
        yield workflow.pk, f"{workflow.name} ({mark})"


def _by_place(ids: Ids) -> Iterable[tuple[object, str]]:
    for workflow, rows in _steps().items():
        for number, row in enumerate(rows, 1):
            yield row.task_id, f"{ids.id_of('workflow', workflow)} {number}"


def _by_time(ids: Ids) -> Iterator[tuple[object, str]]:
    """Versions are called by their page and the time at which they were stored."""
    kind = ContentType.objects.get_for_model(base_page_model())
    rows = Revision.objects.filter(base_content_type=kind).order_by("pk")
    seen: Counter[str] = Counter()
    for pk, page, at in rows.values_list("pk", "object_id", "created_at").iterator():
        called = ids.id_of("page", int(page))
        if called is not None:
            name = f"{called}@{at.isoformat()}"
            seen[name] += 1
            yield pk, name if seen[name] == 1 else f"{name}#{seen[name]}"
