"""Consultations on drafts, and what people say of them: the content that matters are about.

State, clock and history stand in the matters and their events. What somebody wrote, what was
blacked out of it and what was answered are rows that are only added to. Pages stand here by number:
the rows outlive them. Clauses: BK21 Điều 9.12, 12.1d; BK18 Điều 3.3l, 7.1c; BP20 Điều 5.9a (C12).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.encrypted import EncryptedCharField
from ..core.fields import DayField, InstantField, NFCCharField, NFCTextField
from ..core.history import AppendOnly, name_of
from ..core.personal import THE_TRAIL, Personal
from ..intake.attachments import Attachment
from ..intake.sender import NAME_LENGTH, RETENTION_DAYS
from ..intake.tracked import Tracked
from ..matters.models import Matter
from ..worktime import VIETNAM
from ..worktime.active import today
from .sorts import WORDS, Sort, Words
from .states import ConsultationState, closing, days_left, state_on

#: Codes of the kinds.
CONSULTATION, COMMENT = "consultation", "draft_comment"
CLAUSE = "BK21 Điều 9.12; BK18 Điều 3.3l; Luật 91/2025/QH15"
ANCHOR_LENGTH = 120


class Consultation(models.Model):
    """That a draft is put out for comment; ``page`` is its number.

    ``opens_on`` and ``closes_on`` are calendar days, Asia/Ho_Chi_Minh, and both count whole. Of the
    document that was issued: the day, what it is called, and where it stands. Of a dialogue (C17):
    when it is held, and the guests who answer, one in each line.
    """

    sort = models.CharField(_("sort"), max_length=10, choices=Sort, default=Sort.DRAFT)

    page = models.PositiveBigIntegerField(_("page"), unique=True)
    opens_on = DayField(_("opens on"))
    closes_on = DayField(_("closes on"))
    short_because = NFCTextField(_("why it is shorter"), blank=True)
    held_at = InstantField(_("held at"), null=True, blank=True)
    guests = NFCTextField(_("guests"), blank=True)
    summarised_on = DayField(_("summary published on"), null=True, blank=True)
    issued_on = DayField(_("document issued on"), null=True, blank=True)
    issued_as = NFCCharField(_("document issued"), max_length=255, blank=True)
    issued_at = models.CharField(_("address of the document"), max_length=500, blank=True)

    answers: models.QuerySet[Answer]
    comments: models.QuerySet[Comment]
    versions: models.QuerySet[DraftVersion]

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("consultation on a draft")
        verbose_name_plural = _("consultations on drafts")

    def __str__(self) -> str:
        return f"{self.page}"

    @property
    def matter(self) -> Matter:
        """Its state, clock and history; one query."""
        return Matter.objects.select_related("unit").get(kind=CONSULTATION, subject=self.pk)

    @property
    def is_dialogue(self) -> bool:
        return self.sort == Sort.DIALOGUE

    @property
    def words(self) -> Words:
        """What pages call it and what is sent to it."""
        return WORDS[self.sort]

    @property
    def closes_at(self) -> datetime.datetime:
        """The first instant at which nothing is taken in any longer."""
        return closing(self.closes_on)

    def takes_comments(self, now: datetime.datetime) -> bool:
        """Whether a comment may come in at ``now``, an aware instant of this computer's clock."""
        day = now.astimezone(VIETNAM).date()
        return state_on(day, self.opens_on, self.closes_on) is ConsultationState.OPEN

    def state(self, day: datetime.date | None = None) -> ConsultationState:
        """Return the state on a day in Asia/Ho_Chi_Minh, today unless given."""
        if self.issued_on:
            return ConsultationState.ISSUED
        if self.summarised_on:
            return ConsultationState.SUMMARISED
        return state_on(day or today(), self.opens_on, self.closes_on)

    @property
    def days_left(self) -> int | None:
        return days_left(today(), self.closes_on)

    @property
    def latest_version(self) -> DraftVersion | None:
        return self.versions.order_by("number").last()

    def version(self, number: int | None) -> DraftVersion | None:
        """Return the version that was read, the latest where there is none of that number."""
        read = self.versions.filter(number=number).first() if number is not None else None
        return read or self.latest_version

    @property
    def labels(self) -> dict[str, str]:
        """What stands at each anchor of the latest version is called, in its order. One query."""
        version = self.latest_version
        return {row[0]: row[1] for row in version.provisions} if version else {}


class DraftVersion(AppendOnly):
    """A text of the draft that was public; ``revision`` is the number of the page's version.

    ``provisions``: what can be commented, in order: ``[anchor, label, text]``.
    """

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.CASCADE,
        related_name="versions",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    revision = models.PositiveBigIntegerField(_("revision"), null=True)
    provisions = models.JSONField(_("provisions"), default=list)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="pbgdpl_draft_version_number"
            )
        ]
        verbose_name = _("version of a draft")
        verbose_name_plural = _("versions of drafts")

    def __str__(self) -> str:
        return f"{self.consultation} v{self.number}"

    def place(self, anchor: str) -> Place | None:
        """Return what stands at an anchor; the whole draft at none, ``None`` where there is none"""
        if not anchor:
            return Place("", str(self.consultation.words.whole), "")
        found = (row for row in self.provisions if row[0] == anchor)
        return next((Place(*row) for row in found), None)


