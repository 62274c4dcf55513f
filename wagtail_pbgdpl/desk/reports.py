"""The timeliness of publication, as a report of the Wagtail admin (P1, P2, S6, T1–T11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..authority.reach import reach_of
from ..matters.addresses import DUE, LATE, SOON
from ..matters.models import Matter
from ..matters.timeliness import visible_to
from ..organisation.models import Unit
from ..organisation.succession import predecessors
from ..regulations.active import category_name
from ..reporting.fields import Field, LabelledColumn
from ..reporting.months import MonthFilter
from .clocked import ClockedReport
from .filters import ItemFilterSet, of_open_state

# Where a row stands, as the report names it.
STATES = (
    ("open", _("not yet published")),
    (DUE, _("not yet published, and late or due soon")),
    (LATE, _("not yet published, and late")),
    (SOON, _("not yet published, and due soon")),
    ("in_time", _("published in time")),
    ("too_late", _("published late")),
)


class PublishedIn(MonthFilter):
    """What was given up is closed too, and in no month of publication."""

    def filter(self, rows: Any, month: str) -> Any:
        return super().filter(rows.published() if month else rows, month)


class MatterFilterSet(ItemFilterSet):
    month = PublishedIn(Matter.objects.published(), "closed_at", label=_("Month of publication"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")

    def of_unit(self, rows: Any, name: str, unit: Unit | str) -> QuerySet[Matter]:
        if not isinstance(unit, Unit):
            closed = Q(closed_at__isnull=False)
            return rows.filter(Q(unit=None) & ~closed | Q(unit_at_close=None) & closed)
        units = predecessors().get(unit.pk, {unit.pk})
        return rows.filter(
            Q(closed_at=None, unit__in=units) | Q(closed_at__isnull=False, unit_at_close__in=units)
        )

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Matter]:
        closed = {"in_time": rows.in_time, "too_late": rows.too_late}
        return closed[state]() if state in closed else of_open_state(rows, state)


class EditorColumn(LabelledColumn):
    """Leads to the page of a row in the editor, once there is one."""

    cell_template_name = "wagtail_pbgdpl/admin/editor_cell.html"


class TimelinessReport(ClockedReport):
    """Every item that is owed or was published, with its limit and whether it was kept."""

    page_title = _("Ledger of publication")
    header_icon = "time"
    menu_order = 1000
    index_url_name = "pbgdpl_ledger"
    permission_policy = ModelPermissionPolicy(Matter)
    filterset_class = MatterFilterSet
    default_ordering = "-pk"
    export_filename = "so-theo-doi-dang-tai"
    on_screen = (
        "title",
        "category",
        "counted_unit",
        "due_at",
        "published_at",
        "lateness",
        "subject",
    )

    def get_fields(self) -> Sequence[Field]:
        return (
            Field(
                "title",
                _("Title"),
                link=lambda row: reverse("pbgdpl_ledger_entry", args=[row.pk]),
                sort="title",
            ),
            Field(
                "category",
                _("Category"),
                shown=lambda row: category_name(row.category),
                sort="category",
            ),
            Field("counted_unit", _("Unit"), sort="unit_counted"),
            Field("clause", _("Clause")),
            Field("start", _("Day of the event")),
            Field("due_at", _("Due at"), sort="due_at"),
            Field("published_at", _("Published at"), sort="closed_at"),
            self.timeliness_field(),
            Field("authority", _("By the authority of")),
            Field("in_emergency", _("Emergency")),
            Field("subject", _("Page"), column=EditorColumn, in_files=False),
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not reach_of(self.request.user):
            return []
        return [HeaderButton(_("Enter what is owed"), url=reverse("pbgdpl_owe"), icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Matter]:
        counted = Case(When(closed_at=None, then="unit__name"), default="unit_at_close__name")
        rows = visible_to(self.request.user).select_related("unit", "unit_at_close")
        return rows.annotate(unit_counted=counted)
