"""The letter that reminds of time limits."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.utils.translation import gettext, gettext_lazy, ngettext

from ..core.text import LazyText
from ..notices.letters import absolute, register
from ..regulations.active import category_name
from ..worktime import Calendar, moment, working_days_between
from . import addresses
from .models import Matter, Reminder
from .timeliness import lateness

Stage = Reminder.Stage
REMINDER = register(
    "reminder",
    gettext_lazy("reminder of time limits"),
    gettext_lazy("Time limits of publication: %(late)d late, %(soon)d due soon"),
    "entries: a hundred at most, the latest first (label of the stage, category, due, state, "
    "address, row with title, unit and clause); count: of all; more: how many are not in entries; "
    "late: how many are; soon: how many are due soon; moment: of the round; "
    "report: the address of the ledger",
)


class Entry:
    """A row of the ledger as a message shows it."""

    def __init__(
        self, row: Matter, stage: Reminder.Stage, now: datetime.datetime, calendar: Calendar
    ) -> None:
        self.row, self.stage = row, stage
        self._now, self._calendar = now, calendar

    @property
    def label(self) -> LazyText:
        return self.stage.label

    @cached_property
    def category(self) -> str:
        return category_name(self.row.category)

    @cached_property
    def due(self) -> str:
        return moment(self.row.due_at)

    @cached_property
    def state(self) -> str:
        if self.stage is not Stage.SOON:
            return lateness(self.row, self._now, self._calendar)
        days = working_days_between(self._now, self.row.due_at, self._calendar)
        if days == 0:
            return gettext("due today")
        return ngettext("due in %(days)d working day", "due in %(days)d working days", days) % {
            "days": days
        }

    @cached_property
    def address(self) -> str:
        return absolute(self.row.work_address)


def said(entries: list[Entry], now: datetime.datetime) -> dict[str, object]:
    """Return what the reminder of a day says beside its entries."""
    late = sum(entry.stage is not Stage.SOON for entry in entries)
    return {
        "late": late,
        "soon": len(entries) - late,
        "moment": moment(now),
        "report": absolute(addresses.report()),
    }
