"""What waits for somebody's confirmation, on the admin's home page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from ..authority.facts import person
from ..authority.refusals import explanation_of
from ..authority.rules import Answer, Why
from ..core.accounts import AdminRequest, User
from ..core.history import name_of
from ..organisation.models import Delegation, Seat
from ..worktime import moment
from ..worktime.active import today
from . import confirming


class Row(NamedTuple):
    title: str
    facts: list[str]
    address: str


class ConfirmationsPanel(Component):
    """Delegations, seats and changed logins that wait for the user; and the user's own wait."""

    name = "pbgdpl_confirmations"
    template_name = "wagtail_pbgdpl/admin/confirmations_panel.html"
    order = 55

    def __init__(self, rows: list[Row], quiet: str) -> None:
        self.rows, self.quiet = rows, quiet

    def get_context_data(self, parent_context: object) -> dict[str, object]:
        return {"rows": self.rows, "quiet": self.quiet}


def add_panel(request: AdminRequest, panels: list[Component]) -> None:
    """Show the panel to those for whom something waits, or who have to wait themselves."""
    user = request.user
    rows, quiet = list(_rows(user)), _quiet(user)
    if rows or quiet:
        panels.append(ConfirmationsPanel(rows, quiet))


def _quiet(user: User) -> str:
    facts = person(user)
    if not facts.is_quiet(today()):
        return ""
    return explanation_of(Answer(why=Why.LOGIN_CHANGED, until=facts.quiet_until))


def _rows(user: User) -> Iterator[Row]:
    for delegation in confirming.waiting_delegations(user):
        yield Row(
            _("Your delegation to %(name)s") % {"name": name_of(delegation.delegate.user)},
            [_number_and_date(delegation)],
            reverse("pbgdpl_confirm_delegation", args=[delegation.pk]),
        )
    for seat in confirming.waiting_seats(user):
        yield Row(
            str(seat),
            [_number_and_date(seat), seat.user.email],
            reverse("pbgdpl_confirm_seat", args=[seat.pk]),
        )
    for change in confirming.waiting_logins(user):
        yield Row(
            _("How %(name)s signs in was changed") % {"name": name_of(change.person)},
            [moment(change.at), change.by_name or _("a program on the server")],
            reverse("pbgdpl_confirm_login", args=[change.person_id]),
        )


def _number_and_date(row: Seat | Delegation) -> str:
    return _("Decision no. %(number)s of %(day)s") % {
        "number": row.decision_number or "–",
        "day": f"{row.decided_on:%d/%m/%Y}" if row.decided_on else "–",
    }
