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
from ..core.personal import Personal
from ..intake.attachments import Attachment
from ..intake.sender import CLAUSE, RETENTION_DAYS, Sender
from ..matters.models import Matter, MatterQuerySet
from ..regulations.labels import QUESTION_KINDS

STARS = 5
#: Code of the kind of a part's matter.
PART = "question_part"


class Question(Sender):
    """What somebody sent in, word for word (``text``), with what was answered.

    ``kind`` is that of its matter. ``topic``: the code of a rule in the table of questions, empty
    until it is classified where there are several. ``days``: the limit in working days that the
    board set where the regulation sets none. ``clock_from``: the receipt, or when it was opened
    again. ``forwarded_at``: when a unit first received it since then; a transfer leaves that as it
    is. ``tries``: how often somebody who had the code did not know who asked; see ``asking``.
    """

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    code = models.CharField(_("tracking code"), max_length=20, unique=True, editable=False)
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
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0, editable=False)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True, editable=False)
    days = models.PositiveSmallIntegerField(
        _("working days set by the board"), null=True, blank=True
    )
    received_at = models.DateTimeField(_("received at"))
    clock_from = models.DateTimeField(_("clock begun at"))
    forwarded_at = models.DateTimeField(_("forwarded at"), null=True, blank=True)
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

    legal_field_id: int | None
    clarifications: models.QuerySet[Clarification]
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
        *("number", "code", "kind", "topic", "legal_field", "days", "received_at", "clock_from"),
        *(
            "tries",
            "locked_until",
            "forwarded_at",
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

    def open_parts(self) -> MatterQuerySet:
        """Return the matters of the parts that are neither signed nor given back."""
        mine = self.parts.values("pk")
        return Matter.objects.filter(kind=PART, closed_at=None, subject__in=mine)

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
    """What a co-ordinating unit says for the answer of the lead unit (Q5: BP20 Điều 11.4)."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="parts"
    )
    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("co-ordinating unit"),
        on_delete=models.PROTECT,
        related_name="+",
    )
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
        return f"{self.question} – {self.unit}"
