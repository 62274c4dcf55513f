"""A text that is being read for a page: kept until it is in the form, and for a few days after."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField

KEY_LENGTH = 32
NAME_LENGTH = 120


def new_key() -> str:
    return secrets.token_hex(KEY_LENGTH // 2)


class TextReading(models.Model):
    """One text, what was answered about it, and for which page and person it is.

    ``content`` is what was pasted (``text``) or read of a Word file (``word``); ``answers`` are
    decisions on tracked changes and on the encoding, corrected levels, and the place in the field.
    """

    key = models.CharField(_("key"), max_length=KEY_LENGTH, unique=True, default=new_key)
    page = models.PositiveBigIntegerField(_("page"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    #: Of the file; empty for what was pasted.
    name = NFCCharField(_("name"), max_length=NAME_LENGTH, blank=True)
    content = models.JSONField(_("text"), default=dict)
    answers = models.JSONField(_("answers"), default=dict)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("text that is read")
        verbose_name_plural = _("texts that are read")

    def __str__(self) -> str:
        return self.name or str(_("pasted text"))
