"""The letter that reminds of time limits."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from ..core.text import LazyText
from ..notices.letters import absolute, register
from ..regulations.active import category_name
from ..worktime import Calendar, moment
from . import addresses
from .kinds import kind_of
from .models import Matter, Reminder
from .publications import PUBLICATION
from .timeliness import days_left

Stage = Reminder.Stage
REMINDER = register(
    "reminder",
    gettext_lazy("reminder of time limits"),
    gettext_lazy("Time limits: %(late)d late, %(soon)d due soon"),
    "entries: a hundred at most, the latest first (label of the stage, category, due, state, "
    "address, kind, row with title, unit and clause); count: of all; more: how many are not in "
    "entries; late: how many are; soon: how many are due soon; moment: of the round; "
    "report: the address of the ledger; matters: of the list of what is no publication",
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
    def kind(self) -> str:
        return capfirst(str(kind_of(self.row).name))

    @cached_property
    def category(self) -> str:
        return category_name(self.row.category)

    @cached_property
    def due(self) -> str:
        return moment(self.row.due_at)

    @cached_property
    def state(self) -> str:
        return days_left(self.row, self._now, self._calendar)

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
        "report": _list_of(entries, addresses.report(), publications=True),
        "matters": _list_of(entries, reverse("pbgdpl_matters"), publications=False),
    }


def _list_of(entries: list[Entry], address: str, *, publications: bool) -> str:
    """Return the address of a list where one of the entries stands in it."""
    there = any((entry.row.kind == PUBLICATION) is publications for entry in entries)
    return absolute(address) if there else ""
