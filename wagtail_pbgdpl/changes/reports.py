"""Everything that changed without a decision of the board, with before and after (R10, R12)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..reporting.report import ReportMixin, in_month, months_of, plain_text
from ..worktime import moment
from .models import Change
from .told import by_whom

Kind = Change.Kind


def _months() -> list[tuple[str, str]]:
    return months_of(Change.objects.all(), "at")


class ChangeFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    month = django_filters.ChoiceFilter(label=_("Month"), choices=_months, method="of_month")

    class Meta:
        model = Change
        fields: list[str] = []

    def of_month(self, rows: Any, name: str, month: str) -> QuerySet[Change]:
        return in_month(rows, "at", month)


class ChangeReportView(ReportMixin, ReportView):
    """Who changed what, when, from what to what."""

    page_title = _("Journal of changes")
    header_icon = "history"
    index_url_name = "pbgdpl_changes"
    index_results_url_name = "pbgdpl_changes_results"
    permission_policy = ModelPermissionPolicy(Change)
    permission_required = "view"
    filterset_class = ChangeFilterSet
    default_ordering = "-pk"
    paginate_by = 50
    list_export = ["at", "kind", "title", "person_name", "details", "by_name"]
    export_headings = {
        "at": _("At"),
        "kind": _("Kind"),
        "title": _("Title"),
        "person_name": _("Person concerned"),
        "details": _("Changed"),
        "by_name": _("By"),
    }
    export_filename = "so-thay-doi"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("title", label=_("Title")),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("person_name", label=_("Person concerned")),
            Column("details", label=_("Changed"), accessor=_listed),
            Column("by", label=_("By"), accessor=by_whom),
            Column("at", label=_("At"), accessor=lambda row: moment(row.at)),
        ]

    @cached_property
    def custom_field_preprocess(self) -> dict[str, Any]:
        return {
            "at": {"csv": moment, "xlsx": moment},
            "kind": {"csv": _kind, "xlsx": _kind},
            "details": {"csv": _in_words, "xlsx": _in_words},
            **{name: {"csv": plain_text} for name in ("title", "person_name", "by_name")},
        }

    def get_base_queryset(self) -> QuerySet[Change]:
        return Change.objects.all()


def _kind(kind: str) -> str:
    return str(Kind(kind).label)


def _lines(details: list[list[str]]) -> list[str]:
    return [f"{label}: «{before}» → «{after}»" for label, before, after in details]


def _listed(row: Change) -> str:
    return format_html_join("", "<div>{}</div>", ((line,) for line in _lines(row.details)))


def _in_words(details: list[list[str]]) -> str:
    return plain_text("; ".join(_lines(details)))
