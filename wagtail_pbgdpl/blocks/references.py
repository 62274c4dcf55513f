"""What a study rests on (C10: BK21 Điều 9.10)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, URLBlock

from .base import GROUP_DATA, LabelledStructBlock, PortalStructBlock

__all__ = ["ReferencesBlock"]


class ReferenceBlock(LabelledStructBlock):
    author = CharBlock(label=_("Author"), required=False, max_length=255)
    title = CharBlock(label=_("Title"), max_length=500)
    publication = CharBlock(
        label=_("Published in"),
        required=False,
        max_length=255,
        help_text=_("Publisher or journal, with volume and pages."),
    )
    year = CharBlock(label=_("Year"), required=False, max_length=20)
    url = URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Reference")


class ReferencesBlock(PortalStructBlock):
    works = ListBlock(ReferenceBlock(), label=_("References"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("References")
        group = GROUP_DATA
        description = _("A numbered list of the works that an article cites.")
        template = "wagtail_pbgdpl/blocks/references.html"
        preview_value = {
            "works": [
                {
                    "author": "Quốc hội",
                    "title": "Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13",
                    "publication": "",
                    "year": "2012",
                    "url": "",
                }
            ]
        }
