"""Lists of báo cáo viên and tuyên truyền viên pháp luật (C8; P4: LC19 II.3).

There is no field for a phone number or an address: the law on personal data asks for no more than
the list needs.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock

from .base import GROUP_PEOPLE, LabelledStructBlock, PortalStructBlock

__all__ = ["MemberBlock", "MembersBlock"]

KINDS = [
    ("bao-cao-vien", _("Legal rapporteurs (báo cáo viên pháp luật)")),
    ("tuyen-truyen-vien", _("Legal communicators (tuyên truyền viên pháp luật)")),
    ("hoa-giai-vien", _("Grassroots mediators (hòa giải viên)")),
    ("khac", _("Others")),
]


class MemberBlock(LabelledStructBlock):
    full_name = CharBlock(label=_("Full name"), max_length=255)
    position = CharBlock(label=pgettext_lazy("office", "Position"), required=False, max_length=255)
    unit = CharBlock(label=_("Unit"), required=False, max_length=255)
    topic = CharBlock(label=_("Legal field or topic"), required=False, max_length=255)
    decision = CharBlock(
        label=_("Decision of recognition"),
        required=False,
        max_length=255,
        help_text=_("Number and date, for example 1628/QĐ-UBND ngày 24/4/2026."),
    )

    class Meta:
        icon = "user"
        label = _("Member")


class MembersBlock(PortalStructBlock):
    kind = ChoiceBlock(label=_("Who they are"), choices=KINDS, default="bao-cao-vien")
    title = CharBlock(label=_("Title of the list"), max_length=255)
    members = ListBlock(MemberBlock(), label=_("Members"), min_num=1)

    class Meta:
        icon = "group"
        label = _("List of members")
        group = GROUP_PEOPLE
        description = _("Legal rapporteurs or communicators with unit, field and decision.")
        template = "wagtail_pbgdpl/blocks/members.html"
        preview_value = {
            "kind": "bao-cao-vien",
            "title": "Danh sách báo cáo viên pháp luật cấp tỉnh",
            "members": [
                {
                    "full_name": "Trần Thị B",
                    "position": "Phó Trưởng phòng",
                    "unit": "Sở Tư pháp",
                    "topic": "Hôn nhân và gia đình",
                    "decision": "1628/QĐ-UBND ngày 24/4/2026",
                },
                {
                    "full_name": "Lê Văn C",
                    "position": "Chuyên viên",
                    "unit": "Thanh tra tỉnh",
                    "topic": "Khiếu nại, tố cáo",
                    "decision": "1628/QĐ-UBND ngày 24/4/2026",
                },
            ],
        }
