"""The clock where people look: in the editor of an item, and on the admin's home page."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from ..authority.reach import reach_of
from ..core.accounts import AdminRequest
from ..matters import addresses, clock
from ..matters.kinds import kind_named, kind_of
from ..matters.models import Matter
from ..matters.publications import PUBLICATION
from ..matters.timeliness import end_of_soon, lateness, seen_by
from ..regulations import DeadlineRule, get_regulation
from ..regulations.active import category_name
from ..worktime import Calendar
from ..worktime.active import get_calendar
from ..worktime.explain import explain

# A home page is no report.
LINES = 20
# Unit and its key, kind, category, whether late, number of rows.
Group = tuple[str | None, int | None, str, str, bool, int]


class ClockPanel(Panel):
    """The time limit of the item, how it was counted, and its clause."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/clock_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | of_page(self.instance)

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()


def of_page(page: Any) -> dict[str, Any]:
    """Return row, rule, lateness and explanation of a page's clock; empty where it has none."""
    row = Matter.objects.publications().filter(subject=page.pk).first()
    return {"row": None} if row is None else of_row(row)


def of_row(row: Matter) -> dict[str, Any]:
    """Return the same for a row of the ledger."""
    calendar = get_calendar()
    rule = kind_of(row).rule_of(row)
    return {
        "row": row,
        "rule": rule,
        "rules": clock.rules_of(row.category),
        "lateness": lateness(row, timezone.now(), calendar),
        "lines": _counted(row, rule, calendar),
    }


def _counted(row: Matter, rule: DeadlineRule | None, calendar: Calendar) -> list[str]:
    if rule is None or row.start is None or row.due_at is None:
        return []
    start = clock.counted_from(row.start)
    beyond = []
    if start != row.start:
        beyond = [_("The calendar of working days does not reach this day.")]
    try:
        return beyond + explain(start, rule.limit, calendar, row.stops, row.extended_by).lines()
    except ValueError:
        return beyond


class DuePanel(Component):
    """What is late or due soon, by unit and category, for who may see it."""

    name = "pbgdpl_due"
    template_name = "wagtail_pbgdpl/admin/due_panel.html"
    order = 80

    def __init__(self, request: AdminRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        end = end_of_soon(now, get_calendar())
        groups = _groups(seen_by(self.request.user).due_until(end), now)
        return {
            "lines": [_line(group) for group in groups[:LINES]],
            "soon": get_regulation().reminders.due_soon_working_days,
            "total": sum(group[-1] for group in groups),
            "more": len(groups) > LINES,
            "report": addresses.report(),
            "due": addresses.report(addresses.DUE),
            "owe": reverse("pbgdpl_owe") if reach_of(self.request.user) else "",
        }


def _line(group: Group) -> dict[str, Any]:
    unit, unit_id, kind, code, late, count = group
    state = addresses.LATE if late else addresses.SOON
    if kind == PUBLICATION:
        about, address = category_name(code), addresses.entries(unit_id, code, state)
    else:
        about = capfirst(str(kind_named(kind).name))
        address = addresses.matters(kind, unit_id, state)
    return {"unit": unit or "", "about": about, "late": late, "count": count, "address": address}


def _groups(rows: Any, now: datetime.datetime) -> list[Group]:
    """Count the rows by unit, kind, category and whether late; what is late comes first.

    Beside publications a kind is listed by itself, and not by its categories.
    """
    category = Case(When(kind=PUBLICATION, then=F("category")), default=Value(""))
    late = Case(When(due_at__lt=now, then=True), default=False, output_field=BooleanField())
    counted = (
        rows.order_by()
        .annotate(is_late_now=late, listed_under=category)
        .values_list("unit__name", "unit_id", "kind", "listed_under", "is_late_now")
        .annotate(Count("pk"))
    )
    return sorted(counted, key=lambda group: (not group[4], group[0] or "", group[2], group[3]))


def add_panel(request: AdminRequest, panels: list[Any]) -> None:
    """Show the panel to those who see the ledger."""
    if request.user.has_perm("wagtail_pbgdpl.view_matter"):
        panels.append(DuePanel(request))
