"""Filters that reports of items have in common: unit and category."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..matters.addresses import DUE, LATE, NONE, SOON
from ..matters.models import MatterQuerySet
from ..matters.timeliness import end_of_soon
from ..organisation.fields import category_choices
from ..organisation.models import Unit
from ..organisation.succession import predecessors
from ..worktime.active import get_calendar


class ItemFilterSet(WagtailFilterSet):
    """For tables with ``unit`` and ``category``; a unit stands for those that it succeeded, too."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=Unit.objects.all(),
        method="of_unit",
        null_label=_("with no unit"),
        null_value=NONE,
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"),
        choices=category_choices,
        method="of_category",
        null_label=_("without a category"),
        null_value=NONE,
    )

    def of_unit(self, rows: Any, name: str, unit: Unit | str) -> QuerySet[Any]:
        if not isinstance(unit, Unit):
            return rows.filter(unit=None)
        return rows.filter(unit__in=predecessors().get(unit.pk, {unit.pk}))

    def of_category(self, rows: Any, name: str, category: str) -> QuerySet[Any]:
        return rows.filter(category="" if category == NONE else category)


#: How open rows stand, as a list narrows by it.
OPEN_STATES = (
    ("open", _("not yet closed")),
    (DUE, _("late, or due soon")),
    (LATE, _("late")),
    (SOON, _("due soon")),
)


def of_open_state(rows: MatterQuerySet, state: str) -> MatterQuerySet:
    """Narrow rows to those that are open and stand as one of ``OPEN_STATES`` says."""
    if state == "open":
        return rows.open()
    now = timezone.now()
    if state == LATE:
        return rows.late(now)
    end = end_of_soon(now, get_calendar())
    return rows.due_until(end) if state == DUE else rows.due_soon(now, end)
