"""Everything that was decided, and the share of emergency publications (R9, R12)."""

from __future__ import annotations

import django_filters
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from ..authority.scope import scope_of
from ..core.accounts import User
from ..desk.filters import ItemFilterSet
from ..matters.kinds import decision_labels
from ..matters.models import Event, EventQuerySet
from ..matters.publications import Move
from ..reporting.fields import Field
from ..reporting.months import MonthFilter
from ..reporting.report import Report
from .emergencies import open_emergencies


def visible_to(user: User) -> EventQuerySet:
    """Return the decisions that the user may read: the board all, a unit's people their own."""
    return Event.objects.decisions().filter(scope_of(user).events())


class DecisionFilterSet(ItemFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="move", choices=decision_labels)
    month = MonthFilter(Event.objects.decisions(), "at", label=_("Month"))
    unreviewed = django_filters.BooleanFilter(
        label=_("Emergency not yet reviewed"), method="of_unreviewed"
    )

    def of_unreviewed(self, rows: EventQuerySet, name: str, wanted: bool) -> EventQuerySet:
        return rows.filter(pk__in=open_emergencies().values("pk")) if wanted else rows


def _by(row: Event) -> str:
    return ", ".join(filter(None, [row.by_name, row.authority]))


def _grounds(row: Event) -> str:
    return "; ".join(f"{ground['name']} ({ground['clause']})" for ground in row.grounds)


class DecisionReport(Report):
    """Who decided what about which item, by which authority and on which grounds."""

    page_title = _("Journal of decisions")
    header_icon = "clipboard-list"
    menu_order = 1010
    index_url_name = "pbgdpl_decisions"
    results_template_name = "wagtail_pbgdpl/admin/decisions_results.html"
    permission_policy = ModelPermissionPolicy(Event)
    filterset_class = DecisionFilterSet
    default_ordering = "-pk"
    export_filename = "nhat-ky-quyet-dinh"
    fields = (
        Field("at", _("At"), sort="at"),
        Field("title", _("Title"), link=lambda row: row.address, sort="title"),
        Field("category", _("Category")),
        Field("unit", _("Unit"), sort="unit__name"),
        Field("move", _("Kind"), "move_label"),
        Field("step", _("Step")),
        Field("by_name", _("By"), shown=_by),
        Field("authority", _("By the authority of")),
        Field("grounds", _("Grounds"), _grounds),
        Field("text", pgettext_lazy("decision", "Comment")),
    )
    on_screen = ("title", "move", "step", "unit", "by_name", "at")

    def get_base_queryset(self) -> EventQuerySet:
        return visible_to(self.request.user).select_related("unit", "matter")

    def get_context_data(self, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(*args, **kwargs)
        context["share"] = share_of_emergencies(self.filters.qs)
        return context


def share_of_emergencies(rows: EventQuerySet) -> dict[str, int]:
    """Return how many publications there were, how many of them in an emergency, and per cent.

    Of what the board decided; what the set-up entered is not counted.
    """
    found = rows.order_by().aggregate(
        all=Count("pk", filter=Q(clears=True) & ~Q(move=Move.ENTERED)),
        emergencies=Count("pk", filter=Q(move=Move.EMERGENCY)),
    )
    percent = round(100 * found["emergencies"] / found["all"]) if found["all"] else 0
    return {**found, "percent": percent}
