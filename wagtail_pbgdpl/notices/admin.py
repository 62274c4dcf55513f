"""Where the notices stand in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from ..reporting.report import ReportMenuItem, offered, report_urls
from .reports import NoticeReportView


def menu_item() -> ReportMenuItem:
    return ReportMenuItem(
        _("Notices by e-mail"),
        reverse("pbgdpl_notices"),
        NoticeReportView,
        name="pbgdpl-notices",
        icon_name="mail",
        order=1200,
    )


def urls() -> list[URLPattern]:
    return report_urls("reports/pbgdpl/notices/", NoticeReportView)


permissions = offered("view_notice")
