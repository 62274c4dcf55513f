"""Rows that are kept, read in the admin: lists that fit a telephone, and every value in words."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.ui.components import Component
from wagtail.admin.views import generic

from ..core.alphabet import alphabetically
from ..core.history import name_of
from ..core.search_boxes import ForgivingIndexView
from ..worktime import moment

NOTHING = "–"
PLAIN_CELL = "wagtailadmin/tables/cell.html"
#: Says on a telephone, where a row is a card, what it is.
LABELLED_CELL = "wagtail_pbgdpl/admin/report_cell.html"


class IndexView(ForgivingIndexView):
    template_name = "wagtail_pbgdpl/admin/kept_list.html"

    @cached_property
    def columns(self) -> list[Any]:
        columns: list[Any] = super().columns
        for column in columns:
            if column.cell_template_name == PLAIN_CELL:
                column.cell_template_name = LABELLED_CELL
        return columns

    def order_queryset(self, queryset: Any) -> Any:
        return alphabetically(super().order_queryset(queryset))


class InspectView(generic.InspectView):
    """Wagtail's own shows a value as Python writes it: «None», «True», «[]», codes."""

    def get_fields(self) -> list[str]:
        return [one for one in super().get_fields() if one != self.model._meta.pk.name]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, Component):
            return value
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        if isinstance(value, AbstractBaseUser):
            return name_of(value)
        if isinstance(value, datetime.datetime):
            return moment(value)
        if isinstance(value, list) and hasattr(field, "in_words"):
            value = field.in_words(value)
        return NOTHING if value in (None, "", "-", [], {}) else value
