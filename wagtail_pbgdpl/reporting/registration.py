"""What makes a report part of the admin: its addresses, its permission, its place in the menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .report import Report


def register(*reports: type[Report]) -> None:
    """Offer each report in the admin; of two with the same place in the menu, the first is first.

    To be called in a ``wagtail_hooks.py``.
    """
    for report in reports:
        hooks.register("register_admin_urls", partial(urls, report))
        policy = report.permission_policy
        hooks.register("register_permissions", offered(policy.model, report.permission_required))
        if report.menu_order is not None:
            hooks.register("register_reports_menu_item", partial(ReportMenuItem, report))


class ReportMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def __init__(self, report: type[Report]) -> None:
        super().__init__(
            report.page_title,
            reverse(report.index_url_name),
            name=report.index_url_name.replace("_", "-"),
            icon_name=report.header_icon,
            order=report.menu_order,
        )
        self.report = report

    def is_shown(self, request: HttpRequest) -> bool:
        return self.report.is_offered_to(request.user)


def urls(report: type[Report]) -> list[URLPattern]:
    """Return the addresses of a report and of its results."""
    name = report.index_url_name
    address = f"reports/{name.replace('_', '/')}/"
    return [
        path(address, report.as_view(), name=name),
        path(f"{address}results/", report.as_view(results_only=True), name=f"{name}_results"),
    ]


def offered(model: type[Model], *actions: str) -> Callable[[], QuerySet[Permission]]:
    """Return what Wagtail's hook ``register_permissions`` asks: what a group may be given."""

    def permissions() -> QuerySet[Permission]:
        return Permission.objects.filter(
            content_type__app_label=model._meta.app_label,
            codename__in=[get_permission_codename(action, model._meta) for action in actions],
        )

    return permissions
