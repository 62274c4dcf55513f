"""An image or document that somebody may see and not change: what it is, why, and who may."""

from __future__ import annotations

from typing import Any

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage
from wagtail.models import ReferenceIndex

from ..core.accounts import AdminRequest, User
from ..matters.models import EventFile
from ..workflows.visibility import visible_to
from .access import pages_of
from .frozen import WHY, is_frozen

#: Addresses that are opened to look, by the names that Wagtail gave them.
LOOKED_AT = frozenset({"edit", "image_usage", "document_usage"})
OTHERS = _(
    "Only the people of the unit to which this file belongs, and the editorial board, change it."
)


def show(request: AdminRequest, found: Any) -> TemplateResponse:
    """Answer with the page of ``found``, which the person may see."""
    frozen = is_frozen(found)
    pages = list(visible_to(request.user, pages_of(ReferenceIndex.get_references_to(found))))
    is_image = isinstance(found, AbstractImage)
    context = {
        "file": found,
        "is_image": is_image,
        "address": found.file.url if is_image else found.url,
        "why": WHY if frozen else OTHERS,
        "approval": _approval(found, {page.pk for page in pages}) if frozen else None,
        "pages": [(page, _address(page, request.user)) for page in pages],
        "list": reverse("wagtailimages:index" if is_image else "wagtaildocs:index"),
    }
    return TemplateResponse(request, "wagtail_pbgdpl/admin/file.html", context)


def _approval(found: Any, pages: set[int]) -> Any:
    """Return by what decision the file became public, of a page that the person sees."""
    rows = EventFile.objects.filter(
        model=found._meta.label,
        object_id=str(found.pk),
        event__clears=True,
        event__subject__in=pages,
    )
    row = rows.select_related("event__matter").order_by("-event").first()
    return row and row.event


def _address(page: Any, user: User) -> str:
    """Return where the page is worked on, or else where everybody reads it."""
    if page.permissions_for_user(user).can_edit():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return page.get_full_url() or ""
