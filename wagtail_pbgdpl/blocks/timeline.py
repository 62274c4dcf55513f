"""What happened, in order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ListBlock, TextBlock

from .base import GROUP_TEXT, LabelledStructBlock, PortalStructBlock

__all__ = ["TimelineBlock"]


class TimelineEntryBlock(LabelledStructBlock):
    when = CharBlock(
        label=_("When"), max_length=100, help_text=_("A day, a month or a year, as you write it.")
    )
    title = CharBlock(label=_("What"), max_length=255)
    text = TextBlock(label=_("More about it"), required=False, rows=2)

    class Meta:
        icon = "date"
        label = _("Event")


class TimelineBlock(PortalStructBlock):
    title = CharBlock(label=_("Title"), required=False, max_length=255)
    events = ListBlock(TimelineEntryBlock(), label=_("Events"), min_num=1)

    class Meta:
        icon = "history"
        label = pgettext_lazy("block", "Timeline")
        group = GROUP_TEXT
        description = _("Events in the order in which they happened.")
        template = "wagtail_pbgdpl/blocks/timeline.html"
        preview_value = {
            "title": "Các mốc thực hiện",
            "events": [
                {"when": "Tháng 8", "title": "Ban hành kế hoạch", "text": ""},
                {
                    "when": "09/11",
                    "title": "Lễ hưởng ứng Ngày Pháp luật",
                    "text": "Tổ chức tại hội trường tỉnh và trực tuyến tới các xã, phường.",
                },
            ],
        }
