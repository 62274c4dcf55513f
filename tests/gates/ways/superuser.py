"""Ways of whoever administers the site: workflows, tasks, pages of the admin about them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from tests.gates import proofs
from tests.gates.browser import bulk, pass_on, post, save, send
from tests.gates.reading import is_public
from tests.gates.table import WAYS
from tests.gates.world import World
from tests.workflows.board import fresh
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.workflows.models import StepTask

READ_ONLY = "read-only workflow"
BY = "superuser operator"


def way(what: str, by: str = BY, stopped_by: str = READ_ONLY, **values: Any) -> Any:
    defaults = {"requirements": "R3 R8", "right": proofs.step}
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


def _workflow(world: World) -> Workflow:
    portal = world.board.index.get_parent()
    return WorkflowPage.objects.get(page_id=portal.pk).workflow


def _form(workflow: Workflow, tasks: list[Any], pages: list[int]) -> dict[str, Any]:
    """What the page of a workflow sends: its steps in their order and the pages it is for."""
    kept = {row.task_id: row for row in workflow.workflow_tasks.all()} if workflow.pk else {}
    form: dict[str, Any] = {"name": workflow.name or "Quy trình khác", "active": "on"}
    wanted = {task.pk for task in tasks}
    rows = [(row.task_id, row.pk) for row in kept.values()]
    rows += [(task.pk, "") for task in tasks if task.pk not in kept]
    form |= {
        "workflow_tasks-TOTAL_FORMS": len(rows),
        "workflow_tasks-INITIAL_FORMS": len(kept),
        "workflow_tasks-MIN_NUM_FORMS": 0,
        "workflow_tasks-MAX_NUM_FORMS": 1000,
    }
    for number, (task, key) in enumerate(rows):
        form[f"workflow_tasks-{number}-task"] = task
        form[f"workflow_tasks-{number}-id"] = key
        form[f"workflow_tasks-{number}-ORDER"] = number + 1
        form[f"workflow_tasks-{number}-DELETE"] = "" if task in wanted else "on"
    form |= {
        "pages-TOTAL_FORMS": len(pages),
        "pages-INITIAL_FORMS": 0,
        "pages-MIN_NUM_FORMS": 0,
        "pages-MAX_NUM_FORMS": 1000,
        "overwrite_existing": "on",
    }
    for number, page in enumerate(pages):
        form[f"pages-{number}-page"] = page
        form[f"pages-{number}-DELETE"] = ""
    return form


def _judging(task: Any) -> bool:
    return task.specific.role in ("member", "chief", "secretary")


def published_without_the_board(name: str) -> Any:
    return lambda world, _: is_public(getattr(world, name))


@way(
    "cuts the board's steps out of the workflow, so that the unit head's step is the last one",
    succeeded=published_without_the_board("draft"),
)
def cut_steps(world: World, who: str) -> Any:
    workflow = _workflow(world)
    kept = [task for task in workflow.tasks.specific() if not _judging(task)]
    portal = world.board.index.get_parent().pk
    name = "wagtailadmin_workflows:edit"
    post(world, who, name, workflow.pk, **_form(workflow, kept, [portal]))
    send(world, "officer", world.draft)
    return pass_on(world, world.draft, "head")


@way(
    "cuts them out while an item is on its way, which the head then passes",
    succeeded=published_without_the_board("at_head"),
)
def cut_steps_on_the_way(world: World, who: str) -> Any:
    workflow = _workflow(world)
    kept = [task for task in workflow.tasks.specific() if not _judging(task)]
    portal = world.board.index.get_parent().pk
    name = "wagtailadmin_workflows:edit"
    post(world, who, name, workflow.pk, **_form(workflow, kept, [portal]))
    return pass_on(world, world.at_head, "head")


@way(
    "leaves the Thư ký's step alone as the last one",
    succeeded=published_without_the_board("at_editing"),
)
def secretary_last(world: World, who: str) -> Any:
    workflow = _workflow(world)
    kept = [task for task in workflow.tasks.specific() if task.role in ("unit_head", "secretary")]
    portal = world.board.index.get_parent().pk
    name = "wagtailadmin_workflows:edit"
    post(world, who, name, workflow.pk, **_form(workflow, kept, [portal]))
    return pass_on(world, world.at_editing, "secretary")


@way(
    "switches the tasks of the board off while an item waits at one",
    succeeded=lambda world, _: is_public(world.at_verification) or is_public(world.at_approval),
)
def disable_tasks(world: World, who: str) -> Any:
    for task in StepTask.objects.filter(role__in=["member", "chief"]):
        post(world, who, "wagtailadmin_workflows:disable_task", task.pk)


@way(
    "switches the tasks of the board off, and the head then passes a new item",
    succeeded=published_without_the_board("at_head"),
)
def disable_tasks_before(world: World, who: str) -> Any:
    for task in StepTask.objects.exclude(role="unit_head"):
        post(world, who, "wagtailadmin_workflows:disable_task", task.pk)
    return pass_on(world, world.at_head, "head", "secretary")


@way(
    "switches the workflow of the portal off, so that items are approved by nobody",
    succeeded=lambda world, _: (
        is_public(world.at_approval)
        or not Matter.objects.waiting().filter(subject=world.at_head.pk).exists()
    ),
)
def disable_workflow(world: World, who: str) -> Any:
    post(world, who, "wagtailadmin_workflows:disable", _workflow(world).pk)
    return bulk(world, who, "wagtailcore.page", "publish", world.at_approval)


@way(
    "takes the workflow from the portal and publishes",
    "superuser operator",
    "guard in save()",
    succeeded=published_without_the_board("draft"),
)
def remove_workflow(world: World, who: str) -> Any:
    portal, workflow = world.board.index.get_parent().pk, _workflow(world).pk
    post(world, who, "wagtailadmin_workflows:remove", portal, workflow)
    return save(world, who, world.draft, **{"action-publish": "1"})


@way(
    "gives the portal a workflow of the own making, in which the writers approve",
    "superuser operator",
    "guard in save()",
    succeeded=published_without_the_board("draft"),
)
def own_workflow(world: World, who: str) -> Any:
    task = GroupApprovalTask.objects.create(name="Tự duyệt")
    task.groups.set(Group.objects.all())
    portal = world.board.index.get_parent().pk
    post(world, who, "wagtailadmin_workflows:remove", portal, _workflow(world).pk)
    name = "wagtailadmin_workflows:add"
    post(world, who, name, **_form(Workflow(name="Quy trình tự làm"), [task], [portal]))
    page = send(world, "officer", world.draft)
    state = page.current_workflow_task_state
    if state is not None and state.task_id == task.pk:
        args = (page.pk, "approve", state.pk)
        post(world, who, "wagtailadmin_pages:workflow_action", *args, comment="")
    return fresh(page)


@way(
    "mixes a task of the own making with the head's step of the regulation",
    "superuser",
    "read-only workflow",
    succeeded=published_without_the_board("draft"),
)
def mixed_workflow(world: World, who: str) -> Any:
    head = StepTask.objects.get(role="unit_head", pk__in=_workflow(world).tasks.values("pk"))
    mixed = Workflow.objects.create(name="Quy trình rút gọn")
    # As somebody who could write it past the admin would.
    with suppress(PermissionDenied):
        WorkflowTask.objects.create(workflow=mixed, task=head, sort_order=0)
    portal = world.board.index.get_parent().pk
    post(world, who, "wagtailadmin_workflows:remove", portal, _workflow(world).pk)
    form = _form(mixed, [head], [portal])
    post(world, who, "wagtailadmin_workflows:edit", mixed.pk, **form)
    send(world, "officer", world.draft)
    return pass_on(world, world.draft, "head")


@way(
    "puts the Thư ký's step behind the Trưởng Ban's, so that it is the one that clears",
    "superuser",
    succeeded=lambda world, _: is_public(world.at_editing),
)
def reorder_steps(world: World, who: str) -> Any:
    workflow = _workflow(world)
    tasks = list(workflow.tasks.specific())
    portal = world.board.index.get_parent().pk
    form = _form(workflow, tasks, [portal])
    numbers = {task.pk: number for number, task in enumerate(tasks)}
    for number in range(len(tasks)):
        task = StepTask.objects.get(pk=form[f"workflow_tasks-{number}-task"])
        order = 0 if task.role == "chief" else 10 + numbers[task.pk]
        form[f"workflow_tasks-{number}-ORDER"] = 100 if task.role == "secretary" else order
        form[f"workflow_tasks-{number}-DELETE"] = "on" if task.role in ("member", "chief") else ""
    post(world, who, "wagtailadmin_workflows:edit", workflow.pk, **form)
    return pass_on(world, world.at_editing, "secretary")
