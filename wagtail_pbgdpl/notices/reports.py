"""What was sent, what waits and why, as a report of the Wagtail admin.

Neither text nor subject is shown: they name drafts, which whoever sees to the mail server may not
read (R11).
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..reporting.report import ReportMixin, plain_text
from ..worktime import moment
from .models import Notice

STATES = (
    ("waiting", _("waiting")),
    ("given_up", _("not delivered")),
    ("sent", _("sent")),
)


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    address = django_filters.CharFilter(label=_("E-mail"), lookup_expr="icontains")

    class Meta:
        model = Notice
        fields: list[str] = []

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Notice]:
        if state == "sent":
            return rows.filter(sent_at__isnull=False)
        return {"waiting": rows.waiting, "given_up": rows.given_up}[state]()


class NoticeReportView(ReportMixin, ReportView):
    """For the operator, who sees to the mail server and to the accounts (R10)."""

    page_title = _("Notices by e-mail")
    header_icon = "mail"
    index_url_name = "pbgdpl_notices"
    index_results_url_name = "pbgdpl_notices_results"
    permission_policy = ModelPermissionPolicy(Notice)
    permission_required = "view"
    filterset_class = NoticeFilterSet
    default_ordering = "-pk"
    paginate_by = 50
    list_export = ["created_at", "address", "sort", "sent_at", "attempts", "last_error"]
    export_headings = {
        "created_at": _("Created at"),
        "address": _("E-mail"),
        "sort": _("Sort"),
        "sent_at": _("Sent at"),
        "attempts": _("Attempts"),
        "last_error": _("Last error"),
    }
    export_filename = "thu-thong-bao"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("sort", label=_("Sort")),
            Column("address", label=_("E-mail")),
            Column(
                "created_at", label=_("Created at"), accessor=lambda row: moment(row.created_at)
            ),
            Column("sent_at", label=_("Sent at"), accessor=lambda row: moment(row.sent_at)),
            Column("attempts", label=_("Attempts")),
            Column(
                "next_attempt_at",
                label=_("Next attempt"),
                accessor=lambda row: moment(row.next_attempt_at),
            ),
            Column("last_error", label=_("Last error")),
        ]

    @cached_property
    def custom_field_preprocess(self) -> dict[str, Any]:
        times = {name: {"csv": moment, "xlsx": moment} for name in ("created_at", "sent_at")}
        texts = {name: {"csv": plain_text} for name in ("address", "last_error")}
        return times | texts

    def get_base_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.defer("subject", "text")
