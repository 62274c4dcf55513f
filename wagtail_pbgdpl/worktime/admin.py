"""The list in which an administrator keeps the days off and the swapped working days."""

from __future__ import annotations

from django.contrib.admin import ModelAdmin as DjangoModelAdmin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.options import ModelAdmin

from .models import CalendarException


class YearFilter(SimpleListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: DjangoModelAdmin) -> list[tuple[str, str]]:
        dates = CalendarException.objects.dates("date", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in dates]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[CalendarException]
    ) -> QuerySet[CalendarException]:
        year = self.value()
        return queryset.filter(date__year=year) if year and year.isdecimal() else queryset


class CalendarExceptionAdmin(ModelAdmin):
    model = CalendarException
    menu_label = _("Office calendar")
    menu_icon = "calendar"
    list_display = ("date", "kind", "name", "notice")
    list_export = ("date", "kind", "name", "notice")
    list_filter = (YearFilter, "kind")
    search_fields = ("name__folded", "notice__folded")
    ordering = ("-date",)
    panels = [
        FieldPanel("date"),
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("notice"),
    ]
