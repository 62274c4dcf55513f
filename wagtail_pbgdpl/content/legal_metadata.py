"""Metadata of a legal or administrative document (D1–D5), shared by C3, C7, C9 and C12."""

from __future__ import annotations

import datetime
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.fields import LASTING, DayField, NFCCharField, NFCTextField
from ..core.typed_choice import TypedChoices
from ..corpus.records import record_of
from ..full_text.editor import FullTextPanel
from ..legal.validity import VALIDITY, Standing, Validity
from ..reference.models import DocumentType, IssuingBody, LegalField
from ..worktime.active import today
from .identity import IdentityMixin
from .outside_panel import OutsidePanel
from .signed import SignedPanel

NUMBER = re.compile(r"^\d[\w.]*(/\d{4})?[/-][\w/.-]+$")


def is_usual_number(number: str) -> bool:
    """Whether a document number has one of the forms in use, e.g. ``17/2018/QĐ-UBND``."""
    return bool(NUMBER.match(number.strip()))


class NumberPanel(Panel):
    """Points out a number of a form that is not in use; none is refused."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/number_panel.html"

        def is_shown(self) -> bool:
            number = self.instance.document_number
            return bool(number) and not is_usual_number(number) and super().is_shown()


LEGAL_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("document_type"), FieldPanel("issuing_body")]),
            FieldRowPanel([FieldPanel("document_number"), FieldPanel("issued_on")]),
            NumberPanel(),
            FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
            FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expired_on")]),
            FieldPanel("validity"),
            FieldPanel("document_abstract"),
            FieldPanel("legal_fields", widget=TypedChoices),
            FieldRowPanel([FieldPanel("national_database_url"), FieldPanel("gazette_url")]),
        ],
        heading=_("The document"),
    ),
    OutsidePanel(heading=_("What linked systems say")),
    FieldPanel("relations"),
    FieldPanel("files"),
    SignedPanel(),
    FullTextPanel(heading=_("Full text by article")),
]


class LegalMetadataMixin(IdentityMixin):
    """Loại văn bản, cơ quan ban hành, số ký hiệu, các ngày, trích yếu, tệp (QT24 Điều 5.1a).

    ``issued_on`` starts the clocks of T2, T4, T5, T6 and T10. Dates are calendar days,
    Asia/Ho_Chi_Minh. The number is free text: real numbers are too various to refuse any.
    """

    document_type = models.ForeignKey(
        DocumentType,
        verbose_name=_("document type"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    issuing_body = models.ForeignKey(
        IssuingBody,
        verbose_name=_("issuing body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    document_number = NFCCharField(
        _("number and symbol"),
        max_length=100,
        blank=True,
        help_text=_("For example 17/2018/QĐ-UBND; empty for a draft."),
    )
    signer = NFCCharField(_("signed by"), max_length=255, blank=True)
    signer_title = NFCCharField(
        _("title of the signer"),
        max_length=255,
        blank=True,
        help_text=_("As above the signature, for example KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."),
    )
    issued_on = DayField(_("issued on"), null=True, blank=True)
    effective_on = DayField(_("in force from"), null=True, blank=True, years_ahead=LASTING)
    expired_on = DayField(_("in force until"), null=True, blank=True, years_ahead=LASTING)
    validity = models.CharField(
        _("validity"),
        max_length=6,
        choices=Validity,
        blank=True,
        help_text=_(
            "Only for what neither the days nor the relations say, such as that it is suspended. "
            "From these the public page tells by itself whether it is in force today."
        ),
    )
    document_abstract = NFCTextField(
        _("abstract of the document"), blank=True, help_text=_("Word for word as on the document.")
    )
    legal_fields = ParentalManyToManyField(LegalField, verbose_name=_("legal fields"), blank=True)
    national_database_url = models.URLField(
        _("address in the national database of legal documents"), max_length=500, blank=True
    )
    gazette_url = models.URLField(_("address in the gazette"), max_length=500, blank=True)
    relations = BlocksField(
        use="relations",
        blank=True,
        verbose_name=_("relations to other documents"),
        help_text=_("What this document does to others, and others to it: both pages show it."),
    )
    files = BlocksField(
        use="attachments",
        blank=True,
        verbose_name=_("files"),
        help_text=_("The signed original and every annex; citizens can download them."),
    )

    own_search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("document_number", boost=4),
        index.SearchField("document_abstract", boost=2),
        index.AutocompleteField("document_number"),
        index.AutocompleteField("document_abstract"),
        index.SearchField("signer"),
        index.FilterField("issued_on"),
        index.FilterField("validity"),
    ]

    #: Whether somebody has passed it: a draft (dự thảo) has no validity and no identity.
    is_passed: ClassVar[bool] = True

    # From what the validity follows, once it was asked or handed on.
    _standing: Standing | None = None

    class Meta:
        abstract = True

    @property
    def standing(self) -> Standing:
        """From what the validity follows: the days of this version, and what other documents do.

        One query, unless ``take_standing`` handed on what is known.
        """
        if self._standing is None:
            record = record_of(self.pk)
            self.take_standing(record.standing if record else None)
        return self._standing  # type: ignore[return-value]

    def take_standing(self, known: Standing | None) -> None:
        """Take what others do to the document from ``known``; all else is this version's."""
        others = known or Standing()
        self._standing = Standing(
            self.effective_on, self.expired_on, self.validity, others.ended_on, others.partly_on
        )

    def validity_on(self, day: datetime.date) -> str:
        """Return the code of the validity on a day; empty where nothing says it."""
        return self.standing.on(day) if self.is_passed else ""

    @property
    def validity_now(self) -> str:
        """The code of the validity today, in Asia/Ho_Chi_Minh."""
        return self.validity_on(today())

    @property
    def validity_label(self) -> object:
        return VALIDITY.get(self.validity_now, "")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = self.taken_elsewhere()
        if self.issued_on and self.effective_on and self.effective_on < self.issued_on:
            errors["effective_on"] = _("The document comes into force before it is issued.")
        start = self.effective_on or self.issued_on
        if start and self.expired_on and self.expired_on < start:
            errors["expired_on"] = _("The document ends before it comes into force.")
        if errors:
            raise ValidationError(errors)
