"""What the public asks, and what the units say to it: the content that a matter is about.

State, clock and history stand in the matter and its events; these can never be erased, so nothing
of the asker's words stands there. Clauses: BK21 Điều 9.6, 12.1c; BK18 Điều 7.1f; BP20 Điều 11
(C6, Q1–Q7, Q10).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField, NFCTextField
from ..core.history import name_of
from ..core.personal import Personal
from ..intake.attachments import Attachment
from ..intake.sender import CLAUSE, RETENTION_DAYS
from ..intake.tracked import Tracked
from ..matters.models import Matter, MatterQuerySet
from ..regulations.labels import QUESTION_KINDS
from ..worktime.deadline import local_day

STARS = 5
#: Code of the kind of a request about one's own data.
#: Codes of the kinds of matters of parts: of a unit's, and of an outside expert's draft.
PART, EXPERT_DRAFT = "question_part", "question_expert"
PARTS = (PART, EXPERT_DRAFT)


class Batch(models.Model):
    """Questions of one sort that the board gathered for a unit and forwarded together, with the
    limit in working days that it set where the regulation sets none (Q11: BP20 Điều 11.3).

    ``why`` is what those who asked are told. Each question keeps a clock of its own.
    """

    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    topic = models.CharField(_("sort of question"), max_length=60, blank=True)
    days = models.PositiveSmallIntegerField(
        _("working days set by the board"), null=True, blank=True
    )
    why = NFCTextField(_("why they were gathered"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    questions: models.QuerySet[Question]

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = _("batch of questions")
        verbose_name_plural = _("batches of questions")

    def __str__(self) -> str:
        return f"{self.number} – {self.unit}"

    @property
    def number(self) -> str:
        """What people call it, by the day in Asia/Ho_Chi_Minh on which it was forwarded."""
        return f"{self.pk}/{local_day(self.made_at):%d-%m-%Y}"


class Question(Tracked):
    """What somebody sent in, word for word (``text``), with what was answered.

    ``kind`` is that of its matter. ``topic``: the code of a rule in the table of questions, empty
    until it is classified where there are several. ``days``: the limit in working days that the
    board set where the regulation sets none. ``clock_from``: the receipt, or when it was opened
    again. ``forwarded_at``: when a unit first received it since then; a transfer leaves that as it
    is.
    """

    kind = models.CharField(
        _("kind"),
        max_length=20,
        default="question",
        choices=[(kind.value, label) for kind, label in QUESTION_KINDS.items()],
    )
    topic = models.CharField(_("sort of question"), max_length=60, blank=True)
    text = NFCTextField(_("what was asked"))
    heading = NFCCharField(_("heading"), max_length=255, blank=True)
    legal_field = models.ForeignKey(
        "wagtail_pbgdpl.LegalField",
        verbose_name=_("legal field"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    commune = NFCCharField(_("commune"), max_length=120, blank=True)
    days = models.PositiveSmallIntegerField(
        _("working days set by the board"), null=True, blank=True
    )
    received_at = models.DateTimeField(_("received at"), db_index=True)
    clock_from = models.DateTimeField(_("clock begun at"))
    forwarded_at = models.DateTimeField(_("forwarded at"), null=True, blank=True)
    batch = models.ForeignKey(
        Batch,
        verbose_name=_("batch"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="questions",
    )
    answer = NFCTextField(_("answer"), blank=True)
    same_as = models.ForeignKey(
        "self",
        verbose_name=_("the same as"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    public_address = models.CharField(_("address of the public answer"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(STARS)],
    )
    rating_comment = NFCTextField(_("remark on the answer"), blank=True)
    rated_at = models.DateTimeField(_("rated at"), null=True, blank=True)

    opens: ClassVar[str] = "wagtail_pbgdpl:question_open"

    legal_field_id: int | None
    batch_id: int | None
    clarifications: models.QuerySet[Clarification]
    former_ratings: models.QuerySet[FormerRating]
    parts: models.QuerySet[Part]
    files: models.QuerySet[QuestionFile]

    personal: ClassVar[dict[str, Personal]] = {
        "text": Personal(_("to answer what was asked"), CLAUSE, RETENTION_DAYS),
        "commune": Personal(_("to find the unit that is competent"), CLAUSE, RETENTION_DAYS),
        "heading": Personal(_("to find the question again"), CLAUSE, RETENTION_DAYS),
        "answer": Personal(_("to answer what was asked"), CLAUSE, RETENTION_DAYS),
        "rating_comment": Personal(_("to write better answers"), CLAUSE, RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = (
        *("kind", "topic", "legal_field", "days", "received_at", "clock_from"),
        *(
            "forwarded_at",
            "batch",
            "same_as",
            "public_address",
            "published_at",
            "rating",
            "rated_at",
        ),
    )

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions and answers")

    def __str__(self) -> str:
        return self.number

    @property
    def matter(self) -> Matter:
        """Its state, clock and history; one query."""
        return Matter.objects.select_related("unit").get(kind=self.kind, subject=self.pk)

    def open_parts(self, *kinds: str) -> MatterQuerySet:
        """Return the matters of the parts of a kind, by default of units, that are still owed."""
        mine = self.parts.values("pk")
        return Matter.objects.filter(kind__in=kinds or [PART], closed_at=None, subject__in=mine)

    @property
    def title(self) -> str:
        """What lists and letters call it: nothing that the asker wrote."""
        return " · ".join(filter(None, [self.number, str(self.legal_field or "")]))


class Clarification(models.Model):
    """What an official asked of the asker, and what the asker said to it, or added by themselves.

    ``wanted`` is empty where nobody asked.
    """

    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        on_delete=models.CASCADE,
        related_name="clarifications",
    )
    wanted = NFCTextField(_("what is missing"), blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    text = NFCTextField(_("what the asker added"), blank=True)
    supplied_at = models.DateTimeField(_("supplied at"), null=True, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        "wanted": Personal(_("to answer what was asked"), CLAUSE, RETENTION_DAYS),
        "text": Personal(_("to answer what was asked"), CLAUSE, RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("question", "asked_at", "supplied_at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")

    def __str__(self) -> str:
        return f"{self.question} {self.asked_at:%d/%m/%Y}"


class FormerRating(models.Model):
    """What the asker said of an answer that was followed by another one."""

    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        on_delete=models.CASCADE,
        related_name="former_ratings",
    )
    rating = models.PositiveSmallIntegerField(_("rating"))
    comment = NFCTextField(_("remark on the answer"), blank=True)
    rated_at = models.DateTimeField(_("rated at"))

    personal: ClassVar[dict[str, Personal]] = {
        "comment": Personal(_("to write better answers"), CLAUSE, RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("question", "rating", "rated_at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("rating of a former answer")
        verbose_name_plural = _("ratings of former answers")

    def __str__(self) -> str:
        return f"{self.question} {self.rating}/{STARS}"


class QuestionFile(Attachment):
    """A file that the asker sent with the question, or with what was missing."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="files"
    )
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    not_personal: ClassVar[tuple[str, ...]] = ("question", "sent_at")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("file of a question")
        verbose_name_plural = _("files of questions")


class Part(models.Model):
    """What another says for the answer of the lead unit: a co-ordinating unit (Q5: BP20 Điều 11.4),
    or an outside expert, who has ``days`` working days for a draft (Q9: LC19 mục III.1a)."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="parts"
    )
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("co-ordinating unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("expert"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    asked = NFCTextField(_("what the unit is asked"), blank=True)
    text = NFCTextField(_("what the unit says"), blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    question_id: int

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("part of an answer")
        verbose_name_plural = _("parts of answers")

    def __str__(self) -> str:
        return f"{self.question} – {self.whose}"

    @property
    def whose(self) -> str:
        """The name of who says it."""
        return str(self.unit) if self.unit is not None else name_of(self.expert)
