"""What is known of sendings of the public: that one was made, and uploads that wait for one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.personal import Personal
from .attachments import Attachment

KEY_LENGTH = 32
MARK_LENGTH = 32
RESULT_LENGTH = 200


class Sending(models.Model):
    """One form that was sent and accepted; its key is that of the form, so that it counts once."""

    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True)
    #: A code of the form, such as «question».
    purpose = models.CharField(_("purpose"), max_length=40)
    at = models.DateTimeField(_("at"), default=timezone.now)
    #: Of the address, by a key that changes each day; empty where the address is not known.
    mark = models.CharField(_("mark of the address"), max_length=MARK_LENGTH, blank=True)
    solved = models.BooleanField(_("captcha solved"), default=False)
    #: What came of it, in the words of whoever takes the form: a number, a code.
    result = models.CharField(_("result"), max_length=RESULT_LENGTH, blank=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        indexes = [
            models.Index(fields=["mark", "at"], name="pbgdpl_sending_mark"),
            models.Index(fields=["at"], name="pbgdpl_sending_at"),
        ]
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%d/%m/%Y %H:%M}"


class HeldUpload(Attachment):
    """A file that was chosen in a form which is not accepted yet; it need not be chosen again."""

    key = models.CharField(_("key"), max_length=KEY_LENGTH, db_index=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    mark = models.CharField(_("mark of the address"), max_length=MARK_LENGTH, blank=True)

    objects: Any = models.Manager()

    personal: ClassVar[dict[str, Personal]] = {}
    not_personal: ClassVar[tuple[str, ...]] = ("key", "at", "mark")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["mark"], name="pbgdpl_held_mark"),
            models.Index(fields=["at"], name="pbgdpl_held_at"),
        ]
        verbose_name = _("held upload")
        verbose_name_plural = _("held uploads")
