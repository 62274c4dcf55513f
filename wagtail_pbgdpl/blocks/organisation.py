"""Who stands below whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from .base import GROUP_PEOPLE, LabelledStructBlock, PortalStructBlock

__all__ = ["OrganisationChartBlock"]


class _UnitBlock(LabelledStructBlock):
    name = CharBlock(label=_("Unit or position"), max_length=255)
    person = CharBlock(label=_("Held by"), required=False, max_length=255)

    class Meta:
        icon = "group"
        label = _("Unit")


class ThirdLevelBlock(_UnitBlock):
    pass


class SecondLevelBlock(_UnitBlock):
    units = ListBlock(ThirdLevelBlock(), label=_("Units below"), default=[])


class FirstLevelBlock(_UnitBlock):
    units = ListBlock(SecondLevelBlock(), label=_("Units below"), default=[])


class OrganisationChartBlock(PortalStructBlock):
    """An organisation chart of three levels at most. Clause: BK21 Điều 9.1 (C1)."""

    title = CharBlock(label=_("Title"), required=False, max_length=255)
    units = ListBlock(FirstLevelBlock(), label=_("Units"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Organisation chart")
        group = GROUP_PEOPLE
        description = _("Units and positions on up to three levels.")
        template = "wagtail_pbgdpl/blocks/organisation_chart.html"
        preview_value = {
            "title": "Ban Biên tập Cổng thông tin điện tử",
            "units": [
                {
                    "name": "Trưởng Ban Biên tập",
                    "person": "",
                    "units": [
                        {
                            "name": "Phó Trưởng Ban Biên tập",
                            "person": "",
                            "units": [{"name": "Thành viên", "person": ""}],
                        },
                        {"name": "Thư ký Ban Biên tập", "person": "", "units": []},
                    ],
                }
            ],
        }
