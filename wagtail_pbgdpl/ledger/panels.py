"""The clock where people look: in the editor of an item, and on the admin's home page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from ..regulations.active import get_regulation
from ..worktime.active import get_calendar
from ..worktime.explain import explain
from . import addresses, clock
from .models import Publication
from .timeliness import end_of_soon, lateness, visible_to


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
    row = Publication.objects.filter(page_id=page.pk).first()
    if row is None:
        return {"row": None}
    calendar = get_calendar()
    rule = clock.rule_of(row.category, row.rule)
    lines: list[str] = []
    if rule is not None and row.start is not None and row.due_at is not None:
        lines = explain(row.start, rule.limit, calendar).lines()
    return {
        "row": row,
        "rule": rule,
        "lateness": lateness(row, timezone.now(), calendar),
        "lines": lines,
    }


class DuePanel(Component):
    """What is late or due within two working days, by unit and category, for who may see it."""

    name = "pbgdpl_due"
    template_name = "wagtail_pbgdpl/admin/due_panel.html"
    order = 80

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        now = timezone.now()
        rows = visible_to(self.request.user).due_until(end_of_soon(now, get_calendar()))
        groups: Counter[tuple[str, str, bool]] = Counter()
        units: dict[tuple[str, str, bool], int | None] = {}
        for unit, unit_id, category, due_at in rows.values_list(
            "unit__name", "unit_id", "category", "due_at"
        ).iterator():
            key = (unit or "", category, due_at < now)
            groups[key] += 1
            units[key] = unit_id
        categories = get_regulation().categories
        lines = [
            {
                "unit": unit,
                "category": categories[code].name if code in categories else code,
                "late": late,
                "count": count,
                "address": addresses.report(units[unit, code, late], code, late),
            }
            # What is late comes first.
            for (unit, code, late), count in sorted(
                groups.items(), key=lambda item: (not item[0][2], item[0])
            )
        ]
        return {"lines": lines, "total": sum(groups.values()), "report": addresses.report()}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show the panel to those who see the ledger."""
    if request.user.has_perm("wagtail_pbgdpl.view_publication"):  # type: ignore[union-attr]
        panels.append(DuePanel(request))
