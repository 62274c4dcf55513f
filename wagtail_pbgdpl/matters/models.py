"""Matters, and what happened to them. They outlive pages, units' names and regulations.

Written when something happens, never recomputed. Clauses: BK21 Điều 9, Điều 10.4, Điều 12, Điều
14.2, Điều 15.2, Điều 20.1, Điều 21, Điều 23; BK18 Điều 16.1; BP20 Điều 9.3, 9.4, 12.3, 15, 18.5;
QT24 Điều 4.2, Điều 6 (R2, R3, R6–R9, R12, T1–T11, P1, P2, S6).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..authority.rules import State as Standing
from ..core.fields import DayField, NFCCharField, NFCTextField
from ..core.history import AppendOnly
from ..worktime import Pause, moment
from .kinds import decisions, kind_of, states_that_stand, with_a_clock
from .publications import OF_PAGES, PUBLICATION, PUBLISHED, Outcome, State
from .publications import Move as MoveOfAPage

if TYPE_CHECKING:
    from ..organisation.models import Unit


class MatterQuerySet(models.QuerySet["Matter"]):
    def publications(self) -> MatterQuerySet:
        """Return what counts as an item of its own (sổ theo dõi đăng tải)."""
        return self.filter(kind=PUBLICATION)

    def of_pages(self) -> MatterQuerySet:
        return self.filter(kind__in=OF_PAGES)

    def of_page(self, page_id: int | None) -> MatterQuerySet:
        """Return the matter of a page, whether it counts or not."""
        return self.of_pages().filter(subject=page_id) if page_id else self.none()

    def open(self) -> MatterQuerySet:
        """Return what the regulation clocks and is neither done nor given up."""
        return self.filter(kind__in=with_a_clock(), closed_at=None)

    def late(self, now: datetime.datetime) -> MatterQuerySet:
        """Return the open rows whose limit has passed at ``now`` (aware)."""
        return self.open().filter(due_at__lt=now)

    def due_until(self, end: datetime.datetime) -> MatterQuerySet:
        """Return the open rows whose limit ends until ``end`` (aware), late ones among them."""
        return self.open().filter(due_at__lte=end)

    def due_soon(self, now: datetime.datetime, end: datetime.datetime) -> MatterQuerySet:
        """Return the same without what is late at ``now`` (aware)."""
        return self.due_until(end).filter(due_at__gte=now)

    def published(self) -> MatterQuerySet:
        return self.publications().filter(outcome__in=PUBLISHED)

    def in_time(self) -> MatterQuerySet:
        """Return what was published within its limit; what has none is not among them."""
        return self.published().filter(due_at__gte=F("closed_at"))

    def too_late(self) -> MatterQuerySet:
        return self.published().filter(due_at__lt=F("closed_at"))

    def at_a_step(self) -> MatterQuerySet:
        return self.filter(state__in=states_that_stand(Standing.SUBMITTED))

    def waiting(self) -> MatterQuerySet:
        """Return what is at a step, or back with its sender."""
        states = states_that_stand(Standing.SUBMITTED, Standing.RETURNED)
        return self.filter(state__in=states)


class Matter(models.Model):
    """Something that the regulation clocks (việc): owed, on its way, in somebody's hands, done.

    ``subject`` is a plain number of what it is about, so that the row outlives that; empty while
    nothing is written. ``state`` is that of the version on its way, or else of what is public.
    ``unit`` is whose it is at present; figures of what is closed go by ``unit_at_close``.

    At a step: ``action`` and ``step`` say what is done there, ``role`` whose turn it is, which is
    nobody's elsewhere; ``holder`` in whose hands it is where it was given to a person and not to a
    role; ``place`` is its number, ``since`` when it came there. ``writers``: who
    wrote, changed or sent what stands now, as the rules of authority count them; ``to_review``: the
    emergency that nobody reviewed.

    The clock: ``rule`` is the code of the deadline rule in the profile ``profile``; ``started_at``
    and ``due_at`` are instants, ``due_at`` empty where the regulation sets no number («at once»)
    and while the clock is stopped. ``extended_by``: the working days that were given beside the
    limit; what it was before stands in the events. ``days_taken``: the working days from the start
    to the close, without those on which the clock stood still, by the calendar of the time.
    """

    kind = models.CharField(_("kind"), max_length=20, default=PUBLICATION)
    subject = models.PositiveBigIntegerField(_("page"), null=True, blank=True)
    title = NFCCharField(_("title"), max_length=255)
    category = models.CharField(_("category"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matters",
    )

    state = models.CharField(_("state"), max_length=20, default=State.DRAFT, editable=False)
    action = models.CharField(_("what is done"), max_length=20, blank=True, editable=False)
    role = models.CharField(_("role"), max_length=20, blank=True, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in the hands of"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    step = NFCCharField(_("step"), max_length=255, blank=True, editable=False)
    place = models.PositiveBigIntegerField(_("number of the step"), null=True, editable=False)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    since = models.DateTimeField(_("since"), null=True, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Empty: nobody has counted them yet.
    writers = models.JSONField(null=True, blank=True, editable=False)
    to_review = models.ForeignKey(
        "wagtail_pbgdpl.Event",
        verbose_name=_("to be reviewed"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    profile = models.CharField(_("regulation profile"), max_length=255, blank=True)
    rule = models.CharField(_("deadline rule"), max_length=60, blank=True)
    clause = NFCCharField(_("clause"), max_length=255, blank=True)
    started_on = DayField(_("day of the event"), null=True, blank=True)
    started_at = models.DateTimeField(
        _("time of the event"), null=True, blank=True, help_text=_("Where the hour is known.")
    )
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    # Pairs of days, the last one without an end while the clock is stopped.
    pauses = models.JSONField(_("pauses"), default=list, blank=True, editable=False)
    extended_by = models.PositiveSmallIntegerField(
        _("extended by (working days)"), default=0, editable=False
    )

    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    unit_at_close = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit when it was closed"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    days_taken = models.PositiveSmallIntegerField(
        _("working days taken"), null=True, blank=True, editable=False
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    authority = NFCTextField(_("by the authority of"), blank=True)
    note = NFCTextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    unit_id: int | None
    unit_at_close_id: int | None
    holder_id: int | None
    sender_id: int | None
    to_review_id: int | None
    events: EventQuerySet
    #: Set by the report for the rows that it shows.
    lateness: str
    # In which it was read or saved last.
    _state_before: str | None = None

    # A manager hands on whatever its rows can do.
    objects = cast(MatterQuerySet, MatterQuerySet.as_manager())

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="pbgdpl_matter_subject")
        ]
        indexes = [
            models.Index(fields=["subject"], name="pbgdpl_matter_of"),
            models.Index(fields=["due_at"], condition=Q(closed_at=None), name="pbgdpl_matter_open"),
            models.Index(fields=["closed_at"], name="pbgdpl_matter_closed"),
            models.Index(fields=["unit_at_close", "closed_at"], name="pbgdpl_matter_unit"),
            models.Index(fields=["role", "since"], name="pbgdpl_matter_role"),
            models.Index(
                fields=["to_review"],
                condition=Q(to_review__isnull=False),
                name="pbgdpl_matter_review",
            ),
        ]
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger of publication")

    def __str__(self) -> str:
        return self.title

    # With what Django calls the next three, its versions differ in: it is handed on.
    def save(self, *args: object, **kwargs: object) -> None:
        """Raises ``ValueError`` where its kind knows no way from the state in which it was."""
        if not kind_of(self).lifecycle.leads(self._state_before, self.state):
            raise ValueError(f"{self.kind}: no way from {self._state_before!r} to {self.state!r}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        self._state_before = self.state

    @classmethod
    def from_db(cls, *args: object, **kwargs: object) -> Matter:
        matter = super().from_db(*args, **kwargs)  # type: ignore[arg-type]
        matter._state_before = matter.__dict__.get("state")
        return matter

    def refresh_from_db(self, *args: object, **kwargs: object) -> None:
        super().refresh_from_db(*args, **kwargs)  # type: ignore[arg-type]
        self._state_before = self.__dict__.get("state")

    @property
    def start(self) -> datetime.date | datetime.datetime | None:
        """The event that started the clock, as exactly as it is known."""
        return self.started_at or self.started_on

    @property
    def stops(self) -> list[Pause]:
        """When its clock was stopped."""
        day = datetime.date.fromisoformat
        return [Pause(day(since), day(until) if until else None) for since, until in self.pauses]

    @property
    def stopped_on(self) -> datetime.date | None:
        """Since when its clock is stopped, if it is."""
        return next((stop.since for stop in self.stops if stop.until is None), None)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_published(self) -> bool:
        """Whether it was published once."""
        return self.outcome in PUBLISHED

    @property
    def published_at(self) -> datetime.datetime | None:
        """When it was published first, if ever."""
        return self.closed_at if self.is_published else None

    @property
    def is_given_up(self) -> bool:
        return self.outcome == Outcome.GIVEN_UP

    @property
    def in_emergency(self) -> bool:
        """Whether it was first published in an emergency."""
        return self.outcome == Outcome.EMERGENCY

    @property
    def counted_unit(self) -> Unit | None:
        """The unit whose figures it belongs to: its own when it was closed, or else at present."""
        return self.unit if self.is_open else self.unit_at_close

    @property
    def limit(self) -> datetime.datetime | None:
        """Until when it must be published; ``None`` without a limit, or where it is closed."""
        return self.due_at if self.is_open else None

    @property
    def is_taken_down(self) -> bool:
        """Whether the public read it once, and reads nothing of it now, nor does a step."""
        return self.state == State.DRAFT and self.is_published

    @property
    def is_returned(self) -> bool:
        """Whether it is back with its sender."""
        return self.standing is Standing.RETURNED

    @property
    def standing(self) -> Standing:
        """As what the rules of authority take it."""
        return kind_of(self).standing_of(self)[0]

    @property
    def state_label(self) -> str:
        """Its state as people read it."""
        if self.is_taken_down:
            return gettext("taken down")
        return str(kind_of(self).lifecycle.states[self.state].label)

    @property
    def mark(self) -> str:
        """By which one tells whether it still stands as it was looked at."""
        return f"{self.state} {self.since and self.since.isoformat()} {self.extended_by}"

    @property
    def address(self) -> str:
        """The path of the admin where it is decided on."""
        return kind_of(self).address(self)

    @property
    def work_address(self) -> str:
        """The path where what is due is done."""
        return kind_of(self).work_address(self)


class EventQuerySet(models.QuerySet["Event"]):
    def decisions(self) -> EventQuerySet:
        """Return what somebody of the unit or the board decided: the journal of decisions."""
        return self.filter(move__in=decisions())

    def of_page(self, page_id: int | None) -> EventQuerySet:
        """Return what happened to a page, whether it counts or not."""
        return self.filter(subject=page_id, matter__kind__in=OF_PAGES)

    def of_the_clock(self) -> EventQuerySet:
        """Return what is no decision: how it was owed, moved, published, given up."""
        return self.exclude(move__in=decisions())


class Event(AppendOnly):
    """What happened to a matter: by whom, by which authority, and why. Never changed or deleted.

    ``subject`` and ``revision`` are plain numbers; they, ``title``, ``category`` and ``unit`` are
    those of the time. ``clears``: with this decision the revision may be public.
    """

    matter = models.ForeignKey(
        Matter, verbose_name=_("matter"), on_delete=models.PROTECT, related_name="events"
    )
    subject = models.PositiveBigIntegerField(_("page"), null=True, db_index=True)
    title = NFCCharField(_("title"), max_length=255)
    category = models.CharField(_("category"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revision = models.PositiveBigIntegerField(_("revision"), null=True, db_index=True)
    move = models.CharField(_("kind"), max_length=20)
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
    # The name stays when the account goes.
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
    text = NFCTextField(pgettext_lazy("decision", "comment"), blank=True)
    # Of the text and of every file that it shows, as they were decided on; empty: nobody knows.
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    # What else the move has to say.
    detail = models.JSONField(_("further facts"), default=dict)

    matter_id: int
    unit_id: int | None
    by_id: int | None
    files: models.QuerySet[EventFile]

    objects = cast(EventQuerySet, EventQuerySet.as_manager())

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        ordering = ["pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.move_label}: {self.title}"

    @property
    def address(self) -> str:
        """The path of the admin at which somebody goes on with what it was about at the time."""
        matter = self.matter
        return kind_of(matter).address(Matter(pk=matter.pk, kind=matter.kind, subject=self.subject))

    @property
    def move_label(self) -> str:
        """What happened, as people read it."""
        if self.clears and self.move == MoveOfAPage.PASSED:
            return _later(self.detail) or gettext("approved and published")
        return str(kind_of(self.matter).lifecycle.moves[self.move].label)


def _later(detail: Mapping[str, object]) -> str:
    """Say when what was approved becomes public, where it does so by itself later."""
    at = detail.get("goes_live")
    if not at:
        return ""
    when = moment(datetime.datetime.fromisoformat(str(at)))
    return gettext("approved, becomes public by itself at %(moment)s") % {"moment": when}


class EventFile(AppendOnly):
    """An image or document that the revision of a decision shows, by its content (R12).

    ``model`` and ``object_id`` name the row, ``sha256`` what the file held when it was decided on.
    """

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="files"
    )
    model = models.CharField(_("table"), max_length=100)
    object_id = models.CharField(_("key"), max_length=64)
    title = NFCCharField(_("title"), max_length=255)
    sha256 = models.CharField(_("digest"), max_length=64)

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        indexes = [models.Index(fields=["model", "object_id"], name="pbgdpl_event_file")]
        verbose_name = _("file of a decision")
        verbose_name_plural = _("files of decisions")

    def __str__(self) -> str:
        return self.title


class Seal(AppendOnly):
    """The seal of an event: of what it says, and of the seal before it. See ``seals``.

    Numbers have no gaps. ``version`` says which columns of the event are under the seal.
    """

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    event = models.OneToOneField(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="seal"
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    value = models.CharField(_("seal"), max_length=64)

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}:{self.value}"


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
    """That people were reminded of a matter at a stage of its limit, which ended ``due_at``."""

    class Stage(models.IntegerChoices):
        SOON = 1, _("due soon")
        LATE = 2, _("late")
        ESCALATED = 3, _("long late")

    matter = models.ForeignKey(
        Matter, verbose_name=_("matter"), on_delete=models.PROTECT, related_name="reminders"
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
            models.UniqueConstraint(fields=["matter", "on"], name="pbgdpl_reminder_once")
        ]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"{self.Stage(self.stage).label}: {self.matter}"
