"""What somebody does to a page that is decided on: a ``Deed`` for each move.

Wagtail's workflow stands behind them, and leads where they end; the matter follows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypedDict, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import AbstractPage, TaskState, WorkflowState

from ..authority.candidates import possible
from ..authority.facts import hold, people
from ..authority.refusals import explanation_of
from ..authority.rules import BOARD, JUDGING
from ..core.accounts import User
from ..matters import ledger
from ..matters.deeds import Deed, Refused
from ..matters.publications import LIFECYCLE, Move
from ..regulations import Action
from . import journal, letters, progress
from .contents import is_marked
from .course import course_of, hold_course, remember, showing
from .heads import word_of_the_head
from .locking import lock, locked, too_late
from .pages import ModeratedPage
from .rights import may
from .steps import StepMixin

T = TypeVar("T")


class Written(TypedDict, total=False):
    """What the journal keeps of a decision beside what it keeps of each."""

    round_number: int
    clears: bool
    revision: int | None
    detail: dict[str, str]


class _Decision(Deed, Generic[T]):
    """A decision about a page, whose matter follows it.

    ``about``: by what the page is found; ``state`` of ``Deed`` is not asked, for Wagtail's workflow
    leads there.
    """

    user: User
    page: ModeratedPage
    code: ClassVar[Move]
    # Whom a decision concerns: who had a hand in it since it was last public, or ever.
    ever: ClassVar[bool] = False
    task: StepMixin | None = None
    workflow_state: WorkflowState | None = None

    def __init__(
        self, about: T, user: User, *, text: str = "", grounds: Iterable[str] = (), seen: str = ""
    ) -> None:
        self.about, self.user, self.seen = about, user, seen
        self.move = LIFECYCLE.moves[self.code]
        self.text, self.grounds = text.strip(), list(grounds)

    def ask(self) -> None:
        # Who is who is read here, for all at once, and for those of the next step.
        hold(self.user)
        self.around = letters.those_around(self.page, ever=self.ever)
        people([self.user, *self.around.everybody, *self.next_people()])
        assert self.move.act  # noqa: S101
        self.answer = may(self.user, self.move.act, self.page)
        if not self.answer:
            raise Refused(explanation_of(self.answer))

    def next_people(self) -> list[User]:
        return []

    def enter(self) -> None:
        self.event = journal.enter(
            self.page,
            self.code,
            by=self.user,
            answer=self.answer,
            task=self.task,
            grounds=self.listed,
            text=self.text,
            **self.written(),
        )

    def written(self) -> Written:
        return {}

    def tell(self) -> None:
        letters.decided(self.event, self.page, self.around)


class _OfAPage(_Decision[ModeratedPage]):
    def open(self) -> None:
        base, self.workflow_state = locked(self.about)
        self.page = _held(base, self.workflow_state)


class _AtAStep(_Decision[int]):
    """``about``: the number of the step's state."""

    task: StepMixin

    def open(self) -> None:
        self.step_state, self.page, self.task = _open_step(self.about)
        self.workflow_state = self.step_state.workflow_state
        self.course = course_of(self.workflow_state)

    def written(self) -> Written:
        return {"round_number": self.course.round}


class Pass(_AtAStep):
    code = Move.PASSED

    def next_people(self) -> list[User]:
        following = self.course.after(self.task)
        return possible(following.role) if following else []

    def check(self) -> None:
        super().check()
        _refuse_changed(self.page, self.step_state, self.seen)
        if self.is_last:
            _refuse_unjudged(self.page, self.step_state, self.task)

    @property
    def is_last(self) -> bool:
        return self.course.is_last(self.task)

    def written(self) -> Written:
        detail = _hour_of(self.page) if self.is_last else {}
        return super().written() | {"clears": self.is_last, "detail": detail}

    def effect(self) -> None:
        state, page = self.step_state, self.page
        if state.revision_id != page.latest_revision_id:
            # At an editing step the text may have changed since the step began.
            state.revision_id = page.latest_revision_id
            state.save(update_fields=["revision"])
        self.course.note(state.task_id, TaskState.STATUS_APPROVED)
        with showing(state, page):
            state.approve(user=self.user, update=False, comment=self.text)
        if not progress.advance(state.workflow_state, self.user):
            _publish(page, self.user)


class SendBack(_AtAStep):
    code = Move.RETURNED
    words_field = "explanation"

    def missing_words(self) -> str:
        return _("Say what has to be corrected.")

    def effect(self) -> None:
        comment = "\n".join([*(ground.name for ground in self.listed), self.text])
        with showing(self.step_state, self.page):
            self.step_state.reject(user=self.user, comment=comment)


class TakeBack(_OfAPage):
    code = Move.WITHDRAWN

    def open(self) -> None:
        super().open()
        state = self.workflow_state
        if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
            raise Refused(too_late(self.page.pk))
        self.number = course_of(state).round

    def written(self) -> Written:
        return {"round_number": self.number}

    def effect(self) -> None:
        assert self.workflow_state  # noqa: S101
        self.workflow_state.cancel(user=self.user)


