"""The newest items of a category."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock

from ..serving import listing
from .base import GROUP_LINKS, PortalStructBlock

__all__ = ["FeedBlock"]


class FeedBlock(PortalStructBlock):
    """The newest items of a category of the regulation; the page that shows it is passed on."""

    title = CharBlock(label=_("Title"), max_length=255)
    category = CharBlock(
        label=_("Category"),
        max_length=60,
        help_text=_("The code of the category as the regulation profile writes it."),
    )
    count = IntegerBlock(label=_("Number of items"), default=5, min_value=1, max_value=20)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["items"] = listing.newest(
            value.get("category") or "", value.get("count") or 5, context.get("page")
        )
        return context

    class Meta:
        icon = "list-ul"
        label = _("Newest items")
        group = GROUP_LINKS
        description = _("The newest items of one category, always up to date.")
        template = "wagtail_pbgdpl/blocks/feed.html"
        preview_template = "wagtail_pbgdpl/block_previews/feed.html"
        preview_value = {"title": "Tin hoạt động PBGDPL", "category": "C2", "count": 3}
