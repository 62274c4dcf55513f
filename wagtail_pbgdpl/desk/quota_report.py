"""The quota of each unit, as a report of the Wagtail admin (S6: BP20 Điều 9.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.models import Matter
from ..matters.quota import Span, State, Supply, quotas, spans, supplied
from ..matters.timeliness import visible_units
from ..organisation.models import Unit
from ..reporting.fields import Field, LabelledNumber
from ..reporting.report import Report

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

    def leave(self, units: Any, name: str, value: str) -> QuerySet[Unit]:
        """Both are asked of the figures, not of the units."""
        return units


class QuotaReport(Report):
    """What each unit that held in a period supplied, and how much it should have."""

    page_title = _("Quota of each unit")
    header_icon = "tasks"
    menu_order = 1010
    index_url_name = "pbgdpl_quota"
    results_template_name = "wagtail_pbgdpl/admin/quota_results.html"
    permission_policy = ModelPermissionPolicy(Matter)
    queryset = Unit.objects.all()
    filterset_class = QuotaFilterSet
    export_filename = "dinh-muc-tin-bai"
    on_screen = ("unit", "own", "total", "minimum", "maximum", "state")

    @classmethod
    def is_offered_to(cls, user: Any) -> bool:
        """Only where the regulation has a quota."""
        return bool(quotas()) and super().is_offered_to(user)

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("unit", _("Unit")),
            Field("period", _("Period"), lambda row: self.span),
            Field("own", _("Items under this name"), column=LabelledNumber),
            Field("total", _("Items with units before it"), column=LabelledNumber),
            Field("minimum", _("Minimum"), column=LabelledNumber),
            Field("maximum", _("Maximum"), column=LabelledNumber),
            Field("state", _("State"), lambda row: STATES[row.state]),
        )

    @cached_property
    def span(self) -> Span | None:
        """The period that was asked for, else the present one; ``None`` without a quota."""
        known = spans()
        wanted = self._wanted("period")
        return next((span for span in known if span.code == wanted), known[0] if known else None)

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
