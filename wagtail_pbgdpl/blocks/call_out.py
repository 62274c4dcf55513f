"""What must not be missed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock

from .base import GROUP_TEXT, PortalStructBlock
from .rich_text import PortalRichTextBlock

__all__ = ["CallOutBlock"]

KINDS = [("note", _("Note")), ("important", _("Important")), ("deadline", _("Time limit"))]


class CallOutBlock(PortalStructBlock):
    kind = ChoiceBlock(label=_("Kind"), choices=KINDS, default="note")
    title = CharBlock(label=_("Title"), required=False, max_length=255)
    text = PortalRichTextBlock(label=_("Text"), features=["bold", "italic", "ul", "link"])

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["kind_label"] = dict(KINDS).get(value.get("kind"), "")
        return context

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = GROUP_TEXT
        description = _("A framed remark beside the text: a note, a warning or a time limit.")
        template = "wagtail_pbgdpl/blocks/call_out.html"
        preview_value = {
            "kind": "deadline",
            "title": "Thời hạn góp ý",
            "text": "<p>Ý kiến góp ý gửi về Sở Tư pháp trước ngày 30 tháng 11.</p>",
        }
