"""That a linked system says something else of a document of ours than we do (D2).

State and history stand in the matter and its events. Pages stand here by number: the rows outlive
them. Clauses: QT24 Điều 5.1a; BK21 Điều 9.13.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCTextField
from ..legal.validity import VALIDITY

#: Code of the kind.
DOCUMENT_DIFFERENCE = "difference"


class Difference(models.Model):
    """``page`` is the number of the document's page. Of a field and a source one is open at a time.

    ``theirs`` and ``ours`` are values as ``Said`` has them. ``is_disputed``: it was closed because
    ours is right, and is not raised again until theirs is another.
    """

    class Field(models.TextChoices):
        """What is compared, by the name that it has at the page."""

        NUMBER = "document_number", _("number and symbol")
        ABSTRACT = "document_abstract", _("abstract of the document")
        ISSUED = "issued_on", _("issued on")
        EFFECTIVE = "effective_on", _("in force from")
        EXPIRED = "expired_on", _("in force until")
        VALIDITY = "validity", _("validity")

    page = models.PositiveBigIntegerField(_("page"), db_index=True)
    source = models.ForeignKey(
        "wagtail_pbgdpl.ExternalSource",
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="differences",
    )
    field = models.CharField(_("field"), max_length=20, choices=Field)
    theirs = NFCTextField(_("what the source says"))
    ours = NFCTextField(_("what the portal says"), blank=True)
    link = models.URLField(_("link"), max_length=1000)
    is_open = models.BooleanField(_("open"), default=True)
    is_disputed = models.BooleanField(_("disputed"), default=False)
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    source_id: int
    get_field_display: Any

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "source", "field"],
                condition=Q(is_open=True),
                name="pbgdpl_difference_one_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["page"],
                condition=Q(is_open=True) | Q(is_disputed=True),
                name="pbgdpl_difference_kept",
            )
        ]
        verbose_name = _("difference from a linked system")
        verbose_name_plural = _("differences from linked systems")

    def __str__(self) -> str:
        return f"{self.page}: {self.field}"


FIELD = dict(Difference.Field.choices)
DAYS = frozenset({Difference.Field.ISSUED, Difference.Field.EFFECTIVE, Difference.Field.EXPIRED})


def in_words(field: str, value: str) -> str:
    """Return a value as people read it; of nothing, that nothing is said."""
    if not value:
        return gettext("nothing")
    if field in DAYS:
        return f"{datetime.date.fromisoformat(value):%d/%m/%Y}"
    return str(VALIDITY.get(value, value)) if field == Difference.Field.VALIDITY else value
