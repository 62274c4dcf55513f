"""The office calendar of a year in the admin: what counts as a working day, and when it is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import HeaderButton

from ..core.text import number_in
from .active import get_calendar, today
from .admin import CalendarExceptionAdmin, may_keep_calendar
from .calendar import Day
from .hours import Season
from .models import CalendarException
from .year import KINDS, SHORT_WEEKDAYS, is_covered, months_of, special_days


def year(request: HttpRequest) -> HttpResponse:
    """Show a year to whoever may enter the admin: limits are explained by it.

    Raises ``Http404`` for a year that the calendar does not cover.
    """
    shown = number_in(request.GET.get("year", "")) if "year" in request.GET else today().year
    if shown is None or not is_covered(shown):
        raise Http404
    calendar = get_calendar()
    keeps = may_keep_calendar(request.user)
    title = _("Office calendar")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/calendar.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "header_icon": "calendar",
            "header_buttons": _buttons() if keeps else [],
            "year": shown,
            "years": [
                (label, one, f"?{urlencode({'year': one})}")
                for label, one in ((_("Previous year"), shown - 1), (_("Next year"), shown + 1))
                if is_covered(one)
            ],
            "is_computed": shown > calendar.announced_until,
            "seasons": [_season(one) for one in calendar.seasons],
            "months": [(MONTHS[one.number], one) for one in months_of(calendar, shown)],
            "weekdays": [(short, WEEKDAYS[day]) for day, short in enumerate(SHORT_WEEKDAYS)],
            "today": today(),
            "special": _special(special_days(calendar, shown), _addresses(shown) if keeps else {}),
        },
    )


def _buttons() -> list[HeaderButton]:
    helper = CalendarExceptionAdmin().url_helper
    return [
        HeaderButton(_("Add a day"), url=helper.create_url, icon_name="plus"),
        HeaderButton(
            _("Recalculate time limits"), url=reverse("pbgdpl_recalculate"), icon_name="time"
        ),
    ]


def _season(season: Season) -> dict[str, Any]:
    (first_month, first), (last_month, last) = season.first, season.last
    return {
        "whole_year": (season.first, season.last) == ((1, 1), (12, 31)),
        "first": f"{first:02}/{first_month:02}",
        "last": f"{last:02}/{last_month:02}",
        "sessions": [str(one).replace("-", "–") for one in season.sessions],
    }


def _special(days: list[Day], addresses: dict[date, str]) -> list[dict[str, Any]]:
    return [
        {
            "day": day,
            "weekday": WEEKDAYS[day.date.weekday()],
            "kind": KINDS[day.kind],
            "address": addresses.get(day.date, ""),
        }
        for day in days
    ]


def _addresses(shown: int) -> dict[date, str]:
    """Return where the days that an administrator entered are changed."""
    helper = CalendarExceptionAdmin().url_helper
    rows = CalendarException.objects.filter(date__year=shown).values_list("date", "pk")
    return {on: helper.get_action_url("edit", pk) for on, pk in rows}


class CalendarMenuItem(MenuItem):
    """Among the settings, for those who keep it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep_calendar(request.user)


def menu_item() -> MenuItem:
    return CalendarMenuItem(
        CalendarExceptionAdmin.menu_label,
        reverse("pbgdpl_calendar"),
        name="pbgdpl-calendar",
        icon_name="calendar",
        order=610,
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/calendar/", year, name="pbgdpl_calendar")]
