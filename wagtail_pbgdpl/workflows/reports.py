"""Everything that was decided, and the share of emergency publications (R9, R12)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..desk.filters import ItemFilterSet
from ..matters.timeliness import seen_by
from ..reporting.report import ReportMixin, in_month, months_of, plain_text
from ..worktime import moment
from .emergencies import open_emergencies
from .models import Decision

Kind = Decision.Kind


def visible_to(user: Any) -> QuerySet[Decision]:
    """Return the decisions that the user may read: the board all, a unit's people their own."""
    return Decision.objects.filter(seen_by(user))


def _months() -> list[tuple[str, str]]:
    return months_of(Decision.objects.all(), "at")


class DecisionFilterSet(ItemFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    month = django_filters.ChoiceFilter(label=_("Month"), choices=_months, method="of_month")
    unreviewed = django_filters.BooleanFilter(
        label=_("Emergency not yet reviewed"), method="of_unreviewed"
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def of_month(self, rows: Any, name: str, month: str) -> QuerySet[Decision]:
        return in_month(rows, "at", month)

    def of_unreviewed(self, rows: Any, name: str, wanted: bool) -> QuerySet[Decision]:
        return rows.filter(pk__in=open_emergencies().values("pk")) if wanted else rows


class DecisionReportView(ReportMixin, ReportView):
    """Who decided what about which item, by which authority and on which grounds."""

    page_title = _("Journal of decisions")
    header_icon = "clipboard-list"
    index_url_name = "pbgdpl_decisions"
    index_results_url_name = "pbgdpl_decisions_results"
    results_template_name = "wagtail_pbgdpl/admin/decisions_results.html"
    permission_policy = ModelPermissionPolicy(Decision)
    permission_required = "view"
    filterset_class = DecisionFilterSet
    default_ordering = "-pk"
    paginate_by = 50
    list_export = [
        "at",
        "title",
        "category",
        "unit",
        "kind",
        "step",
        "by_name",
        "authority",
        "grounds",
        "text",
    ]
    export_headings = {
        "at": _("At"),
        "title": _("Title"),
        "category": _("Category"),
        "unit": _("Unit"),
        "kind": _("Kind"),
        "step": _("Step"),
        "by_name": _("By"),
        "authority": _("By the authority of"),
        "grounds": _("Grounds"),
        "text": _("Comment"),
    }
    export_filename = "nhat-ky-quyet-dinh"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                get_url=lambda row: reverse("pbgdpl_item", args=[row.page_id]),
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("step", label=_("Step")),
            Column("unit", label=_("Unit")),
            Column("by", label=_("By"), accessor=_by),
            Column("at", label=_("At"), accessor=lambda row: moment(row.at)),
        ]

    @cached_property
    def custom_field_preprocess(self) -> dict[str, Any]:
        return {
            "at": {"csv": moment, "xlsx": moment},
            **{
                name: {"csv": plain_text}
                for name in ("title", "step", "by_name", "authority", "text")
            },
            "unit": {"csv": _name, "xlsx": _name},
            "kind": {"csv": _kind, "xlsx": _kind},
            "grounds": {"csv": _grounds, "xlsx": _grounds},
        }

    def get_base_queryset(self) -> QuerySet[Decision]:
        return visible_to(self.request.user).select_related("unit")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["share"] = share_of_emergencies(self.filters.qs)
        return context


def share_of_emergencies(rows: QuerySet[Decision]) -> dict[str, int]:
    """Return how many publications there were, how many of them in an emergency, and per cent.

    Of what the board decided; what the set-up entered is not counted.
    """
    found = rows.order_by().aggregate(
        all=Count("pk", filter=Q(clears=True) & ~Q(kind=Kind.ENTERED)),
        emergencies=Count("pk", filter=Q(kind=Kind.EMERGENCY)),
    )
    percent = round(100 * found["emergencies"] / found["all"]) if found["all"] else 0
    return {**found, "percent": percent}


def _by(row: Decision) -> str:
    return ", ".join(filter(None, [row.by_name, row.authority]))


def _name(unit: Any) -> str:
    return str(unit) if unit else ""


def _kind(kind: str) -> str:
    return str(Kind(kind).label)


def _grounds(grounds: list[dict[str, str]]) -> str:
    return "; ".join(f"{ground['name']} ({ground['clause']})" for ground in grounds)
