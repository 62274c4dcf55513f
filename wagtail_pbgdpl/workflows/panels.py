"""«What waits for me» on the admin's home page."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from ..core.accounts import AdminRequest
from ..matters.worklist import in_full, waiting_for
from ..organisation.models import Seat
from ..worktime.active import today
from .emergencies import emergencies_for, with_reviews

SHOWN = 10


class WaitingPanel(Component):
    """The first items that wait for the user, and how many there are at which step."""

    name = "pbgdpl_waiting"
    template_name = "wagtail_pbgdpl/admin/waiting_panel.html"
    order = 60

    def __init__(self, request: AdminRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        rows = waiting_for(self.request.user)
        emergencies = emergencies_for(self.request.user)[:SHOWN]
        return {
            "rows": in_full(rows[:SHOWN]),
            "total": len(rows),
            "steps": sorted(Counter(row.step for row in rows if not row.returned).items()),
            "returned": sum(row.returned for row in rows),
            "emergencies": with_reviews(emergencies),
            "now": timezone.now(),
            "all_address": reverse("pbgdpl_waiting"),
        }


def add_panel(request: AdminRequest, panels: list[Component]) -> None:
    """Show the panel to those who hold a seat today."""
    if Seat.objects.filter(user=request.user).on(today()).exists():
        panels.append(WaitingPanel(request))
