"""What the regulation clocks beside publications, as a report: the working list of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy

from ..matters.kinds import kind_of, kinds, with_a_clock
from ..matters.models import Matter
from ..matters.publications import PUBLICATION
from ..matters.timeliness import seen_by
from ..regulations.active import category_name
from ..reporting.fields import Field
from .clocked import ClockedReport
from .filters import OPEN_STATES, ItemFilterSet, of_open_state

STATES = (*OPEN_STATES, ("closed", _("closed")))


def other_kinds() -> list[tuple[str, str]]:
    """Return the kinds that have no ledger of their own, as choices."""
    own = set(with_a_clock()) - {PUBLICATION}
    return [(kind.code, capfirst(str(kind.name))) for kind in kinds() if kind.code in own]


class KindFilterSet(ItemFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=other_kinds)
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Matter]:
        if state == "closed":
            return rows.exclude(closed_at=None)
        return of_open_state(rows, state)


class MatterReport(ClockedReport):
    """Where each matter stands, whose turn it is, and until when."""

    page_title = _("Matters with a time limit")
    header_icon = "clipboard-list"
    menu_order = 1005
    index_url_name = "pbgdpl_matters"
    permission_policy = ModelPermissionPolicy(Matter)
    filterset_class = KindFilterSet
    default_ordering = "-pk"
    export_filename = "viec-co-thoi-han"
    on_screen = ("title", "kind", "unit", "state_label", "due_at", "lateness")

    @classmethod
    def is_offered_to(cls, user: Any) -> bool:
        return bool(other_kinds()) and super().is_offered_to(user)

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("title", _("Title"), link=lambda row: row.address, sort="title"),
            Field("kind", _("Kind"), lambda row: capfirst(str(kind_of(row).name)), sort="kind"),
            Field("category", _("Category"), lambda row: category_name(row.category)),
            Field("unit", _("Unit"), sort="unit__name"),
            Field("state_label", _("State")),
            Field("since", _("Since")),
            Field("clause", _("Clause")),
            Field("start", _("Day of the event")),
            Field("due_at", _("Due at"), sort="due_at"),
            Field("closed_at", _("Closed at")),
            self.timeliness_field(),
        )

    def get_base_queryset(self) -> QuerySet[Matter]:
        rows = seen_by(self.request.user).filter(kind__in=[code for code, _name in other_kinds()])
        return rows.select_related("unit")
