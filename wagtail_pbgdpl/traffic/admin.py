"""Where the reports stand in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from .reports import CategoriesReportView, MonthsReportView, PagesReportView, TrafficReportView


class TrafficMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return TrafficReportView.permission_policy.user_has_permission(request.user, "view")


def menu_item() -> MenuItem:
    return TrafficMenuItem(
        _("Access statistics"),
        reverse("pbgdpl_traffic"),
        name="pbgdpl-access-statistics",
        icon_name="view",
        order=1100,
    )


def urls() -> list[URLPattern]:
    def report(address: str, name: str, view: type[Any]) -> list[URLPattern]:
        results = view.as_view(results_only=True)
        return [
            path(address, view.as_view(), name=name),
            path(f"{address}results/", results, name=f"{name}_results"),
        ]

    return [
        *report("reports/pbgdpl/traffic/", "pbgdpl_traffic", MonthsReportView),
        *report("reports/pbgdpl/traffic/pages/", "pbgdpl_traffic_pages", PagesReportView),
        *report(
            "reports/pbgdpl/traffic/categories/", "pbgdpl_traffic_categories", CategoriesReportView
        ),
    ]


def permissions() -> QuerySet[Permission]:
    """Return the permission that a group may be given in the admin."""
    return Permission.objects.filter(
        content_type__app_label="wagtail_pbgdpl", codename="view_trafficday"
    )