class Place:
    """A provision as a version of the draft has it."""

    def __init__(self, anchor: str, label: str, text: str) -> None:
        self.anchor, self.label, self.text = anchor, label, text


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REJECTED = "rejected", _("not accepted")
    #: Of a question that was put in a dialogue.
    ANSWERED = "answered", _("answered")


class Answer(AppendOnly):
    """What the drafting body says to one comment, or to several that say the same, and why.

    A later answer is another row; the comment points to the one that holds. ``guest``: who gave it
    in a dialogue, by the name under which they were announced.
    """

    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    verdict = models.CharField(_("outcome"), max_length=10, choices=Verdict)
    text = NFCTextField(_("explanation"))
    guest = NFCCharField(_("guest"), max_length=255, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = NFCCharField(_("name"), max_length=255, blank=True)

    get_verdict_display: Any
    objects: Any = models.Manager()

    personal: ClassVar[dict[str, Personal]] = {
        "by": Personal(_("to know who answered"), CLAUSE, kept=THE_TRAIL),
        "by_name": Personal(_("to know who answered"), CLAUSE, kept=THE_TRAIL),
    }
    # A guest speaks in public, by office.
    not_personal: ClassVar[tuple[str, ...]] = ("consultation", "verdict", "text", "guest", "at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("answer to comments")
        verbose_name_plural = _("answers to comments")

    def __str__(self) -> str:
        return f"{self.consultation} {self.verdict}"

    @classmethod
    def of(cls, consultation: Consultation, said: Mapping[str, Any], by: Any) -> Answer:
        """Enter what was said in the fields of the form, and return it."""
        guest = str(said.get("guest") or "")
        found: Answer = cls.objects.create(
            consultation=consultation,
            verdict=Verdict.ANSWERED if consultation.is_dialogue else said["verdict"],
            text=str(said["answer"]).strip(),
            guest=guest if consultation.is_dialogue else "",
            by=by,
            by_name=name_of(by),
        )
        return found

    def says(self, said: Mapping[str, Any]) -> bool:
        """Whether it is what was said in the fields of the form."""
        names = {"verdict": self.verdict, "guest": self.guest, "answer": self.text}
        return all(str(said.get(name, value)).strip() == value for name, value in names.items())

    @property
    def heading(self) -> str:
        """What stands above the text: the outcome, or who answered."""
        if self.verdict != Verdict.ANSWERED:
            return str(self.get_verdict_display())
        return str(self.guest or _("answer"))


class Comment(Tracked):
    """What somebody says of a draft; the words are in ``wordings``, the last of which holds.

    ``version``, ``anchor`` and ``quoted`` say of what: the text as it stood then. Without an anchor
    it is of the whole. ``place``: the anchor of the same in the latest version; where the provision
    is gone (``is_homeless``), of what it stood in.

    ``source``: how it came; by another way than the portal an official (``entered_by``) put it in,
    ``arrived_on`` is the day on which it came and ``register_number`` that of the book of incoming
    documents. ``group``: by what the drafting body sorts it.
    ``wants_answer``: whoever wrote it wants to be told what became of it.
    """

    class Source(models.TextChoices):
        PORTAL = "portal", _("portal")
        POST = "post", _("post")
        EMAIL = "email", _("e-mail")
        MEETING = "meeting", _("meeting")
        DEPARTMENT = "department", _("written opinion of an agency")

    class Author(models.TextChoices):
        PERSON = "person", _("individual")
        ORGANISATION = "organisation", _("organisation")
        BUSINESS = "business", _("business")
        AGENCY = "agency", _("state agency")

    # Whoever comments need not say who they are.
    full_name = EncryptedCharField(_("full name"), max_length=NAME_LENGTH, blank=True)
    consultation = models.ForeignKey(
        Consultation,
        verbose_name=_("consultation"),
        on_delete=models.PROTECT,
        related_name="comments",
    )
    version = models.ForeignKey(
        DraftVersion,
        verbose_name=_("version of the draft"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    anchor = models.CharField(_("anchor"), max_length=ANCHOR_LENGTH, blank=True)
    label = NFCCharField(_("provision"), max_length=255, blank=True)
    quoted = NFCTextField(_("text of the provision"), blank=True)
    place = models.CharField(_("place in the draft"), max_length=ANCHOR_LENGTH, blank=True)
    is_homeless = models.BooleanField(_("its provision is gone"), default=False)
    organisation = NFCCharField(_("organisation"), max_length=255, blank=True)
    author = models.CharField(
        _("who comments"), max_length=12, choices=Author, default=Author.PERSON
    )
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.PORTAL)
    register_number = NFCCharField(_("number of the incoming document"), max_length=60, blank=True)
    arrived_on = DayField(_("arrived on"))
    received_at = models.DateTimeField(_("received at"), db_index=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    wants_answer = models.BooleanField(_("wants to be told the outcome"), default=False)
    group = NFCCharField(_("group"), max_length=120, blank=True)
    is_shown = models.BooleanField(_("shown in public"), default=False)
    answer = models.ForeignKey(
        Answer,
        verbose_name=_("answer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments",
    )

    opens: ClassVar[str] = "wagtail_pbgdpl:comment_open"
    purpose: ClassVar[str] = "comment"
    is_open_to_its_code: ClassVar[bool] = True

    consultation_id: int
    version_id: int
    answer_id: int | None
    get_source_display: Any
    get_author_display: Any
    wordings: models.QuerySet[Wording]
    files: models.QuerySet[CommentFile]

    personal: ClassVar[dict[str, Personal]] = {
        "organisation": Personal(_("to know who comments"), CLAUSE, RETENTION_DAYS),
        "entered_by": Personal(_("to know who entered it"), CLAUSE, kept=THE_TRAIL),
    }
    not_personal: ClassVar[tuple[str, ...]] = (
        *("consultation", "version", "anchor", "label", "quoted", "author", "source"),
        *("place", "is_homeless"),
        *("register_number", "arrived_on", "received_at", "wants_answer", "group", "is_shown"),
        "answer",
    )

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["consultation", "place"],
                condition=Q(is_shown=True),
                name="pbgdpl_comment_shown",
            )
        ]
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")

    def __str__(self) -> str:
        return self.number

    def clean(self) -> None:
        """Nobody has to be reachable who asks for no answer."""

    @property
    def matter(self) -> Matter:
        """Its state, clock and history; one query."""
        return Matter.objects.select_related("unit").get(kind=COMMENT, subject=self.pk)

    @property
    def wording(self) -> Wording | None:
        """The words that hold."""
        return self.wordings.order_by("pk").last()

    @property
    def title(self) -> str:
        """What lists and letters call it: nothing of who wrote it."""
        return " · ".join(filter(None, [self.number, self.label]))

    @property
    def known_as(self) -> str:
        """Who wrote it, as far as the public may know."""
        named = self.public_name
        return " – ".join(filter(None, [named, self.organisation if self.names_body else ""]))

    @property
    def names_body(self) -> bool:
        """Whether the organisation is public: of a body always, of a person with the name."""
        return self.author != self.Author.PERSON or self.name_may_be_shown


class Wording(AppendOnly):
    """The words of who comments, as they were sent: a correction is another row."""

    comment = models.ForeignKey(
        Comment,
        verbose_name=pgettext_lazy("consultation", "comment"),
        on_delete=models.CASCADE,
        related_name="wordings",
    )
    text = NFCTextField(_("text"))
    at = models.DateTimeField(_("at"))

    blackouts: models.QuerySet[BlackOut]

    objects: Any = models.Manager()

    personal: ClassVar[dict[str, Personal]] = {
        "text": Personal(_("to weigh what was commented"), CLAUSE, RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("comment", "at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("wording of a comment")
        verbose_name_plural = _("wordings of comments")

    def __str__(self) -> str:
        return f"{self.comment} {self.at:%d/%m/%Y}"


class BlackOut(AppendOnly):
    """A passage that the public does not see, and why; the words themselves are kept.

    ``start`` and ``end`` are places in the wording.
    """

    wording = models.ForeignKey(
        Wording, verbose_name=_("wording"), on_delete=models.CASCADE, related_name="blackouts"
    )
    start = models.PositiveIntegerField(_("from"))
    end = models.PositiveIntegerField(_("to"))
    reason = NFCCharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by_name = NFCCharField(_("by"), max_length=255, blank=True)

    objects: Any = models.Manager()

    personal: ClassVar[dict[str, Personal]] = {
        "by_name": Personal(_("to know who decided it"), CLAUSE, kept=THE_TRAIL),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("wording", "start", "end", "reason", "at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["start", "pk"]
        verbose_name = _("passage blacked out")
        verbose_name_plural = _("passages blacked out")

    def __str__(self) -> str:
        return f"{self.wording_id}: {self.start}–{self.end}"

    wording_id: int


class CommentFile(Attachment):
    """A file that came with a comment; it is shown to officials and to who sent it alone."""

    comment = models.ForeignKey(
        Comment,
        verbose_name=pgettext_lazy("consultation", "comment"),
        on_delete=models.CASCADE,
        related_name="files",
    )
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    not_personal: ClassVar[tuple[str, ...]] = ("comment", "sent_at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("file of a comment")
        verbose_name_plural = _("files of comments")
