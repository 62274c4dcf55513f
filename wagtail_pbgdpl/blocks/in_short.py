"""What an item says, in the words of everyday life."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import GROUP_TEXT, PortalStructBlock
from .rich_text import PortalRichTextBlock

__all__ = ["InShortBlock"]


class InShortBlock(PortalStructBlock):
    """A few plain sentences for whoever does not read the language of the law (I8).

    Wherever editors put it, it stands above the text.
    """

    text = PortalRichTextBlock(
        label=_("Text"),
        features=["bold", "ul", "ol", "link"],
        help_text=_(
            "Three or four short sentences: whom it concerns, what changes, what to do. No words "
            "of the law that a neighbour would not use."
        ),
    )

    may_lead = True

    def leads(self, value: Any) -> bool:
        return True

    class Meta:
        icon = "pick"
        label = _("In short")
        group = GROUP_TEXT
        description = _("The item in plain words, in a frame above its text.")
        template = "wagtail_pbgdpl/blocks/in_short.html"
        preview_value = {
            "text": (
                "<p>Người thuộc hộ nghèo được luật sư giúp miễn phí.</p>"
                "<ul><li>Mang theo căn cước và giấy chứng nhận hộ nghèo.</li>"
                "<li>Đến Trung tâm Trợ giúp pháp lý hoặc gọi điện hẹn trước.</li></ul>"
            ),
        }
