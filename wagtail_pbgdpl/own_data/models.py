"""What is wanted of one's own data, whatever was sent in (Q7: Luật 91/2025/QH15)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import NFCTextField
from ..core.personal import Personal
from ..intake.sender import RETENTION_DAYS
from ..matters.models import Matter

#: Code of the kind.
DATA_REQUEST = "data_request"
#: What a request can be about: the fields that lead there.
WHOSE = ("question", "comment")


class DataRequest(models.Model):
    """What somebody wants done with their own data, of one thing that they sent.

    ``text``: what is wrong and how it is right, or why. ``decided_at``: empty while it is open;
    of each sort one is, at most.
    """

    class Sort(models.TextChoices):
        COPY = "copy", _("copy of the personal data")
        CORRECTION = "correction", _("correction of the personal data")
        ERASURE = "erasure", _("erasure of the personal data")

    question = models.ForeignKey(
        "wagtail_pbgdpl.Question",
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="data_requests",
    )
    comment = models.ForeignKey(
        "wagtail_pbgdpl.Comment",
        verbose_name=pgettext_lazy("consultation", "comment"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="data_requests",
    )
    sort = models.CharField(_("what is asked for"), max_length=20, choices=Sort.choices)
    text = NFCTextField(_("what the asker says to it"), blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        "text": Personal(_("to decide on the request"), "Luật 91/2025/QH15", RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = (*WHOSE, "sort", "asked_at", "decided_at")

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "sort"],
                condition=Q(decided_at=None),
                name="pbgdpl_one_open_data_request",
            ),
            models.UniqueConstraint(
                fields=["comment", "sort"],
                condition=Q(decided_at=None),
                name="pbgdpl_one_open_comment_data",
            ),
        ]
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")

    def __str__(self) -> str:
        return f"{self.about} – {self.get_sort_display()}"

    def get_sort_display(self) -> str:
        return str(self.Sort(self.sort).label)

    @property
    def about(self) -> Any:
        """What was sent by whom it is asked for: one of ``WHOSE``."""
        return getattr(self, self.whose)

    @property
    def whose(self) -> str:
        return next(name for name in WHOSE if getattr(self, f"{name}_id") is not None)

    @property
    def matter(self) -> Matter:
        """Its state, clock and history; one query."""
        return Matter.objects.get(kind=DATA_REQUEST, subject=self.pk)
