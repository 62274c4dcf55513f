"""Filters that reports of items have in common: unit and category."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..organisation.fields import category_choices
from ..organisation.models import Unit
from ..organisation.succession import predecessors


class ItemFilterSet(WagtailFilterSet):
    """For tables with ``unit`` and ``category``; a unit stands for those that it succeeded, too."""

    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=Unit.objects.all(), method="of_unit"
    )
    category = django_filters.ChoiceFilter(label=_("Category"), choices=category_choices)

    def of_unit(self, rows: Any, name: str, unit: Unit) -> QuerySet[Any]:
        return rows.filter(unit__in=predecessors().get(unit.pk, {unit.pk}))
