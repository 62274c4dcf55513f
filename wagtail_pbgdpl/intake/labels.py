"""What people read for the sorts of identifiers that a text may hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText
from .finders import IdentifierKind

IDENTIFIERS: dict[IdentifierKind, LazyText] = {
    IdentifierKind.EMAIL: _("e-mail address"),
    IdentifierKind.PHONE: _("telephone number"),
    IdentifierKind.CITIZEN_ID: _("number of an identity card (CCCD)"),
    IdentifierKind.IDENTITY_CARD: _("number of an identity card (CMND)"),
    IdentifierKind.BANK_ACCOUNT: _("bank account"),
    IdentifierKind.PLATE: _("number plate of a vehicle"),
}