class Emergency(_OfAPage):
    code = Move.EMERGENCY
    words_field = "reason"

    def __init__(self, page: ModeratedPage, user: User, *, text: str, seen: str, head: str) -> None:
        super().__init__(page, user, text=text, seen=seen)
        self.head = head

    def missing_words(self) -> str:
        return _("Say why the item cannot wait.")

    def check(self) -> None:
        super().check()
        if self.page.live and not self.page.has_unpublished_changes:
            # The button is there only while something is not public.
            raise Refused(too_late(self.page.pk))
        _refuse_newer(self.page, self.seen)

    def written(self) -> Written:
        word = word_of_the_head(self.page, self.head)
        return {"clears": True, "detail": {"head": word} if word else {}}

    def effect(self) -> None:
        if self.workflow_state is not None and self.workflow_state.is_active:
            self.workflow_state.cancel(user=self.user)
        progress.settle(self.page, to_review=self.event)
        _publish(self.page, self.user)


class Review(_OfAPage):
    code = Move.REVIEWED
    ever = True
    words_field = "comment"

    def missing_words(self) -> str:
        return _("Say what the review found.")

    def written(self) -> Written:
        return {"revision": self.page.live_revision_id}

    def effect(self) -> None:
        progress.settle(self.page, to_review=None)


class TakeDown(_OfAPage):
    code = Move.TAKEN_DOWN
    ever = True
    words_field = "reason"

    def missing_words(self) -> str:
        return _("Say why the item is taken down.")

    def written(self) -> Written:
        return {"revision": self.page.live_revision_id}

    def effect(self) -> None:
        progress.settle(self.page, to_review=None)
        UnpublishPageAction(self.page, user=self.user).execute(skip_permission_checks=True)


def _open_step(task_state_id: int) -> tuple[TaskState, AbstractPage, StepMixin]:
    """Return an open step with its item, held. Raises ``Refused`` where it is closed."""
    states = TaskState.objects.filter(pk=task_state_id)
    subject = states.values_list("workflow_state__object_id", flat=True).first()
    base = lock(subject) if subject is not None else None
    held = states.select_for_update(of=("self", "workflow_state"))
    state = held.select_related("workflow_state__workflow", "task__steptask").first()
    task = getattr(state.task, "steptask", None) if state and base else None
    if state is None or base is None or task is None:
        raise Refused(_("This step does not exist."))
    workflow_state = state.workflow_state
    if state.status != TaskState.STATUS_IN_PROGRESS or not (
        workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
        and workflow_state.current_task_state_id == state.pk
    ):
        raise Refused(_already(workflow_state, state, task))
    state.task = task
    workflow_state.current_task_state = state
    return state, _held(base, workflow_state), task


def _held(base: AbstractPage, workflow_state: WorkflowState | None) -> AbstractPage:
    """Return the specific page of a locked row; what the act asks of it is read once."""
    page = base.specific
    if workflow_state is not None:
        hold_course(workflow_state, page, base)
    ledger.hold(page)
    if page.latest_revision is not None:
        remember(page.latest_revision, page)
    return page


def _already(workflow_state: WorkflowState, state: TaskState, task: StepMixin) -> str:
    """Say who decided what at a step that is closed, or above it."""
    if state.status == TaskState.STATUS_CANCELLED:
        return too_late(workflow_state.object_id)
    return too_late(workflow_state.object_id, step=task.name)


def is_changed(page: ModeratedPage, state: TaskState) -> bool:
    """Whether the text or a file is another than the item came with to its present step.

    At a step that is for editing a new version is right: whoever edits has the files before them.
    """
    if state.revision_id != page.latest_revision_id:
        return state.task.specific.action in JUDGING | {Action.PUBLISH}
    sent = journal.last_onward(page.pk, course_of(state.workflow_state).round)
    return sent is not None and not journal.is_unchanged(sent, page)


def _refuse_changed(page: ModeratedPage, state: TaskState, seen: str) -> None:
    _refuse_newer(page, seen)
    if is_changed(page, state):
        raise Refused(
            _(
                "The text or a file was changed after it had been sent. Return it, so that it is "
                "sent anew."
            )
        )


def _refuse_newer(page: ModeratedPage, seen: str) -> None:
    if seen and not is_marked(page.get_latest_revision(), str(seen)):
        raise Refused(_("The text or a file has changed since you opened the item. Read it again."))


def _refuse_unjudged(page: ModeratedPage, state: TaskState, task: StepMixin) -> None:
    """A workflow from which somebody took the board's steps publishes nothing (R8)."""
    if task.action in JUDGING and task.role in BOARD:
        return
    number = course_of(state.workflow_state).round
    if not journal.was_judged(page.pk, page.latest_revision_id, number):
        raise Refused(
            _("No step of the editorial board has judged this text; nothing is published so.")
        )


def _hour_of(page: AbstractPage) -> dict[str, str]:
    """Return the time at which the latest text becomes public, where it does not at once."""
    at = parse_datetime(page.get_latest_revision().content.get("go_live_at") or "")
    return {"goes_live": at.isoformat()} if at and at > timezone.now() else {}


def _publish(page: AbstractPage, user: User) -> None:
    """Publish the latest text, or set its time of publication.

    Raises ``ValidationError`` where it lacks what publication needs.
    """
    revision = page.get_latest_revision()
    try:
        if revision.content.get("go_live_at"):
            # Wagtail looks at what it publishes, and not at what it will.
            revision.as_object().full_clean()
        revision.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:
        labels = {
            field.name: str(field.verbose_name)
            for field in page._meta.get_fields()
            if hasattr(field, "verbose_name")
        }
        listed = ", ".join(labels.get(name, name) for name in error.message_dict)
        raise ValidationError(
            _("The item is not complete; correct it first: %(fields)s."), params={"fields": listed}
        ) from error
