"""The course of an item through its workflow: which steps there are, and which were passed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.models import AbstractPage, Revision, Task, TaskState, WorkflowState

from .steps import StepMixin

DONE = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)
# Where Wagtail's state of a workflow carries its course while an act holds it.
HELD = "_pbgdpl_course"
_begins: ContextVar[tuple[AbstractPage, AbstractPage] | None] = ContextVar(
    "pbgdpl_begins", default=None
)


class Course:
    """Read once for an act, and told of each step that ends meanwhile; two queries.

    A round begins when an item is sent and ends when it is returned. Steps passed in an earlier
    round are passed again: the text may have changed (R8, R9). ``begun``: the present round has
    begun; ``passed``: the keys of the steps that were passed in it.
    """

    def __init__(self, workflow_state: WorkflowState) -> None:
        below = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow_id)
        tasks = below.select_related("steptask").order_by("workflow_tasks__sort_order")
        self.steps: list[StepMixin] = [
            step for task in tasks if (step := getattr(task, "steptask", None)) is not None
        ]
        #: Whether tasks of the site's own stand between them, of which Wagtail sees to the order.
        self.is_mixed = len(self.steps) < len(tasks)
        self.round = 1
        self.begun = False
        self.passed: set[int] = set()
        states = workflow_state.task_states.order_by("pk")
        for task_id, status in states.values_list("task_id", "status"):
            self.note(task_id, status)

    def note(self, task_id: int, status: str) -> None:
        """Count a state of a step with its status in."""
        self.begun = status != TaskState.STATUS_REJECTED
        if not self.begun:
            self.round += 1
            self.passed.clear()
        elif status in DONE:
            self.passed.add(task_id)

    @property
    def due(self) -> StepMixin | None:
        """The first step that was not passed in this round."""
        return next((step for step in self.steps if step.pk not in self.passed), None)

    def after(self, step: StepMixin) -> StepMixin | None:
        """The step that is due once ``step`` is passed."""
        passed = self.passed | {step.pk}
        return next((one for one in self.steps if one.pk not in passed), None)

    def is_last(self, step: StepMixin) -> bool:
        return bool(self.steps) and self.steps[-1].pk == step.pk


def course_of(workflow_state: WorkflowState) -> Course:
    """Return the course of a workflow; that which an act holds, or it is read now."""
    return workflow_state.__dict__.get(HELD) or Course(workflow_state)


def hold_course(workflow_state: WorkflowState, page: AbstractPage, base: AbstractPage) -> Course:
    """Let Wagtail's state of a workflow, which is locked, ask nothing again that an act knows.

    ``page`` and ``base``: the specific row of what it is about, and that of the base page, read
    under the same lock.
    """
    course = Course(workflow_state)
    workflow_state.__dict__[HELD] = course
    if not course.is_mixed:
        workflow_state.get_next_task = lambda: course.due
    # That its foreign keys exist, and nothing else is on its way, holds while it is locked.
    workflow_state.full_clean = lambda **kwargs: None
    remember(workflow_state, page, base)
    return course


@contextmanager
def beginning(page: AbstractPage, base: AbstractPage) -> Iterator[None]:
    """Hold the course of the workflow that is made within; arguments as ``hold_course``."""
    token = _begins.set((page, base))
    try:
        yield
    finally:
        _begins.reset(token)


def hold_new(workflow_state: WorkflowState) -> None:
    """Hold the course of a workflow that an act has just made."""
    if (begun := _begins.get()) is not None:
        hold_course(workflow_state, *begun)


def remember(row: Revision | WorkflowState, *objects: AbstractPage) -> None:
    """Let a row of Wagtail that names an object by type and number have it at hand."""
    field = type(row)._meta.get_field("content_object")
    kind = getattr(row, f"{field.ct_field}_id")
    for one in objects:
        if field.get_content_type(obj=one).pk == kind:
            field.set_cached_value(row, one)


@contextmanager
def showing(state: TaskState, page: AbstractPage) -> Iterator[None]:
    """Let Wagtail write ``page`` into its log without building it anew from the version.

    It asks the version of a step for the page that it names in the log.
    """
    revision = page.latest_revision
    if state.revision_id != revision.pk:
        yield
        return
    state.revision = revision
    revision.as_object = lambda: page
    try:
        yield
    finally:
        del revision.as_object
