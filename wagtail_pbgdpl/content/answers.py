"""C6: Trả lời ý kiến, tư vấn độc giả (BK21 Điều 9.6, Điều 12.1c; BP20 Điều 11.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..blocks.legal_basis import PUBLIC_PAGES
from ..core.fields import DayField, NFCCharField, NFCTextField
from ..core.typed_choice import TypedChoices
from ..reference.models import LegalField
from ..serving.listing import is_public
from ..worktime.active import today
from .base import BodyMixin, panels
from .facets import FIELD, UNIT
from .persons_panel import PersonsPanel


class AnswerMixin(BodyMixin):
    """An answer to a question of the public, as edited text; the title is the question in short.

    ``unit`` is the unit that answers, ``answered_on`` a day in Asia/Ho_Chi_Minh.
    ``question_number`` is the key of the question that was asked on the portal, where there is one.
    It is for programs: no page, feed or file shows it.
    """

    question_text = NFCTextField(
        _("question"),
        blank=True,
        help_text=_(
            "The edited question, where the title does not say all of it. Leave out names, "
            "addresses and numbers that identify a person."
        ),
    )
    asker_name = NFCCharField(
        _("asked by"),
        max_length=255,
        blank=True,
        help_text=_("Only where the asker agreed to be named in public; empty otherwise."),
    )
    answered_on = DayField(_("answered on"), null=True, blank=True)
    legal_fields = ParentalManyToManyField(LegalField, verbose_name=_("legal fields"), blank=True)
    legal_basis = BlocksField(use="legal_basis", blank=True, verbose_name=_("legal basis"))
    question_number = models.PositiveBigIntegerField(
        _("number of the question"), null=True, blank=True, editable=False, db_index=True
    )

    category_kinds = ("C6",)
    card_glyph = "ask"
    listed_facets = (FIELD, UNIT)
    page_template = "wagtail_pbgdpl/pages/answer_page.html"
    shown_with = ("cover", "unit")
    content_panels = panels(
        PersonsPanel(),
        MultiFieldPanel(
            [
                FieldPanel("question_text"),
                FieldRowPanel([FieldPanel("asker_name"), FieldPanel("answered_on")]),
                FieldPanel("legal_fields", widget=TypedChoices),
            ],
            heading=_("The question"),
        ),
        after_body=[FieldPanel("legal_basis")],
    )
    own_search_fields = [
        index.SearchField("question_text", boost=2),
        index.AutocompleteField("question_text"),
        index.SearchField("legal_basis"),
        index.FilterField("answered_on"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.answered_on and self.answered_on > today():
            raise ValidationError({"answered_on": _gettext("This day lies in the future.")})

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision is content: which question the page answers is not."""
        page = super().with_content_json(content)  # type: ignore[misc]
        page.question_number = self.question_number
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        named = list(self._named_pages())
        context[PUBLIC_PAGES] = {page.pk for page in named if is_public(page)}
        return context

    def _named_pages(self) -> Iterator[Any]:
        for block in self.legal_basis:
            if isinstance(block.value, dict) and (page := block.value.get("page")):
                yield page
