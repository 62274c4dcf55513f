"""What is to be told to somebody by e-mail, kept until it is delivered and after (R12)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import NFCCharField, NFCTextField
from ..core.personal import Personal
from .letters import KEY_LENGTH, Letter, recipient_key, sort_of


class NoticeQuerySet(models.QuerySet):
    def of(self, letter: Letter, about: Any = "") -> NoticeQuerySet:
        """Return what was told by a letter and others of its sort, or of that ``about``."""
        return self.filter(key__startswith=letter.begins(about))

    def unsent(self) -> NoticeQuerySet:
        return self.filter(sent_at=None)

    def due(self, now: datetime.datetime) -> NoticeQuerySet:
        """Return what waits for an attempt at ``now`` (aware)."""
        return self.unsent().filter(next_attempt_at__lte=now)

    def waiting(self) -> NoticeQuerySet:
        return self.unsent().filter(Q(next_attempt_at__isnull=False) | Q(held=True))

    def given_up(self) -> NoticeQuerySet:
        return self.unsent().filter(next_attempt_at=None, held=False)


class Notice(models.Model):
    """One e-mail to one person.

    ``key`` says what it tells of, so that nothing is told twice; its first part, up to a colon,
    is the sort of its letter. ``next_attempt_at`` (an instant) is empty once it was sent or given
    up, and while it is ``held`` for the letter of the day, with which it counts as sent.
    """

    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # To the address, whatever becomes of the account.
    regardless = models.BooleanField(default=False, editable=False)
    # As it was: the account may change or go.
    address = models.EmailField(_("e-mail"))
    #: What a reply to it is about: a code of who takes replies; empty where nobody does.
    reply = models.CharField(max_length=60, blank=True, editable=False)
    subject = NFCCharField(pgettext_lazy("letter", "subject"), max_length=255)
    text = NFCTextField(_("text"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    held = models.BooleanField(_("kept for the letter of the day"), default=False, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    last_error = NFCCharField(_("last error"), max_length=255, blank=True)

    recipient_id: int | None

    personal: ClassVar[dict[str, Personal]] = {
        "recipient": Personal(_("to know who was told"), "R12"),
        "address": Personal(_("to deliver the e-mail"), "R12"),
        "subject": Personal(_("to tell what happened"), "R12"),
        "text": Personal(_("to tell what happened"), "R12"),
    }
    not_personal: ClassVar[tuple[str, ...]] = (
        *("key", "regardless", "created_at", "sent_at", "attempts", "next_attempt_at"),
        *("last_error", "reply", "held"),
    )

    objects: Any = NoticeQuerySet.as_manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(sent_at=None), name="pbgdpl_notice_unsent"
            ),
        ]
        verbose_name = _("notice by e-mail")
        verbose_name_plural = _("notices by e-mail")

    def __str__(self) -> str:
        return self.subject

    def readdress(self, before: str, after: str) -> None:
        """Let it go to another address than the one it named."""
        self.key = self.key.replace(recipient_key(before), recipient_key(after))
        self.address = after
        self.save(update_fields=["key", "address"])

    @property
    def has_reader(self) -> bool:
        """Whether the account, if the notice is for one, is there and switched on."""
        return self.regardless or bool(self.recipient and self.recipient.is_active)

    @property
    def sort(self) -> str:
        """What sort of letter it is, in words that name no item."""
        return sort_of(self.key)


class MailChoiceQuerySet(models.QuerySet):
    def daily(self, users: Iterable[int | None]) -> set[int]:
        """Return which of the users (by key) want one letter a day."""
        rows = self.filter(user__in=set(users) - {None}, daily=True)
        return set(rows.values_list("user", flat=True))

    def following(self, users: Iterable[int]) -> set[int]:
        """Return which of the users (by key) hear of all that they had a hand in."""
        return set(self.filter(user__in=users, follows=True).values_list("user", flat=True))


class MailChoice(models.Model):
    """How somebody wants their letters; who has chosen nothing gets each at once.

    ``daily``: one a working day, of all that can wait so long. ``follows``: also of what becomes
    of items that they did not write, but decided on.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    daily = models.BooleanField(_("one letter a day"), default=False)
    follows = models.BooleanField(
        _("Also tell me what becomes of the items that I decided on at a step"),
        default=False,
    )

    personal: ClassVar[dict[str, Personal]] = {
        "user": Personal(_("to write to people as they want it"), "R12"),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("daily", "follows")

    objects: Any = MailChoiceQuerySet.as_manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")

    def __str__(self) -> str:
        return str(self.user)
