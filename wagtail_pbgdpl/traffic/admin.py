"""Where the reports stand in the Wagtail admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from ..reports import ReportMenuItem, report_urls
from .reports import CategoriesReportView, MonthsReportView, PagesReportView, TrafficReportView


def menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        _("Access statistics"),
        reverse("pbgdpl_traffic"),
        TrafficReportView,
        name="pbgdpl-access-statistics",
        icon_name="view",
        order=1100,
    )


def urls() -> list[URLPattern]:
    return [
        *report_urls("reports/pbgdpl/traffic/", MonthsReportView),
        *report_urls("reports/pbgdpl/traffic/pages/", PagesReportView),
        *report_urls("reports/pbgdpl/traffic/categories/", CategoriesReportView),
    ]


def permissions() -> QuerySet[Permission]:
    """Return the permission that a group may be given in the admin."""
    return Permission.objects.filter(
        content_type__app_label="wagtail_pbgdpl", codename="view_trafficday"
    )
