"""The letters about items that wait long at a step, or at one that nobody can pass."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from ..matters.kinds import kind_of
from ..matters.models import Matter
from ..notices.letters import absolute, register
from ..regulations.active import category_name
from ..worktime import moment

VARIABLES = (
    "entries: the matters, a hundred at most (kind, category, since, waited, address, row with "
    "title, unit and step); more: how many are not in entries; moment: of the round; "
    "nobody: whether the step is one that nobody can pass; "
    "titles: whether who is written to may read the item; list: the address of what waits for them"
)
NOBODY_PASSES = gettext_lazy("nobody can pass a step")

REMINDER = register(
    "waiting",
    gettext_lazy("reminder of steps"),
    ngettext_lazy(
        "%(count)d matter has waited long at its step",
        "%(count)d matters have waited long at their steps",
        "count",
    ),
    f"{VARIABLES}; count: of the items",
)
NOBODY = register(
    "nobody",
    NOBODY_PASSES,
    gettext_lazy("Nobody can decide «%(title)s»"),
    f"{VARIABLES}; title: of the item",
    template="waiting",
)
NOBODY_UNNAMED = register(
    "nobody_unnamed",
    NOBODY_PASSES,
    gettext_lazy("Nobody can decide a matter at «%(step)s»"),
    f"{VARIABLES}; step: its name",
    template="waiting",
    sort="nobody",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item at a step; ``days`` are the working days for which it has waited there."""

    row: Matter
    days: int

    @property
    def kind(self) -> str:
        return capfirst(str(kind_of(self.row).name))

    @property
    def category(self) -> str:
        return category_name(self.row.category)

    @property
    def since(self) -> str:
        return moment(self.row.since)

    @property
    def waited(self) -> str:
        return ngettext("%(days)d working day", "%(days)d working days", self.days) % {
            "days": self.days
        }

    @property
    def address(self) -> str:
        return absolute(self.row.address)


def said(now: datetime.datetime, *, nobody: bool = False, titles: bool = True) -> dict[str, object]:
    """Return what a letter of the day says beside its entries."""
    address = absolute(reverse("pbgdpl_waiting"))
    return {"moment": moment(now), "nobody": nobody, "titles": titles, "list": address}


def said_of_nobody(entry: Entry, now: datetime.datetime, *, titles: bool) -> dict[str, object]:
    """Return what is said to who can see to a step that nobody can pass."""
    named = {"title": entry.row.title} if titles else {"step": entry.row.step}
    return {**said(now, nobody=True, titles=titles), **named, "entries": [entry], "more": 0}
