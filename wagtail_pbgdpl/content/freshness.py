"""T13 (BP20 Điều 13.1): the portal is updated on each working day."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..core.discovery import root_model
from ..regulations.active import get_regulation, is_usable
from ..worktime.active import get_calendar
from ..worktime.calendar import VIETNAM
from .base import ContentMixin

WORKING_DAYS = 5


def quiet_days(
    count: int = WORKING_DAYS, today: datetime.date | None = None
) -> list[datetime.date]:
    """Return which of the ``count`` working days before ``today`` saw too few publications.

    How many are enough is the regulation's ``update_frequency``; where it asks for none, no day is
    quiet. Days are those of Asia/Ho_Chi_Minh, ``today`` by default the present one.
    """
    wanted = get_regulation().update_frequency.per_working_day
    if not wanted:
        return []
    today = today or timezone.localdate(timezone=VIETNAM)
    calendar = get_calendar()
    last = calendar.working_days_through(today - datetime.timedelta(days=1))
    days = [calendar.working_day_number(number) for number in range(last - count + 1, last + 1)]
    begin = datetime.datetime.combine(days[0], datetime.time(), VIETNAM)
    items = root_model(ContentMixin)._default_manager.live().filter(published_at__gte=begin)
    published = [
        timezone.localdate(at, VIETNAM) for at in items.values_list("published_at", flat=True)
    ]
    return [day for day in days if published.count(day) < wanted]


class FreshnessPanel(Component):
    """On the overview of the admin: the working days of late without news."""

    name = "pbgdpl_freshness"
    template_name = "wagtail_pbgdpl/admin/freshness_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "days": quiet_days(),
            "rule": get_regulation().update_frequency,
            "count": WORKING_DAYS,
        }


def add_panel(request: Any, panels: list[Any]) -> None:
    """Show the panel to those who publish, where the regulation says how often."""
    if not is_usable():
        return
    rule = get_regulation().update_frequency
    if rule.per_working_day and request.user.has_perm("wagtail_pbgdpl.view_trafficday"):
        panels.append(FreshnessPanel())
