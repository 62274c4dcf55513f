"""Blocks that a site writes for itself."""

from __future__ import annotations

from wagtail.blocks import CharBlock, StructBlock, TimeBlock

from wagtail_pbgdpl.blocks.quotation import QuotationBlock
from wagtail_pbgdpl.blocks.timeline import TimelineBlock


class HotlineBlock(StructBlock):
    label_text = CharBlock()
    number = CharBlock()

    class Meta:
        icon = "mobile-alt"
        label = "Hotline"
        template = "extension_app/hotline.html"
        preview_template = "wagtail_pbgdpl/block_previews/base.html"
        preview_value = {"label_text": "Đường dây nóng", "number": "1900 0000"}


class VillageRadioBlock(StructBlock):
    village = CharBlock()
    time = TimeBlock()

    class Meta:
        icon = "media"
        label = "Village radio"


class LoudQuotationBlock(QuotationBlock):
    class Meta:
        template = "extension_app/loud_quotation.html"


class BranchTimelineBlock(TimelineBlock):
    class Meta:
        template = "extension_app/branch_timeline.html"
