"""After a change of the calendar: which open time limits move, and the press that moves them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ..core.accounts import AdminRequest, User
from ..matters.kinds import kind_of
from ..matters.recalculation import Shift, recalculate
from ..matters.timeliness import seen_by
from ..worktime import moment
from ..worktime.admin import CalendarExceptionAdmin, may_keep_calendar

#: More are counted, and not named.
SHOWN = 200


class Line(NamedTuple):
    title: str
    address: str
    before: str
    after: str
    clause: str
    rule_changed: bool


def recalculation(request: AdminRequest) -> HttpResponse:
    """Show what would move, and move it; for those who keep the calendar alone."""
    if not may_keep_calendar(request.user):
        raise PermissionDenied
    if request.method == "POST":
        moved = sum(1 for _shift in recalculate(by=request.user))
        messages.success(
            request,
            ngettext("%(count)d time limit was moved.", "%(count)d time limits were moved.", moved)
            % {"count": moved},
        )
        return redirect("pbgdpl_calendar")
    shifts = list(recalculate(dry_run=True))
    title = _("Recalculate time limits")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/recalculate.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("pbgdpl_calendar"), "label": _("Office calendar")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "header_icon": "time",
            "count": len(shifts),
            "lines": _lines(shifts[:SHOWN], request.user),
            "left_out": max(0, len(shifts) - SHOWN),
            "add": CalendarExceptionAdmin().url_helper.create_url,
        },
    )


def _lines(shifts: list[Shift], user: User) -> list[Line]:
    """Name what the user may see; of the rest the kind alone, for titles of drafts are not theirs
    to read (R11)."""
    keys = [shift.row.pk for shift in shifts]
    seen = set(seen_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [_line(shift, shift.row.pk in seen) for shift in shifts]


def _line(shift: Shift, is_seen: bool) -> Line:
    row: Any = shift.row
    hidden = _("%(kind)s no. %(number)d") % {
        "kind": capfirst(str(kind_of(row).name)),
        "number": row.pk,
    }
    return Line(
        row.title if is_seen else hidden,
        row.address if is_seen else "",
        moment(shift.before) or _("no fixed end"),
        moment(shift.after) or _("no fixed end"),
        row.clause,
        shift.rule_changed,
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/calendar/recalculate/", recalculation, name="pbgdpl_recalculate")]
