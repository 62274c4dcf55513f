"""The steps of the regulation as Wagtail's tasks, and what was decided on each item.

Clauses: BK21 Điều 10.4, Điều 14.2, Điều 15.2, Điều 20.1, Điều 21; BP20 Điều 12.3, Điều 15; QT24
Điều 4.2, Điều 6 (R2, R3, R6–R9, R12).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from ..core.fields import NFCCharField, NFCTextField
from ..core.history import AppendOnly


class StepTask(Task):
    """A step of a workflow of the regulation (bước): what is done there, and by which role.

    Made by ``pbgdpl_setup``. It stays as it is when the profile changes, so that items on their way
    finish by the rules under which they were sent.
    """

    profile = models.CharField(_("regulation profile"), max_length=255, editable=False)
    action = models.CharField(_("what is done"), max_length=20, editable=False)
    role = models.CharField(_("role"), max_length=20, editable=False)
    optional = models.BooleanField(_("may be left out"), default=False, editable=False)
    clause = NFCCharField(_("clause"), max_length=255, blank=True, editable=False)

    class Meta:
        app_label = "wagtail_pbgdpl"
        verbose_name = _("step of the regulation")
        verbose_name_plural = _("steps of the regulation")

    @property
    def lock_class(self) -> Any:
        """The lock that says why, instead of Wagtail's, which knows groups alone."""
        from .lock import AuthorityLock

        return AuthorityLock

    @classmethod
    def get_description(cls) -> Any:
        return _("A step that the regulation lays down; made by the set-up of the portal.")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin the step that is due; after a refusal that is the first one again (R9)."""
        from . import progress

        return progress.start(self, workflow_state, user)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Pass the step or send the item back, as ``decisions`` does.

        What a browser sends beside the comment and the grounds is not used. Raises
        ``PermissionDenied`` where the person, the item or the step is not the right one.
        """
        from . import decisions

        if task_state.task_id != self.pk:
            raise PermissionDenied
        comment = str(kwargs.get("comment") or "")
        if action_name == "approve":
            decisions.pass_step(task_state.pk, user, comment=comment)
        elif action_name == "reject":
            grounds = kwargs.get("grounds")
            listed = [str(code) for code in grounds] if isinstance(grounds, list) else []
            decisions.send_back(task_state.pk, user, grounds=listed, explanation=comment)
        else:
            raise PermissionDenied

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        from . import rights

        return bool(rights.may(user, rights.Act.READ, obj))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        from . import rights

        return not rights.may(user, rights.Act.EDIT, obj)


class HeadWord(models.TextChoices):
    """What the head of a unit says to an emergency publication (R6)."""

    APPROVED = "approved", _("The head of the unit has approved this text.")
    AGREES = "agrees", _("The head of the unit agrees, as the Trưởng Ban has heard from them.")
    MISSING = "missing", _("The head of the unit has not been heard.")


class Decision(AppendOnly):
    """What somebody decided about an item, by which authority, and why.

    Rows outlive the page, its revisions and the account: ``page_id`` and ``revision_number`` are
    plain numbers. ``clears``: with this decision the revision may be public.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        PASSED = "passed", _("passed on")
        RETURNED = "returned", _("returned for correction")
        WITHDRAWN = "withdrawn", _("taken back by the sender")
        EMERGENCY = "emergency", _("published in an emergency")
        REVIEWED = "reviewed", _("reviewed after publication")
        TAKEN_DOWN = "taken_down", _("taken down")
        ENTERED = "entered", _("entered by the set-up or an import")

    page_id = models.PositiveBigIntegerField(_("page"), db_index=True)
    title = NFCCharField(_("title"), max_length=255)
    category = models.CharField(_("category"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revision_number = models.PositiveBigIntegerField(_("revision"), null=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    clears = models.BooleanField(_("clears for publication"), default=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    action = models.CharField(_("what is done"), max_length=20, blank=True)
    step = NFCCharField(_("step"), max_length=255, blank=True)
    clause = NFCCharField(_("clause"), max_length=255, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = NFCCharField(_("name"), max_length=255, blank=True)
    role = models.CharField(_("role"), max_length=20, blank=True)
    authority = NFCTextField(_("by the authority of"), blank=True)
    delegation = models.ForeignKey(
        "wagtail_pbgdpl.Delegation",
        verbose_name=_("delegation"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Code, name and clause of each ground, as the regulation had them.
    grounds = models.JSONField(_("grounds"), default=list)
    text = NFCTextField(_("comment"), blank=True)
    # Of the text and of every file that it shows, as they were decided on; empty: nobody knows.
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    # What else the kind of decision has to say.
    detail = models.JSONField(_("further facts"), default=dict)

    unit_id: int | None
    by_id: int | None
    get_kind_display: Callable[[], str]

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        ordering = ["pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.title}"

    @property
    def head(self) -> str:
        """What was written of the head of the unit; empty where there was nothing to say."""
        said = self.detail.get("head", "")
        return str(HeadWord(said).label) if said in HeadWord.values else ""


class DecisionFile(AppendOnly):
    """An image or document that the revision of a decision shows, by its content (R12).

    ``model`` and ``object_id`` name the row, ``sha256`` what the file held when it was decided on.
    """

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="files"
    )
    model = models.CharField(_("table"), max_length=100)
    object_id = models.CharField(_("key"), max_length=64)
    title = NFCCharField(_("title"), max_length=255)
    sha256 = models.CharField(_("digest"), max_length=64)

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        indexes = [models.Index(fields=["model", "object_id"], name="pbgdpl_decision_file")]
        verbose_name = _("file of a decision")
        verbose_name_plural = _("files of decisions")

    def __str__(self) -> str:
        return self.title


class Pending(models.Model):
    """An item at a step of its workflow, or back with its sender: what lists and reminders read.

    One row for each item, gone when the item is decided. ``writers`` as the rules of authority
    count them.
    """

    page_id = models.PositiveBigIntegerField(_("page"), unique=True)
    title = NFCCharField(_("title"), max_length=255)
    category = models.CharField(_("category"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    returned = models.BooleanField(_("returned for correction"), default=False)
    task_state = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(_("what is done"), max_length=20)
    role = models.CharField(_("role"), max_length=20)
    step = NFCCharField(_("step"), max_length=255)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    writers = models.JSONField(default=list)
    since = models.DateTimeField(_("since"))

    unit_id: int | None
    sender_id: int | None
    task_state_id: int
    #: Set for the rows that a list shows.
    due_at: datetime.datetime | None

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        indexes = [
            models.Index(fields=["returned", "role", "since"], name="pbgdpl_pending_role"),
        ]
        verbose_name = _("item at a step")
        verbose_name_plural = _("items at a step")

    def __str__(self) -> str:
        return f"{self.title}: {self.step}"
