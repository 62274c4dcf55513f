"""«Hướng dẫn» in the menu of help: the guide of a role, at the chapter of the present page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from ..core.accounts import AdminRequest, User
from ..organisation.models import Seat
from ..worktime.active import today
from .chapters import place_in
from .rendering import Guide, guide
from .sources import BY_ROLE, COMMON, GUIDES


def start(request: AdminRequest) -> HttpResponse:
    """Lead to the chapter about the page that ``from`` names, in the guide of the person's role.

    Raises ``Http404`` where the guides are not installed.
    """
    guides = guides_for(request.user)
    if not guides:
        raise Http404
    found, anchor = place_in(guides, request.GET.get("from", ""))
    place = f"#{anchor}" if anchor else ""
    return redirect(reverse("pbgdpl_guide", args=[found.name]) + place)


def show(request: AdminRequest, name: str) -> HttpResponse:
    found = guide(name)
    if found is None:
        raise Http404
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/guide.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": found.title},
            ],
            "header_title": found.title,
            "page_title": found.title,
            "header_icon": "help",
            "guide": found,
            "others": [(one.name, one.title) for one in map(guide, GUIDES) if one is not None],
        },
    )


def guides_for(user: User) -> list[Guide]:
    """Return the guides of the roles of today's seats, and the common one last."""
    held = set(Seat.objects.filter(user=user).on(today()).values_list("role", flat=True))
    names = [name for role, name in BY_ROLE.items() if role in held]
    return [one for one in map(guide, [*names, COMMON]) if one is not None]


class GuideMenuItem(MenuItem):
    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        match = request.resolver_match
        if match is not None and match.view_name:
            component.url = f"{self.url}?{urlencode({'from': match.view_name})}"
        return component

    def is_shown(self, request: HttpRequest) -> bool:
        return guide(COMMON) is not None


def menu_item() -> MenuItem:
    return GuideMenuItem(
        gettext_lazy("Guide of the portal"),
        reverse("pbgdpl_guides"),
        name="pbgdpl-guide",
        icon_name="help",
        order=100,
    )


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/guide/", start, name="pbgdpl_guides"),
        path("pbgdpl/guide/<slug:name>/", show, name="pbgdpl_guide"),
    ]
