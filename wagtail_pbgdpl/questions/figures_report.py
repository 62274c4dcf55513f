"""The figures of questions as a report, and on the overview of the admin (Q2, P3, T3, T12)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.permission_policies import ModelPermissionPolicy

from ..authority.scope import scope_of
from ..blocks.chart_data import ChartData, Series
from ..blocks.chart_svg import draw
from ..core.accounts import AdminRequest
from ..matters.models import Matter
from ..organisation.models import Unit
from ..regulations.labels import QUESTION_KINDS
from ..reporting.fields import Field
from ..reporting.months import MonthFilter
from ..reporting.report import DrawnReport
from . import figures
from . import standing as standings
from .figures import EVER, FIELD, MONTH, UNIT, Figures
from .models import Question

BY = ((UNIT, _("Unit")), (FIELD, _("Legal field")), (MONTH, _("Month")))
#: What the list calls that which has neither.
NONE = {UNIT: _("with no unit"), FIELD: _("without a legal field")}
#: More would not be read in a drawing.
DRAWN = 12


class FiguresFilterSet(WagtailFilterSet):
    """All are asked of the figures, not of the units."""

    by = django_filters.ChoiceFilter(
        label=_("In rows of"), choices=BY[1:], empty_label=BY[0][1], method="leave"
    )
    month = MonthFilter(
        Question.objects.all(),
        "received_at",
        [(EVER, _("all months"))],
        label=_("Month of receipt"),
        empty_label=_("the last twelve months"),
        method="leave",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(QUESTION_KINDS.items()), method="leave"
    )

    def leave(self, units: Any, name: str, value: str) -> QuerySet[Unit]:
        return units


class QuestionReport(DrawnReport):
    """What was received, answered and is still owed, and how long answers took: by unit, field or
    month."""

    page_title = _("Figures of questions and answers")
    header_icon = "help"
    menu_order = 1015
    index_url_name = "pbgdpl_questions_report"
    permission_policy = ModelPermissionPolicy(Matter)
    queryset = Unit.objects.all()
    filterset_class = FiguresFilterSet
    export_filename = "so-lieu-hoi-dap"
    # The share is drawn; with it a table would be wider than a screen.
    on_screen = (
        *("about", "received", "answered", "in_time", "too_late", "open", "open_late"),
        *("median", "ninetieth", "rating"),
    )

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("about", dict(BY)[self._by], self._about),
            self._counted("received", _("Received"), "received"),
            self._counted("answered", _("Answered"), "answered"),
            self._counted("in_time", _("In time"), "in_time"),
            self._counted("too_late", _("Late"), "too_late"),
            Field("share", _("In time (%)"), self._or_dash("share_in_time")),
            self._counted("open", _("Not yet answered"), "open"),
            self._counted("open_late", _("Not yet answered, and late"), "late"),
            Field("median", _("Median (days)"), self._or_dash("median")),
            Field("ninetieth", _("Nine of ten within (days)"), self._or_dash("ninetieth")),
            Field("rating", _("Rating (1–5)"), self._or_dash("rating")),
        )

    def get_page_subtitle(self) -> str:
        month = self._wanted("month")
        if month == EVER:
            return gettext("all months, in working days")
        if month:
            return gettext("%(month)s, in working days") % {"month": f"{month[5:]}/{month[:4]}"}
        return gettext("the last twelve months, in working days")

    def get_filtered_queryset(self) -> list[Figures]:
        return self._rows

    @cached_property
    def _rows(self) -> list[Figures]:
        scope = scope_of(self.request.user)
        return figures.of(scope, self._by, self._wanted("month"), self._wanted("kind"))

    def get_drawing(self) -> SafeString:
        rows = [row for row in self._rows if not row.is_sum]
        # By month as time goes; otherwise whose figures are largest.
        if self._by == MONTH:
            rows = rows[:DRAWN][::-1]
        else:
            rows = sorted(rows, key=lambda row: -row.received)[:DRAWN]
        told = gettext("The numbers are in the table below.")
        return drawing(rows, [self._about(row) for row in rows], self._by, told)

    def _counted(self, name: str, label: Any, where: str) -> Field:
        return Field(name, label, link=lambda row: self._rows_behind(row, where))

    def _rows_behind(self, row: Figures, where: str) -> str:
        """Return the address of the list of what was counted."""
        month = self._wanted("month") or standings.YEAR
        narrowed: dict[str, str | int] = {
            "month": "" if month == EVER else month,
            "kind": self._wanted("kind"),
        }
        if row.is_sum:
            pass
        elif self._by == MONTH:
            narrowed["month"] = f"{row.key:%Y-%m}"
        else:
            narrowed[self._by] = row.key or standings.NONE
        return standings.address(where, **narrowed)

    def _about(self, row: Figures) -> str:
        if row.is_sum:
            return gettext("All")
        if self._by == MONTH:
            return f"{row.key:%m/%Y}"
        return str(row.about or NONE[self._by])

    def _or_dash(self, name: str) -> Any:
        def read(row: Figures) -> Any:
            value = getattr(row, name)
            return "–" if value is None else value

        return read

    @property
    def _by(self) -> str:
        return self._wanted("by") or UNIT

    def _wanted(self, name: str) -> str:
        if self.filters is None or not self.filters.is_valid():
            return ""
        return str(self.filters.form.cleaned_data.get(name) or "")


def drawing(rows: Sequence[Figures], labels: list[str], by: str, told: str) -> SafeString:
    """Return received, answered and in time as SVG: columns, or lines by month."""
    shown = (
        (_("Received"), "received"), (_("Answered"), "answered"), (_("In time"), "in_time")
    )  # fmt: skip
    data = ChartData(
        labels,
        [
            Series(str(name), [Decimal(getattr(row, column)) for row in rows])
            for name, column in shown
        ],
    )
    return draw(
        "line" if by == MONTH and len(rows) > 1 else "column",
        data,
        title=gettext("Figures of questions and answers"),
        description=told,
    )


class FiguresPanel(Component):
    """The last twelve months in six figures, each leading to its rows; up to five queries more."""

    name = "pbgdpl_questions"
    template_name = "wagtail_pbgdpl/admin/question_figures_panel.html"
    order = 85

    def __init__(self, request: AdminRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = figures.of(scope_of(self.request.user), MONTH)
        everything = rows[-1] if rows else None
        months = [row for row in rows if not row.is_sum][::-1]
        return {
            "figures": everything,
            "addresses": {
                name: standings.address(name, month=standings.YEAR)
                for name in ("received", "open", "late", "answered", "in_time")
            },
            "drawing": drawing(
                months,
                [f"{row.key:%m/%Y}" for row in months],
                MONTH,
                gettext("By month of receipt"),
            ),
        }


def add_panel(request: AdminRequest, panels: list[Any]) -> None:
    """Show the panel to those who see matters, once there was a question."""
    if request.user.has_perm("wagtail_pbgdpl.view_matter"):
        panels.append(FiguresPanel(request))
