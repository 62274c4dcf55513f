"""The list in which an administrator keeps the days off and the swapped working days."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin as DjangoModelAdmin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, DeleteView, EditView

from .models import CalendarException


def may_keep_calendar(user: Any) -> bool:
    """Whether the user enters, changes or deletes days of the calendar."""
    return any(
        user.has_perm(f"wagtail_pbgdpl.{action}_calendarexception")
        for action in ("add", "change", "delete")
    )


class LeadOnMixin:
    """Leads on to the time limits that a changed day moves; that page stands above this room."""

    def get_success_url(self) -> str:
        return reverse("pbgdpl_recalculate")


class DayCreateView(LeadOnMixin, CreateView):  # type: ignore[misc]
    pass


class DayEditView(LeadOnMixin, EditView):  # type: ignore[misc]
    pass


class DayDeleteView(LeadOnMixin, DeleteView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        super().post(request, *args, **kwargs)  # Nothing refers to a day.
        return redirect(self.get_success_url())


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
    # The year among the settings leads here.
    add_to_admin_menu = False
    create_view_class = DayCreateView
    edit_view_class = DayEditView
    delete_view_class = DayDeleteView
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
