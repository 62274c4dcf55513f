"""Where the moderation stands in the Wagtail admin."""

from __future__ import annotations

from typing import TypedDict

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.models import AbstractPage

from ..core.accounts import AdminRequest
from . import views
from .guard import ModeratedMixin
from .rights import Act, may

FIRST, LAST = 0, 9000


class EditorContext(TypedDict, total=False):
    """What Wagtail tells an entry of the editor's menu."""

    view: str
    page: AbstractPage
    parent_page: AbstractPage
    locked_for_user: bool


class ItemMenuItem(ActionMenuItem):
    """From the editor to the page on which the item is decided."""

    name = "action-pbgdpl-item"
    label = _("Decide, follow up")
    icon_name = "clipboard-list"

    def is_shown(self, context: EditorContext) -> bool:
        return True

    def get_url(self, context: EditorContext) -> str:
        return reverse("pbgdpl_item", args=[context["page"].pk])


class SendMenuItem(SubmitForModerationMenuItem):
    """Wagtail's button, in the words of an office."""

    def get_context_data(self, parent_context: EditorContext) -> dict[str, object]:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        again = page is not None and page.pk and page.current_workflow_state is not None
        context["label"] = _("Send again for approval") if again else _("Send for approval")
        return context


def arrange_actions(
    menu_items: list[ActionMenuItem], request: AdminRequest, context: EditorContext
) -> None:
    """Offer our page of decisions, and not Wagtail's ways to stop or restart a workflow."""
    page = context.get("page")
    subject = page if page is not None and page.pk else context.get("parent_page")
    if subject is None or not isinstance(subject.specific_deferred, ModeratedMixin):
        return
    theirs = (CancelWorkflowMenuItem, RestartWorkflowMenuItem)
    ours = [
        SendMenuItem(FIRST) if isinstance(one, SubmitForModerationMenuItem) else one
        for one in menu_items
        if not isinstance(one, theirs)
    ]
    # What somebody writes is to be sent; drafts the editor saves by itself.
    menu_items[:] = sorted(ours, key=lambda one: not isinstance(one, SendMenuItem))
    if context["view"] != "edit":
        return
    decides = context.get("locked_for_user") or may(request.user, Act.APPROVE, context["page"])
    menu_items.insert(0 if decides else len(menu_items), ItemMenuItem(FIRST if decides else LAST))


def urls() -> list[URLPattern]:
    return [path("pbgdpl/items/<int:page_id>/", views.item, name="pbgdpl_item")]
