"""Where the moderation stands in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
)

from ..reports import ReportMenuItem, report_urls
from . import views
from .guard import ModeratedMixin
from .reports import DecisionReportView
from .rights import Act, may

FIRST, LAST = 0, 9000


class ItemMenuItem(ActionMenuItem):
    """From the editor to the page on which the item is decided."""

    name = "action-pbgdpl-item"
    label = _("Decide, follow up")
    icon_name = "clipboard-list"

    def is_shown(self, context: Any) -> bool:
        return True

    def get_url(self, context: Any) -> str:
        return reverse("pbgdpl_item", args=[context["page"].pk])


def arrange_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer our page of decisions, and not Wagtail's ways to stop or restart a workflow."""
    page = context.get("page")
    if context["view"] != "edit" or not isinstance(page, ModeratedMixin):
        return
    theirs = (CancelWorkflowMenuItem, RestartWorkflowMenuItem)
    menu_items[:] = [one for one in menu_items if not isinstance(one, theirs)]
    decides = context.get("locked_for_user") or may(request.user, Act.APPROVE, page)
    menu_items.insert(0 if decides else len(menu_items), ItemMenuItem(FIRST if decides else LAST))


def menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        _("Journal of decisions"),
        reverse("pbgdpl_decisions"),
        DecisionReportView,
        name="pbgdpl-decisions",
        icon_name="clipboard-list",
        order=1010,
    )


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/items/<int:page_id>/", views.item, name="pbgdpl_item"),
        path("pbgdpl/waiting/", views.waiting, name="pbgdpl_waiting"),
        *report_urls("reports/pbgdpl/decisions/", DecisionReportView),
    ]
