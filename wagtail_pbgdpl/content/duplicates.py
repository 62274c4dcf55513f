"""What an editor is told who enters a document that the portal has already (D1)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..changes.actor import acting_user
from ..core.base_page import base_page_model
from ..workflows.visibility import choosable_by

CODE = "duplicate_document"


def refusal(page: int) -> ValidationError:
    """Return the error for a document that is on ``page``, with a link for who may see that page."""
    said = _("The portal has a document with this number, issuing body and day of issue already")
    other = _shown(page)
    if other is None:
        return ValidationError(
            _("%(said)s: an item that is not yours to see.") % {"said": said}, code=CODE
        )
    address = other.get_url() if other.live else reverse("wagtailadmin_pages:edit", args=[page])
    link = format_html('{}: <a href="{}" target="_blank">{}</a>', said, address, other.title)
    return ValidationError(link, code=CODE)


def _shown(page: int) -> Any:
    found = base_page_model()._base_manager.filter(pk=page)
    user = acting_user()
    return (choosable_by(user, found) if user is not None else found).first()
