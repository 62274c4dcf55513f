"""Metadata of a legal or administrative document (D1–D5), shared by C3, C7, C9 and C12."""

from __future__ import annotations

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.fields import LASTING, DayField, NFCCharField, NFCTextField
from ..full_text.editor import FullTextPanel
from ..legal.validity import Validity
from ..reference.models import DocumentType, IssuingBody, LegalField
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
            FieldRowPanel([FieldPanel("document_number"), FieldPanel("signer")]),
            NumberPanel(),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
            FieldRowPanel([FieldPanel("expired_on"), FieldPanel("validity")]),
            FieldPanel("document_abstract"),
            FieldPanel("legal_fields"),
            FieldPanel("national_database_url"),
        ],
        heading=_("The document"),
    ),
    OutsidePanel(heading=_("What linked systems say")),
    FieldPanel("files"),
    SignedPanel(),
    FullTextPanel(heading=_("Full text by article")),
]


class LegalMetadataMixin(models.Model):
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
    issued_on = DayField(_("issued on"), null=True, blank=True)
    effective_on = DayField(_("in force from"), null=True, blank=True, years_ahead=LASTING)
    expired_on = DayField(_("in force until"), null=True, blank=True, years_ahead=LASTING)
    validity = models.CharField(_("validity"), max_length=6, choices=Validity, blank=True)
    document_abstract = NFCTextField(
        _("abstract of the document"), blank=True, help_text=_("Word for word as on the document.")
    )
    legal_fields = ParentalManyToManyField(LegalField, verbose_name=_("legal fields"), blank=True)
    national_database_url = models.URLField(
        _("address in the national database of legal documents"), max_length=500, blank=True
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
        index.SearchField("signer"),
        index.FilterField("issued_on"),
        index.FilterField("validity"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.issued_on and self.effective_on and self.effective_on < self.issued_on:
            errors["effective_on"] = _("The document comes into force before it is issued.")
        start = self.effective_on or self.issued_on
        if start and self.expired_on and self.expired_on < start:
            errors["expired_on"] = _("The document ends before it comes into force.")
        if errors:
            raise ValidationError(errors)
