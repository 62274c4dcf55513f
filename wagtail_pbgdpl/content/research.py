"""C10: Nghiên cứu, trao đổi (BK21 Điều 9.10; BP20 Điều 5.9d)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.fields import NFCTextField
from .base import BodyMixin, panels


class ResearchMixin(BodyMixin):
    """An article with its abstract and references."""

    abstract = NFCTextField(_("abstract"), blank=True)
    references = BlocksField(use="references", blank=True, verbose_name=_("references"))

    category_kinds = ("C10",)
    card_glyph = "find"
    page_template = "wagtail_pbgdpl/pages/research_page.html"
    content_panels = panels(FieldPanel("abstract"), after_body=[FieldPanel("references")])
    own_search_fields = [index.SearchField("abstract"), index.SearchField("references")]

    class Meta:
        abstract = True
