"""Questions of readers with their answers, as edited text (C6).

The clock and the personal data of a question are no matter of a block: nothing here names an asker.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, TextBlock

from .base import GROUP_TEXT, PortalStructBlock
from .rich_text import PortalRichTextBlock

__all__ = ["QuestionAnswerBlock"]


class QuestionAnswerBlock(PortalStructBlock):
    question = TextBlock(
        label=_("Question"),
        rows=3,
        help_text=_("Leave out names, addresses and numbers that identify a person."),
    )
    answer = PortalRichTextBlock(label=_("Answer"))
    answered_by = CharBlock(
        label=_("Answered by"), required=False, max_length=255, help_text=_("The unit or expert.")
    )
    legal_basis = CharBlock(
        label=_("Legal basis"),
        required=False,
        max_length=500,
        help_text=_("Document and article on which the answer rests."),
    )

    class Meta:
        icon = "help"
        label = _("Question and answer")
        group = GROUP_TEXT
        description = _("A question of general interest with its answer and legal basis.")
        template = "wagtail_pbgdpl/blocks/question_answer.html"
        preview_value = {
            "question": "Người dân có thể yêu cầu hòa giải ở cơ sở trong những trường hợp nào?",
            "answer": (
                "<p>Hòa giải ở cơ sở được tiến hành đối với các mâu thuẫn, tranh chấp, vi phạm "
                "pháp luật theo quy định của Luật Hòa giải ở cơ sở.</p>"
            ),
            "answered_by": "Sở Tư pháp",
            "legal_basis": "Luật Hòa giải ở cơ sở, Điều 3",
        }
