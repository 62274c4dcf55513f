"""Where the ledger stands in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from .reports import TimelinessReportView


class LedgerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        policy = TimelinessReportView.permission_policy
        return policy.user_has_permission(request.user, "view")


def menu_item() -> Any:
    return LedgerMenuItem(
        _("Ledger of publication"),
        reverse("pbgdpl_ledger"),
        name="pbgdpl-ledger",
        icon_name="time",
        order=1000,
    )


def urls() -> list[URLPattern]:
    view = TimelinessReportView
    return [
        path("reports/pbgdpl/ledger/", view.as_view(), name="pbgdpl_ledger"),
        path(
            "reports/pbgdpl/ledger/results/",
            view.as_view(results_only=True),
            name="pbgdpl_ledger_results",
        ),
    ]
