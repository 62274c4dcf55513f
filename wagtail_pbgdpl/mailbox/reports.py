"""The mails of which no question came, with the reason, for as long as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from ..reporting.fields import Field
from ..reporting.report import Report
from .access import MailPolicy, set_aside
from .models import OF_PROGRAMS, Reason, ReceivedMail

WHICH = (
    ("letters", _("letters of people")),
    ("programs", _("sent by programs")),
)


class MailFilterSet(WagtailFilterSet):
    which = django_filters.ChoiceFilter(
        label=pgettext_lazy("letter", "Sort"), choices=WHICH, method="of_sort"
    )
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=Reason.choices)

    def of_sort(self, rows: Any, name: str, value: str) -> QuerySet[ReceivedMail]:
        if value == "programs":
            return rows.filter(reason__in=OF_PROGRAMS)
        return rows.exclude(reason__in=OF_PROGRAMS)


class MailReport(Report):
    """Neither sender nor subject is shown: both stand on the page of the mail."""

    page_title = _("Letters that were set aside")
    header_icon = "mail"
    menu_order = 1016
    index_url_name = "pbgdpl_mails"
    permission_policy = MailPolicy(ReceivedMail)
    filterset_class = MailFilterSet
    default_ordering = "-pk"
    export_filename = "thu-den-chua-tiep-nhan"

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("at", _("Received at"), link=lambda row: reverse("pbgdpl_mail", args=[row.pk])),
            Field("reason", _("Reason"), "get_reason_display"),
            Field("domain", _("Sender")),
            Field("question", _("Question"), lambda row: row.question or ""),
            Field("size", _("Size"), shown=lambda row: filesizeformat(row.size)),
        )

    def get_base_queryset(self) -> QuerySet[ReceivedMail]:
        return set_aside(self.request.user).select_related("question")
