"""What officials keep for their own work: views of the list, and texts that answers begin with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCCharField, NFCTextField


class SavedView(models.Model):
    """Filters of the list under a name. ``query``: as in the address of the list.

    It shows nobody a row that is not theirs to see. ``is_shared``: with everybody who has the list.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = NFCCharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("shared with all who have the list"), default=False)

    owner_id: int
    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="pbgdpl_saved_view"),
        ]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")

    def __str__(self) -> str:
        return self.name


class AnswerText(models.Model):
    """A text that whoever drafts an answer may put into it; without anything about a person."""

    title = NFCCharField(_("title"), max_length=150)
    text = NFCTextField(_("text"), max_length=10_000)
    legal_field = models.ForeignKey(
        "wagtail_pbgdpl.LegalField",
        verbose_name=_("legal field"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: for every field."),
    )

    legal_field_id: int | None
    objects: Any = models.Manager()
    not_personal: ClassVar[tuple[str, ...]] = ("title", "text", "legal_field")

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["title", "pk"]
        verbose_name = _("text for answers")
        verbose_name_plural = _("texts for answers")

    def __str__(self) -> str:
        return self.title
