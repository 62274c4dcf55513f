"""Words of another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock

__all__ = ["QuotationBlock"]


class QuotationBlock(StructBlock):
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
        group = _("Text")
        description = _("Words of another, with who said them and where.")
        template = "wagtail_pbgdpl/blocks/quotation.html"
        preview_template = "wagtail_pbgdpl/block_previews/base.html"
        preview_value = {
            "text": "Trăm điều phải có thần linh pháp quyền.",
            "person": "Nguyễn Ái Quốc",
            "source": "Việt Nam yêu cầu ca",
        }
