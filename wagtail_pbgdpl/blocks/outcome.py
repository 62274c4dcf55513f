"""Comments on a draft and what the drafter says to them (C12: BK21 Điều 9.12, BK18 Điều 3.3l)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, TextBlock

from .base import GROUP_DATA, LabelledStructBlock, PortalStructBlock

__all__ = ["OutcomeBlock"]

ANSWERS = [
    ("accepted", _("Accepted")),
    ("partly", _("Accepted in part")),
    ("explained", _("Not accepted, with reasons")),
]


class CommentRowBlock(LabelledStructBlock):
    topic = CharBlock(
        label=_("Part of the draft"), max_length=255, help_text=_("For example: Điều 5 khoản 2.")
    )
    comment = TextBlock(label=pgettext_lazy("consultation", "Comment"), rows=3)
    author = CharBlock(
        label=_("Who commented"),
        required=False,
        max_length=255,
        help_text=_("An agency or organisation. Name a citizen only with their consent."),
    )
    answer = ChoiceBlock(label=_("Answer of the drafter"), choices=ANSWERS)
    response = TextBlock(label=_("Reasons"), required=False, rows=3)

    class Meta:
        icon = "comment"
        label = pgettext_lazy("consultation", "Comment")


class OutcomeBlock(PortalStructBlock):
    """A summary of comments with the drafter's response to each."""

    title = CharBlock(label=_("Title"), max_length=255)
    rows = ListBlock(CommentRowBlock(), label=pgettext_lazy("consultation", "Comments"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        labels = dict(ANSWERS)
        context["answered"] = [
            (row, labels.get(row.get("answer"), "")) for row in value.get("rows") or []
        ]
        return context

    class Meta:
        icon = "comment"
        label = _("Comments and responses")
        group = GROUP_DATA
        description = _("A table of the comments on a draft, each with the drafter's response.")
        template = "wagtail_pbgdpl/blocks/outcome.html"
        preview_value = {
            "title": "Bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý",
            "rows": [
                {
                    "topic": "Điều 5 khoản 2",
                    "comment": "Đề nghị quy định rõ thời hạn trả lời.",
                    "author": "Hội Luật gia tỉnh",
                    "answer": "accepted",
                    "response": "Đã bổ sung thời hạn 15 ngày làm việc.",
                }
            ],
        }
