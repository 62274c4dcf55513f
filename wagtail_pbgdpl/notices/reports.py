"""What was sent, what waits and why, as a report of the Wagtail admin.

Neither text nor subject is shown: they name drafts, which whoever sees to the mail server may not
read (R11).
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..reporting.fields import Field
from ..reporting.report import Report
from .models import Notice

STATES = (
    ("waiting", _("waiting")),
    ("given_up", _("not delivered")),
    ("sent", _("sent")),
)


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    address = django_filters.CharFilter(label=_("E-mail"), lookup_expr="icontains")

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Notice]:
        if state == "sent":
            return rows.filter(sent_at__isnull=False)
        return {"waiting": rows.waiting, "given_up": rows.given_up}[state]()


class NoticeReport(Report):
    """For the operator, who sees to the mail server and to the accounts (R10)."""

    page_title = _("Notices by e-mail")
    header_icon = "mail"
    menu_order = 1200
    index_url_name = "pbgdpl_notices"
    permission_policy = ModelPermissionPolicy(Notice)
    queryset = Notice.objects.defer("subject", "text")
    filterset_class = NoticeFilterSet
    default_ordering = "-pk"
    export_filename = "thu-thong-bao"
    fields = (
        Field("created_at", _("Created at")),
        Field("address", _("E-mail")),
        Field("sort", _("Sort")),
        Field("sent_at", _("Sent at")),
        Field("attempts", _("Attempts")),
        Field("next_attempt_at", _("Next attempt"), in_files=False),
        Field("last_error", _("Last error")),
    )
    on_screen = (
        "sort",
        "address",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
        "last_error",
    )
