"""Headings of running text."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from .base import GROUP_TEXT, PortalStructBlock
from .outline import Heading, OutlineEntry

__all__ = ["HeadingBlock"]


class HeadingBlock(PortalStructBlock):
    """A heading of the second level, to which one can link."""

    text = CharBlock(label=_("Heading"), max_length=255)

    def outline_entry(self, value: Any) -> Heading:
        text = value.get("text") or ""
        # slugify drops the letter đ, which has no decomposition.
        anchor = slugify(text.lower().replace("đ", "d")) or "muc"
        return Heading(1, "", text, anchor)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        heading = self.outline_entry(value)
        context["outline_entry"] = context.get("outline_entry") or OutlineEntry(2, *heading[1:])
        return context

    class Meta:
        icon = "h2"
        label = _("Heading")
        group = GROUP_TEXT
        description = _("A heading between paragraphs; it appears in the table of contents.")
        template = "wagtail_pbgdpl/blocks/heading.html"
        preview_value = {"text": "Kết quả thực hiện"}
