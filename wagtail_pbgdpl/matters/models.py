"""The rows of the ledger. They outlive pages, units' names and regulations.

Written when something happens, never recomputed from pages. Clauses: BK21 Điều 9, Điều 12, Điều 23;
BK18 Điều 16.1; BP20 Điều 9.3, 9.4, 18.5 (R12, T1–T11, P1, P2, S6).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..core.fields import DayField, NFCCharField, NFCTextField
from ..core.history import AppendOnly


class PublicationQuerySet(models.QuerySet):
    def open(self) -> PublicationQuerySet:
        """Return what is owed or on its way, and neither published nor given up."""
        return self.filter(first_published_at=None, cancelled_at=None)

    def late(self, now: datetime.datetime) -> PublicationQuerySet:
        """Return the open rows whose limit has passed at ``now`` (aware)."""
        return self.open().filter(due_at__lt=now)

    def due_until(self, end: datetime.datetime) -> PublicationQuerySet:
        """Return the open rows whose limit ends until ``end`` (aware), late ones among them."""
        return self.open().filter(due_at__lte=end)

    def published(self) -> PublicationQuerySet:
        return self.filter(first_published_at__isnull=False)

    def in_time(self) -> PublicationQuerySet:
        """Return what was published within its limit; what has none is not among them."""
        return self.published().filter(due_at__gte=F("first_published_at"))

    def too_late(self) -> PublicationQuerySet:
        return self.published().filter(due_at__lt=F("first_published_at"))


class Publication(models.Model):
    """One item that is owed, on its way or published.

    ``page_id`` is a plain number, so that the row outlives the page; empty while nothing is
    written. ``rule`` is the code of the deadline rule in the profile ``profile``; ``started_at``
    and ``due_at`` are instants, ``due_at`` empty where the regulation sets no number («at once»).
    """

    page_id = models.PositiveBigIntegerField(_("page"), null=True, blank=True, unique=True)
    title = NFCCharField(_("title"), max_length=255)
    category = models.CharField(_("category"), max_length=40)
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
    )
    profile = models.CharField(_("regulation profile"), max_length=255, blank=True)
    rule = models.CharField(_("deadline rule"), max_length=60, blank=True)
    clause = NFCCharField(_("clause"), max_length=255, blank=True)
    started_on = DayField(_("day of the event"), null=True, blank=True)
    started_at = models.DateTimeField(
        _("time of the event"), null=True, blank=True, help_text=_("Where the hour is known.")
    )
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    authority = NFCTextField(_("by the authority of"), blank=True)
    emergency = models.BooleanField(_("in an emergency"), default=False)
    note = NFCTextField(_("note"), blank=True)
    cancelled_at = models.DateTimeField(_("given up at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    unit_id: int | None
    events: Any
    #: Set by the report for the rows that it shows.
    lateness: str

    objects: Any = PublicationQuerySet.as_manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("add", "change", "view")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(first_published_at=None, cancelled_at=None),
                name="pbgdpl_ledger_open",
            ),
            models.Index(fields=["first_published_at"], name="pbgdpl_ledger_published"),
            models.Index(fields=["unit", "first_published_at"], name="pbgdpl_ledger_unit"),
        ]
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger of publication")

    def __str__(self) -> str:
        return self.title

    @property
    def start(self) -> datetime.date | datetime.datetime | None:
        """The event that started the clock, as exactly as it is known."""
        return self.started_at or self.started_on

    @property
    def is_open(self) -> bool:
        return self.first_published_at is None and self.cancelled_at is None

    def is_late(self, now: datetime.datetime) -> bool:
        """Whether it was published after its limit, or is open and the limit has passed."""
        if self.due_at is None or self.cancelled_at is not None:
            return False
        return (self.first_published_at or now) > self.due_at


class PublicationEvent(AppendOnly):
    """Something that happened to a row of the ledger. Never changed, never deleted."""

    class Kind(models.TextChoices):
        OWED = "owed", _("entered as owed")
        BEGUN = "begun", _("begun")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("time limit moved")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("taken down")
        CANCELLED = "cancelled", _("given up")

    publication = models.ForeignKey(
        Publication,
        verbose_name=_("entry of the ledger"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The name stays when the account goes.
    by_name = NFCCharField(_("name"), max_length=255, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        ordering = ["pk"]
        verbose_name = _("event of the ledger")
        verbose_name_plural = _("events of the ledger")

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.publication}"


class ReminderDay(AppendOnly):
    """A working day on which people were reminded of time limits; each has one round alone."""

    day = models.DateField(_("day"), unique=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("day of reminders")
        verbose_name_plural = _("days of reminders")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Reminder(AppendOnly):
    """That people were reminded of a row at a stage of its time limit, which ended ``due_at``."""

    class Stage(models.IntegerChoices):
        SOON = 1, _("due soon")
        LATE = 2, _("late")
        ESCALATED = 3, _("long late")

    publication = models.ForeignKey(
        Publication,
        verbose_name=_("entry of the ledger"),
        on_delete=models.PROTECT,
        related_name="reminders",
    )
    on = models.ForeignKey(
        ReminderDay, verbose_name=_("day"), on_delete=models.PROTECT, related_name="reminders"
    )
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices)
    due_at = models.DateTimeField(_("due at"))

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["publication", "on"], name="pbgdpl_reminder_once")
        ]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.Stage(self.stage).label}: {self.publication}"
