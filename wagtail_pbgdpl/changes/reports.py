"""Everything that changed without a decision of the board, with before and after (R10, R12)."""

from __future__ import annotations

import django_filters
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..reporting.fields import Field
from ..reporting.months import MonthFilter
from ..reporting.report import Report
from .models import Change
from .told import by_whom


class ChangeFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Change.Kind.choices)
    month = MonthFilter(Change.objects.all(), "at", label=_("Month"))


def _lines(row: Change) -> list[str]:
    return [f"{label}: «{before}» → «{after}»" for label, before, after in row.details]


def _in_words(row: Change) -> str:
    return "; ".join(_lines(row))


def _listed(row: Change) -> str:
    return format_html_join("", "<div>{}</div>", ((line,) for line in _lines(row)))


class ChangeReport(Report):
    """Who changed what, when, from what to what."""

    page_title = _("Journal of changes")
    header_icon = "history"
    menu_order = 1020
    index_url_name = "pbgdpl_changes"
    permission_policy = ModelPermissionPolicy(Change)
    queryset = Change.objects.all()
    filterset_class = ChangeFilterSet
    default_ordering = "-pk"
    export_filename = "so-thay-doi"
    fields = (
        Field("at", _("At")),
        Field("kind", _("Kind"), "get_kind_display"),
        Field("title", _("Title")),
        Field("person_name", _("Person concerned")),
        Field("details", _("Changed"), _in_words, shown=_listed),
        Field("by_name", _("By"), shown=by_whom),
    )
    on_screen = ("title", "kind", "person_name", "details", "by_name", "at")
