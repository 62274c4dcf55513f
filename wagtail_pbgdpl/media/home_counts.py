"""The counts at the top of the admin's home page: those of lists that they open, and no others."""

from __future__ import annotations

from typing import Any

from wagtail.admin.site_summary import SummaryItem
from wagtail.documents import get_document_model
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.images import get_image_model
from wagtail.images.wagtail_hooks import ImagesSummaryItem

from ..core.accounts import AdminRequest
from ..core.permission_policies import policy_of
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..worktime.active import today

# Of which files Wagtail's lists of images and documents consist.
LISTED = ("change", "delete")
#: Whose work files are.
WRITERS = frozenset({RoleCode.CONTACT_OFFICER, RoleCode.SECRETARY})


def _count(model: Any, user: Any) -> int:
    return int(policy_of(model).instances_user_has_any_permission_for(user, LISTED).count())


class ImagesItem(ImagesSummaryItem):
    """Wagtail counts those that may be chosen as well, which its list leaves out."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        count = _count(get_image_model(), self.request.user)
        return super().get_context_data(parent_context) | {"total_images": count}


class DocumentsItem(DocumentsSummaryItem):
    """The same of documents."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        count = _count(get_document_model(), self.request.user)
        return super().get_context_data(parent_context) | {"total_docs": count}


OURS: dict[type[SummaryItem], type[SummaryItem]] = {
    ImagesSummaryItem: ImagesItem,
    DocumentsSummaryItem: DocumentsItem,
}


def narrow(request: AdminRequest, items: list[SummaryItem]) -> None:
    """Put our counts in the place of Wagtail's.

    Its count of pages, those of other units among them, leads to the top of the tree: who holds a
    seat has no use for it. Of files those are told who put them in.
    """
    items[:] = [OURS[type(one)](request) if type(one) in OURS else one for one in items]
    roles = set(Seat.objects.filter(user=request.user).on(today()).values_list("role", flat=True))
    if roles:
        kept = tuple(OURS.values()) if roles & WRITERS else ()
        items[:] = [one for one in items if isinstance(one, kept)]
