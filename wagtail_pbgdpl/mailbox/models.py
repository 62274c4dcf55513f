"""Each mail that came in: what came of it, and the mail itself as long as that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.encrypted import EncryptedCharField, EncryptedEmailField
from ..core.personal import Personal
from ..intake.attachments import Attachment
from ..intake.sender import CLAUSE
from ..questions.models import Question
from ..worktime import moment

KEY_LENGTH = 64


class Outcome(models.TextChoices):
    QUESTION = "question", _("became a question")
    ADDED = "added", _("was added to a question")
    DRAFT = "draft", _("became the draft of an answer")
    SET_ASIDE = "set_aside", _("was set aside")


class Reason(models.TextChoices):
    """Why a mail was set aside."""

    AUTOMATIC = "automatic", _("sent by a program or to a list")
    BOUNCE = "bounce", _("report of a mail server")
    NOT_ARRIVED = "not_arrived", _("a letter to the asker did not arrive")
    TOO_LARGE = "too_large", _("too large")
    EMPTY = "empty", _("without text and files")
    NO_SENDER = "no_sender", _("from no address that could be answered")
    TOO_MANY = "too_many", _("too many from this address within an hour")
    NOT_TAKEN = "not_taken", _("the regulation has no questions and answers")
    UNREADABLE = "unreadable", _("cannot be read")
    WRONG_TOKEN = "wrong_token", _("reply to a letter that is not known")
    OTHER_SENDER = "other_sender", _("reply from another address")
    NO_REPLY = "no_reply", _("reply to a letter that takes none")
    CLOSED = "closed", _("reply about a question that is closed")
    NOT_ALLOWED = "not_allowed", _("reply of somebody who may not draft the answer now")
    ELSEWHERE = "elsewhere", _("reply about a question that stands elsewhere now")


#: Nobody has to look at these: no person has written them.
OF_PROGRAMS = frozenset({Reason.AUTOMATIC, Reason.BOUNCE})


class ReceivedMail(Attachment):
    """One mail; ``file`` is the whole, encrypted, and empty where it was too large to be read.

    ``key`` tells a mail that comes a second time. A mail of which no question came goes after
    ``MAIL_KEPT_DAYS``, others with what is known of who asked.
    """

    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True)
    at = models.DateTimeField(_("received at"), default=timezone.now)
    outcome = models.CharField(_("what came of it"), max_length=20, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=Reason.choices)
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
    )
    sender = EncryptedEmailField(_("sender"), blank=True)
    subject = EncryptedCharField(pgettext_lazy("letter", "subject"), max_length=255, blank=True)

    question_id: int | None
    get_outcome_display: Callable[[], str]
    get_reason_display: Callable[[], str]

    objects: Any = models.Manager()

    personal: ClassVar[dict[str, Personal]] = {
        "sender": Personal(_("to tell who wrote"), CLAUSE),
        "subject": Personal(_("to tell what was written about"), CLAUSE),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("key", "at", "outcome", "reason", "question")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], condition=Q(question=None), name="pbgdpl_mail_kept"),
        ]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return moment(self.at)

    @property
    def domain(self) -> str:
        """Where it came from, without who."""
        return f"…@{self.sender.rpartition('@')[2]}" if self.sender else ""

    @property
    def is_of_a_program(self) -> bool:
        return self.reason in OF_PROGRAMS
