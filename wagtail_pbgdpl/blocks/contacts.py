"""Whom to turn to."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, EmailBlock, ListBlock, RegexBlock, StructValue

from .base import GROUP_PEOPLE, LabelledStructBlock, PortalStructBlock

__all__ = ["ContactListBlock"]


class ContactValue(StructValue):
    @property
    def dialled(self) -> str:
        """The phone number as a ``tel:`` link needs it."""
        return re.sub(r"[^\d+]", "", self.get("phone") or "")


def _number_block(label: Promise) -> RegexBlock:
    return RegexBlock(
        regex=r"^\+?[\d ().-]{3,24}$",
        label=label,
        required=False,
        error_messages={"invalid": _("Write one phone number, with digits and spaces.")},
    )


class ContactBlock(LabelledStructBlock):
    name = CharBlock(label=_("Full name"), max_length=255)
    title = CharBlock(label=pgettext_lazy("office", "Position"), required=False, max_length=255)
    unit = CharBlock(label=_("Unit"), required=False, max_length=255)
    phone = _number_block(_("Office phone"))
    fax = _number_block(_("Office fax"))
    email = EmailBlock(label=_("Office e-mail"), required=False)

    class Meta:
        icon = "user"
        label = _("Contact")
        value_class = ContactValue


class ContactListBlock(PortalStructBlock):
    """Name, title, unit, phone, fax and e-mail of officials.

    Clauses: BK21 Điều 9.1 (C1); the fax BK18 Điều 3.3g, QT24 Điều 5.1đ.
    """

    title = CharBlock(label=_("Title"), required=False, max_length=255)
    contacts = ListBlock(ContactBlock(), label=_("Contacts"), min_num=1)

    class Meta:
        icon = "mail"
        label = _("Contacts")
        group = GROUP_PEOPLE
        description = _("Officials with title, unit, office phone, fax and e-mail.")
        template = "wagtail_pbgdpl/blocks/contact_list.html"
        preview_value = {
            "title": "Đầu mối liên hệ",
            "contacts": [
                {
                    "name": "Nguyễn Văn A",
                    "title": "Trưởng phòng",
                    "unit": "Phòng Phổ biến, giáo dục pháp luật",
                    "phone": "0209 3000 000",
                    "fax": "0209 3000 001",
                    "email": "lienhe@example.vn",
                }
            ],
        }
