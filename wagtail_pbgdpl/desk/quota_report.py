"""The quota of each unit, as a report of the Wagtail admin (S6: BP20 Điều 9.4)."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.models import Publication
from ..matters.quota import Span, State, Supply, quotas, spans, supplied
from ..matters.timeliness import visible_units
from ..organisation.models import Unit
from ..reporting.report import ReportMenuItem, ReportMixin, plain_text

STATES = {
    State.BELOW: _("below the quota"),
    State.NOT_YET: _("not yet reached"),
    State.WITHIN: _("within the quota"),
    State.ABOVE: _("above the quota"),
}


def _periods() -> list[tuple[str, str]]:
    several = len(quotas()) > 1
    return [
        (span.code, f"{span.quota.name} · {span}" if several else str(span)) for span in spans()
    ]


class QuotaFilterSet(WagtailFilterSet):
    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=_periods, method="leave", empty_label=_("present period")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=list(STATES.items()), method="leave"
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def leave(self, units: Any, name: str, value: str) -> QuerySet[Unit]:
        """Both are asked of the figures, not of the units."""
        return units


class QuotaReportView(ReportMixin, ReportView):
    """What each unit that held in a period supplied, and how much it should have."""

    page_title = _("Quota of each unit")
    header_icon = "tasks"
    index_url_name = "pbgdpl_quota"
    index_results_url_name = "pbgdpl_quota_results"
    results_template_name = "wagtail_pbgdpl/admin/quota_results.html"
    permission_policy = ModelPermissionPolicy(Publication)
    permission_required = "view"
    filterset_class = QuotaFilterSet
    paginate_by = 50
    list_export = ["unit", "period", "own", "total", "minimum", "maximum", "state"]
    export_headings = {
        "unit": _("Unit"),
        "period": _("Period"),
        "own": _("Items under this name"),
        "total": _("Items with units before it"),
        "minimum": _("Minimum"),
        "maximum": _("Maximum"),
        "state": _("State"),
    }
    export_filename = "dinh-muc-tin-bai"
    columns = [
        Column("unit", label=_("Unit")),
        NumberColumn("own", label=_("Items under this name")),
        NumberColumn("total", label=_("Items with units before it")),
        NumberColumn("minimum", label=_("Minimum")),
        NumberColumn("maximum", label=_("Maximum")),
        Column("state", label=_("State"), accessor=lambda row: STATES[row.state]),
    ]

    @cached_property
    def custom_field_preprocess(self) -> dict[str, Any]:
        return {
            "unit": {"csv": lambda unit: plain_text(str(unit)), "xlsx": str},
            "state": {"csv": _state, "xlsx": _state},
        }

    @cached_property
    def span(self) -> Span | None:
        """The period that was asked for, else the present one; ``None`` without a quota."""
        known = spans()
        wanted = self._wanted("period")
        return next((span for span in known if span.code == wanted), known[0] if known else None)

    def get_base_queryset(self) -> QuerySet[Unit]:
        return Unit.objects.all()

    def get_filtered_queryset(self) -> list[Supply]:
        if self.span is None:
            return []
        state = self._wanted("state")
        rows = supplied(self.span, visible_units(self.request.user))
        return [row for row in rows if state in ("", row.state)]

    def _wanted(self, name: str) -> str:
        if self.filters is None or not self.filters.is_valid():
            return ""
        return str(self.filters.form.cleaned_data.get(name) or "")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {"span": self.span}

    def to_row_dict(self, item: Supply) -> dict[str, Any]:
        return {
            name: str(self.span) if name == "period" else getattr(item, name)
            for name in self.list_export
        }


class QuotaMenuItem(ReportMenuItem):
    """Shown only where the regulation has a quota."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(quotas()) and super().is_shown(request)


def _state(state: State) -> str:
    return str(STATES[state])
