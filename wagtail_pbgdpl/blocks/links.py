"""Panels that lead elsewhere (C13: BK21 Điều 9.13; D5: LC19 II.3)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.images.blocks import ImageChooserBlock

from .base import GROUP_LINKS, LabelledStructBlock, PortalStructBlock

__all__ = ["LinkPanelBlock", "LinkPanelsBlock", "OneTargetBlock"]


class LinkValue(StructValue):
    @property
    def href(self) -> str:
        """The address of the page that was chosen, or the one that was typed; empty if none."""
        page = self.get("page")
        return (page.url if page and page.live else "") or self.get("url") or ""


class OneTargetBlock(LabelledStructBlock):
    """Leads to a ``page`` of the portal or to a ``url``, and to one of them alone."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]) and not self.is_deferred_validation:
            error = ValidationError(
                _("Choose a page of this portal or write an address: one of the two."),
                code="one_target",
            )
            raise StructBlockValidationError({"url": error})
        return cleaned

    class Meta:
        value_class = LinkValue


class LinkPanelBlock(OneTargetBlock):
    title = CharBlock(label=_("Title"), max_length=255)
    page = PageChooserBlock(label=_("Page of this portal"), required=False)
    url = URLBlock(label=_("Address of another site"), required=False)
    description = TextBlock(label=_("Description"), required=False, rows=2)
    image = ImageChooserBlock(
        label=_("Picture"),
        required=False,
        help_text=_("A logo or small picture; it only decorates, so it is not read aloud."),
    )

    class Meta:
        icon = "link"
        label = _("Link")


class LinkPanelsBlock(PortalStructBlock):
    title = CharBlock(label=_("Title"), required=False, max_length=255)
    links = ListBlock(LinkPanelBlock(), label=_("Links"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Link panels")
        group = GROUP_LINKS
        description = _("Panels that lead to other systems or pages.")
        template = "wagtail_pbgdpl/blocks/link_panels.html"
        preview_value = {
            "title": "Tích hợp thông tin",
            "links": [
                {
                    "title": "Cơ sở dữ liệu quốc gia về văn bản pháp luật",
                    "url": "https://vbpl.vn/",
                    "description": "Tra cứu văn bản quy phạm pháp luật.",
                    "page": None,
                    "image": None,
                },
                {
                    "title": "Công báo",
                    "url": "https://congbao.chinhphu.vn/",
                    "description": "",
                    "page": None,
                    "image": None,
                },
            ],
        }
