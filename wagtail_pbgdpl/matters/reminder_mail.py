"""What a reminder says, in the language of the portal."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail.admin.utils import get_admin_base_url

from ..regulations.active import category_name, get_regulation
from ..reports import moment
from ..worktime import Calendar, working_days_between
from . import addresses
from .models import Publication, Reminder
from .timeliness import lateness

Stage = Reminder.Stage
TEMPLATE = "wagtail_pbgdpl/mail/reminder.txt"
# In full; the others are counted, and shown by the report.
LISTED = 100


class Entry:
    """A row of the ledger as a message shows it."""

    def __init__(
        self, row: Publication, stage: Reminder.Stage, now: datetime.datetime, calendar: Calendar
    ) -> None:
        self.row, self.stage = row, stage
        self._now, self._calendar = now, calendar

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def unit(self) -> str:
        return self.row.unit.name if self.row.unit else ""

    @property
    def clause(self) -> str:
        return self.row.clause

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
        own = addresses.editor(self.row)
        return absolute(
            own
            or addresses.report(
                self.row.unit_id, self.row.category, late=self.stage is not Stage.SOON
            )
        )


class Mail:
    """One message to one person, of all that is new to them."""

    def __init__(self, to: Any, now: datetime.datetime) -> None:
        self.to, self.now = to, now
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def written(self) -> tuple[str, str]:
        """Return subject and text."""
        with translation.override(settings.LANGUAGE_CODE):
            return self._subject(), self._text()

    def _subject(self) -> str:
        late = sum(entry.stage is not Stage.SOON for entry in self.entries)
        return gettext("Time limits of publication: %(late)d late, %(soon)d due soon") % {
            "late": late,
            "soon": len(self.entries) - late,
        }

    def _text(self) -> str:
        # What is longest late comes first, and within that what was due first.
        entries = sorted(self.entries, key=lambda entry: (-entry.stage, entry.row.due_at))
        shown = entries[:LISTED]
        parts = [
            (stage.label, [entry for entry in shown if entry.stage is stage])
            for stage in reversed(Stage)
        ]
        return render_to_string(
            TEMPLATE,
            {
                "name": self.to.get_full_name() or self.to.get_username(),
                "portal": get_regulation().portal.name,
                "moment": moment(self.now),
                "parts": [(label, part) for label, part in parts if part],
                "more": len(entries) - len(shown),
                "report": absolute(addresses.report()),
            },
        )


def absolute(address: str) -> str:
    return f"{(get_admin_base_url() or '').rstrip('/')}{address}"
