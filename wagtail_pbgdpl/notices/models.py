"""What is to be told to somebody by e-mail, kept until it is delivered and after (R12)."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField, NFCTextField

# What the first part of a key stands for.
SORTS = {
    "step": _("a step waits"),
    "decision": _("decision"),
    "waiting": _("reminder of steps"),
    "nobody": _("nobody can pass a step"),
    "review": _("review of an emergency overdue"),
    "reminder": _("reminder of time limits"),
    "change": _("change of access, or of what shows at once"),
    "password": _("link for a new password"),
}


class NoticeQuerySet(models.QuerySet):
    def unsent(self) -> NoticeQuerySet:
        return self.filter(sent_at=None)

    def due(self, now: datetime.datetime) -> NoticeQuerySet:
        """Return what waits for an attempt at ``now`` (aware)."""
        return self.unsent().filter(next_attempt_at__lte=now)

    def waiting(self) -> NoticeQuerySet:
        return self.unsent().filter(next_attempt_at__isnull=False)

    def given_up(self) -> NoticeQuerySet:
        return self.unsent().filter(next_attempt_at=None)


class Notice(models.Model):
    """One e-mail to one person.

    ``key`` says what it tells of, so that nothing is told twice; its first part, up to a colon,
    is one of ``SORTS``. ``next_attempt_at`` (an instant)
    is empty once it was sent or given up.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
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
    subject = NFCCharField(_("subject"), max_length=255)
    text = NFCTextField(_("text"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)
    last_error = NFCCharField(_("last error"), max_length=255, blank=True)

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

    @property
    def sort(self) -> str:
        """What sort of letter it is, in words that name no item."""
        return str(SORTS.get(self.key.partition(":")[0], _("another notice")))
