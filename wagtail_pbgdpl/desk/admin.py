"""Where the ledger stands in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from ..reporting.report import ReportMenuItem, offered, report_urls
from . import views
from .quota_report import QuotaMenuItem, QuotaReportView
from .reports import TimelinessReportView


def menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        _("Ledger of publication"),
        reverse("pbgdpl_ledger"),
        TimelinessReportView,
        name="pbgdpl-ledger",
        icon_name="time",
        order=1000,
    )


def quota_menu_item() -> ReportMenuItem:
    return QuotaMenuItem(
        _("Quota of each unit"),
        reverse("pbgdpl_quota"),
        QuotaReportView,
        name="pbgdpl-quota",
        icon_name="tasks",
        order=1010,
    )


permissions = offered("add_publication", "view_publication")


def urls() -> list[URLPattern]:
    return [
        *report_urls("reports/pbgdpl/ledger/", TimelinessReportView),
        *report_urls("reports/pbgdpl/quota/", QuotaReportView),
        path("pbgdpl/ledger/owe/", views.owe, name="pbgdpl_owe"),
        path("pbgdpl/ledger/<int:pk>/", views.entry, name="pbgdpl_ledger_entry"),
        path("pbgdpl/ledger/<int:pk>/give-up/", views.give_up, name="pbgdpl_give_up"),
    ]
