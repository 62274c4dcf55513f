"""Words of another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, TextBlock

from .base import GROUP_TEXT, PortalStructBlock

__all__ = ["QuotationBlock"]


class QuotationBlock(PortalStructBlock):
    text = TextBlock(label=_("Quotation"), rows=3)
    person = CharBlock(label=_("Said or written by"), required=False, max_length=255)
    source = CharBlock(
        label=_("Source"),
        required=False,
        max_length=255,
        help_text=_("The book, document or event that the words come from."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = GROUP_TEXT
        description = _("Words of another, with who said them and where.")
        template = "wagtail_pbgdpl/blocks/quotation.html"
        preview_value = {
            "text": "Trăm điều phải có thần linh pháp quyền.",
            "person": "Nguyễn Ái Quốc",
            "source": "Việt Nam yêu cầu ca",
        }
