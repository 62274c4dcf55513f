"""Where the journal of changes stands in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from ..reporting.report import ReportMenuItem, offered, report_urls
from .reports import ChangeReportView


def menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        _("Journal of changes"),
        reverse("pbgdpl_changes"),
        ChangeReportView,
        name="pbgdpl-changes",
        icon_name="history",
        order=1020,
    )


def urls() -> list[URLPattern]:
    return report_urls("reports/pbgdpl/changes/", ChangeReportView)


permissions = offered("view_change")
