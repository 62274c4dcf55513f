"""The words to which somebody agreed, as they were on that day (Q7; Luật 91/2025/QH15)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCTextField
from ..core.history import AppendOnly


class ConsentText(AppendOnly):
    """One wording. A new one is a new row, so that years later the former can still be read."""

    #: What the person agrees to it for: a code of the form, such as «question».
    purpose = models.CharField(_("purpose"), max_length=40)
    version = models.CharField(_("version"), max_length=40, unique=True)
    text = NFCTextField(_("text"))
    since = models.DateTimeField(_("since"))

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        indexes = [models.Index(fields=["purpose", "since"], name="pbgdpl_consent")]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")

    def __str__(self) -> str:
        return self.version


def consent_text(purpose: str, at: datetime.datetime | None = None) -> ConsentText | None:
    """Return the wording in force at a time, now if none is given; ``None`` before the first."""
    texts = ConsentText.objects.filter(purpose=purpose, since__lte=at or timezone.now())
    found: ConsentText | None = texts.order_by("since", "pk").last()
    return found


def lay_down(purpose: str, version: str, text: str, since: datetime.datetime) -> ConsentText:
    """Enter a wording, once however often it is called.

    Raises ``ValueError`` where the version is there with other words: somebody agreed to those.
    """
    wording = {"purpose": purpose, "text": text, "since": since}
    row, made = ConsentText.objects.get_or_create(version=version, defaults=wording)
    if not made and (row.purpose, row.text) != (purpose, NFCTextField().get_prep_value(text)):
        raise ValueError(f"The consent text {version} has other words already.")
    found: ConsentText = row
    return found
