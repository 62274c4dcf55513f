"""The home page of the admin for who holds a seat: what waits, what is late, what is done most.

What else there is to know stands on a page of its own, «State of the portal». Who holds no seat,
such as a superuser, keeps Wagtail's home page, with all of it.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from ..core.accounts import AdminRequest, User
from ..organisation.models import Seat
from ..worktime.active import today

#: As Wagtail's ``construct_homepage_panels``, of the other page.
HOOK = "construct_pbgdpl_overview_panels"
#: Of these what waits for somebody is told by the list of what waits.
WAGTAILS = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)
SEEN_WITH = ("wagtail_pbgdpl.view_matter", "wagtail_pbgdpl.view_externalsource")


def holds_a_seat(user: User) -> bool:
    return bool(Seat.objects.filter(user=user).on(today()).exists())


def arrange(request: AdminRequest, panels: list[Component]) -> None:
    """Leave out what is not of the seat; what a site adds of its own stays."""
    if holds_a_seat(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, WAGTAILS)]
    else:
        panels += _panels(request)


def overview(request: AdminRequest) -> HttpResponse:
    """Show how the portal does, to those to whom any of it is theirs to know."""
    if not _may_see(request.user):
        raise PermissionDenied
    panels = sorted(_panels(request), key=lambda panel: panel.order)
    title = _("State of the portal")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/overview.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "header_icon": "globe",
            "panels": panels,
        },
    )


def _panels(request: AdminRequest) -> list[Any]:
    panels: list[Any] = []
    for add_panel in hooks.get_hooks(HOOK):
        add_panel(request, panels)
    return panels


def _may_see(user: User) -> bool:
    return any(user.has_perm(one) for one in SEEN_WITH)


class OverviewMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return _may_see(request.user)  # type: ignore[arg-type]


def menu_item() -> MenuItem:
    return OverviewMenuItem(
        gettext_lazy("State of the portal"),
        reverse("pbgdpl_overview"),
        name="pbgdpl-overview",
        icon_name="globe",
        order=50,
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/overview/", overview, name="pbgdpl_overview")]
