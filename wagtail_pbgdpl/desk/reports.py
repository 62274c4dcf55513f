"""The timeliness of publication, as a report of the Wagtail admin (P1, P2, S6, T1–T11)."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..authority.reach import reach_of
from ..matters.models import Publication
from ..matters.timeliness import lateness, visible_to
from ..regulations.active import category_name
from ..reporting.report import ReportMixin, in_month, months_of, plain_text
from ..worktime import Calendar, moment
from ..worktime.active import get_calendar
from .filters import ItemFilterSet

# Where a row stands, as the report names it.
STATES = (
    ("open", _("not yet published")),
    ("late", _("not yet published, and late")),
    ("in_time", _("published in time")),
    ("too_late", _("published late")),
)


def _months() -> list[tuple[str, str]]:
    return months_of(Publication.objects.all(), "first_published_at")


class PublicationFilterSet(ItemFilterSet):
    month = django_filters.ChoiceFilter(
        label=_("Month of publication"), choices=_months, method="of_month"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")

    class Meta:
        model = Publication
        fields: list[str] = []

    def of_month(self, rows: Any, name: str, month: str) -> QuerySet[Publication]:
        return in_month(rows, "first_published_at", month)

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Publication]:
        if state == "late":
            return rows.late(timezone.now())
        return {"open": rows.open, "in_time": rows.in_time, "too_late": rows.too_late}[state]()


class EditorColumn(Column):
    """Leads to the page of a row in the editor, once there is one."""

    cell_template_name = "wagtail_pbgdpl/admin/editor_cell.html"


class TimelinessReportView(ReportMixin, ReportView):
    """Every item that is owed or was published, with its limit and whether it was kept."""

    page_title = _("Ledger of publication")
    header_icon = "time"
    index_url_name = "pbgdpl_ledger"
    index_results_url_name = "pbgdpl_ledger_results"
    permission_policy = ModelPermissionPolicy(Publication)
    permission_required = "view"
    filterset_class = PublicationFilterSet
    default_ordering = "-pk"
    paginate_by = 50
    list_export = [
        "title",
        "category",
        "unit",
        "clause",
        "start",
        "due_at",
        "first_published_at",
        "lateness",
        "authority",
        "emergency",
    ]
    export_headings = {
        "title": _("Title"),
        "category": _("Category"),
        "unit": _("Unit"),
        "clause": _("Clause"),
        "start": _("Day of the event"),
        "due_at": _("Due at"),
        "first_published_at": _("Published at"),
        "lateness": _("Timeliness"),
        "authority": _("By the authority of"),
        "emergency": _("Emergency"),
    }
    export_filename = "so-theo-doi-dang-tai"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                get_url=lambda row: reverse("pbgdpl_ledger_entry", args=[row.pk]),
            ),
            Column(
                "category", label=_("Category"), accessor=lambda row: category_name(row.category)
            ),
            Column("unit", label=_("Unit")),
            Column("due_at", label=_("Due at"), accessor=lambda row: moment(row.due_at)),
            Column(
                "first_published_at",
                label=_("Published at"),
                accessor=lambda row: moment(row.first_published_at),
            ),
            Column("lateness", label=_("Timeliness"), accessor=self._lateness),
            EditorColumn("page_id", label=_("Page")),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if reach_of(self.request.user):
            buttons.append(
                HeaderButton(_("Enter what is owed"), url=reverse("pbgdpl_owe"), icon_name="plus")
            )
        return buttons

    @cached_property
    def custom_field_preprocess(self) -> dict[str, Any]:
        return {
            "title": {"csv": plain_text},
            "authority": {"csv": plain_text},
            "unit": {"csv": _name, "xlsx": _name},
            "start": {"csv": moment, "xlsx": moment},
            "due_at": {"csv": moment, "xlsx": moment},
            "first_published_at": {"csv": moment, "xlsx": moment},
        }

    @cached_property
    def _now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def _calendar(self) -> Calendar:
        return get_calendar()

    def _lateness(self, row: Publication) -> str:
        return lateness(row, self._now, self._calendar)

    def get_base_queryset(self) -> QuerySet[Publication]:
        return visible_to(self.request.user).select_related("unit")

    def decorate_paginated_queryset(self, rows: Any) -> Any:
        for row in rows:
            row.lateness = self._lateness(row)
        return rows

    def to_row_dict(self, item: Publication) -> dict[str, Any]:
        item.lateness = self._lateness(item)
        return super().to_row_dict(item)


def _name(unit: Any) -> str:
    return str(unit) if unit else ""
