"""Where the reports stand in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from ..reporting.report import ReportMenuItem, offered, report_urls
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


permissions = offered("view_trafficday")
