"""Who hears of what: the next person of their turn, the writers of every outcome.

Put into the outbox together with the decision, so that neither is without the other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import signal_handlers as stock
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from ..authority.candidates import candidates, holders
from ..core.accounts import User, users
from ..matters import ledger
from ..matters.letters import DECIDED, DECISION, STEP
from ..matters.letters import report as said
from ..matters.models import Event
from ..matters.publications import Move
from ..notices.letters import absolute, register
from ..notices.models import MailChoice
from ..notices.telling import tell
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..regulations.active import category_name
from ..worktime import moment
from ..worktime.active import today
from .course import course_of
from .heads import said_of_the_head
from .items import item_of
from .pages import ModeratedPage
from .progress import item_at
from .rights import Act, those_who_may
from .steps import StepMixin

# Those of the board who may close an emergency publication.
REVIEWERS = (RoleCode.SECRETARY, RoleCode.MEMBER, RoleCode.DEPUTY_CHIEF)
REVIEW = register(
    "review",
    gettext_lazy("review of an emergency overdue"),
    gettext_lazy("Review overdue: «%(title)s»"),
    f"{DECIDED}; until: when it was to be reviewed",
    template="decision",
)


def decided(decision: Event, page: ModeratedPage, around: Around) -> None:
    """Tell who wrote or sent the item what was decided, with grounds and comment.

    That an item goes on to its next step is no news, unless somebody said something about it. Who
    decided on it at a step hears of the rest where they have chosen so, and of an emergency in any
    case. ``around``: as ``those_around`` says. Of all those, who may still read it today (R11): a
    seat ends, and with it what one hears.
    """
    if decision.move == Move.PASSED and not (decision.clears or decision.text):
        return
    urgent = decision.move == Move.EMERGENCY
    heard = around.everybody if urgent or decision.move == Move.REVIEWED else around.concerned()
    people = {user.pk: user for user in those_who_may(heard, Act.READ, item_of(page))}
    if urgent:
        people |= {user.pk: user for user in [*holders(REVIEWERS), *_heads_of(page)]}
    people.pop(decision.by_id or 0, None)
    words = partial(report, decision)
    tell(DECISION, people.values(), words, about=decision, at_once=urgent)


def step_begins(*, instance: TaskState, user: User | None = None, **kwargs: object) -> None:
    """Tell those who may pass the step that it is their turn."""
    task = instance.task.specific
    if not isinstance(task, StepMixin):
        return
    page = instance.workflow_state.content_object.specific
    people = [one for one in candidates(item_at(page, task)) if one != user]
    tell(STEP, people, partial(_turn, page, task), about=instance)


def _turn(page: ModeratedPage, task: StepMixin) -> dict[str, object]:
    matter = ledger.of_page(page)
    return {
        "kind": _("Item"),
        "title": page.draft_title or page.title,
        "category": category_name(getattr(page, "category", "")),
        "unit": str((matter and matter.unit) or ""),
        "step": f"{task.name} ({task.clause})" if task.clause else task.name,
        "due": moment(matter.limit if matter else None),
        "address": absolute(_path(page.pk)),
        "reply": "",
    }


def _heads_of(page: ModeratedPage) -> list[User]:
    """Return the heads of the item's unit today: they answer for what it supplies (R6)."""
    seats = Seat.objects.filter(role=RoleCode.UNIT_HEAD, unit=getattr(page, "unit_id", None) or 0)
    return [seat.user for seat in seats.on(today()).select_related("user")]


class Around(NamedTuple):
    """Who had a hand in an item: ``everybody``, and the keys of those who wrote or sent it."""

    everybody: list[User]
    writers: frozenset[int]

    def concerned(self) -> list[User]:
        """Return the writers, and who hears of all that they had a hand in; one query."""
        others = [user.pk for user in self.everybody if user.pk not in self.writers]
        keys = self.writers | (MailChoice.objects.following(others) if others else set())
        return [user for user in self.everybody if user.pk in keys]


def those_around(page: ModeratedPage, *, ever: bool = False) -> Around:
    """Return who wrote, sent or decided the item since it was last cleared for publication.

    ``ever``: whenever they did; what was cleared is what a review or a withdrawal is about. Three
    queries, one less of a page that an act holds.
    """
    senders: set[int | None] = set()
    deciders: set[int | None] = set()
    cleared = 0
    matter = ledger.of_page(page)
    rows = Event.objects.decisions().of_page(page.pk).order_by("pk")
    for by, move, clears, revision in rows.values_list("by", "move", "clears", "revision"):
        (senders if move == Move.SUBMITTED else deciders).add(by)
        if clears and not ever:
            senders, deciders, cleared = set(), set(), revision or 0
    written_by: Iterable[int | None]
    if ever or matter is None or matter.writers is None:
        written_by = page.revisions.filter(pk__gt=cleared).values_list("user", flat=True)
    else:
        written_by = matter.writers
    # The head who passed a text answers for it as its writers do (R6), and did not write it.
    writers = senders | {page.owner_id} | (set(written_by) - deciders)
    everybody = users().filter(pk__in=(writers | deciders) - {None}, is_active=True)
    return Around(list(everybody.order_by("pk")), frozenset(key for key in writers if key))


def report(decision: Event) -> dict[str, object]:
    """Return what a letter says of a decision."""
    return said(
        decision,
        address=_path(decision.subject),
        head=said_of_the_head(decision),
    )


def overdue(decision: Event, until: datetime.datetime) -> dict[str, object]:
    """Return what a letter says where nobody has reviewed an emergency until then."""
    return {**report(decision), "until": moment(until)}


def _path(page_id: int | None) -> str:
    return reverse("pbgdpl_item", args=[page_id])


class _Notifier(Protocol):
    def __call__(self, *, instance: WorkflowState, **kwargs: object) -> None: ...


def _for_other_workflows(notifier: _Notifier) -> _Notifier:
    """Wagtail's own mails go on for workflows of the site that are not of the regulation."""

    def notify(*, instance: WorkflowState, **kwargs: object) -> None:
        if not course_of(instance).steps:
            notifier(instance=instance, **kwargs)

    return notify


def connect() -> None:
    task_submitted.connect(step_begins, sender=TaskState, dispatch_uid="wagtail_pbgdpl.step_begins")
    for signal, notifier, name in (
        (workflow_submitted, stock.workflow_submission_email_notifier, "submitted"),
        (workflow_rejected, stock.workflow_rejection_email_notifier, "rejected"),
        (workflow_approved, stock.workflow_approval_email_notifier, "approved"),
    ):
        # Under Wagtail's own name, so that its receiver and ours never run both.
        uid = f"workflow_state_{name}_email_notification"
        signal.disconnect(sender=WorkflowState, dispatch_uid=uid)
        signal.connect(
            _for_other_workflows(notifier), sender=WorkflowState, dispatch_uid=uid, weak=False
        )
