"""What reports of matters have in common: how late each row is, at one moment for all."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..matters import timeliness
from ..matters.models import Matter
from ..reporting.fields import Field, LabelledColumn
from ..reporting.report import Report
from ..worktime import Calendar
from ..worktime.active import get_calendar


class Standing(str):
    """What a list says of a limit, and which colour that has: one beside the words, never alone."""

    #: «late», «soon», «kept» or nothing.
    mark = ""


class StandingColumn(LabelledColumn):
    cell_template_name = "wagtail_pbgdpl/admin/standing_cell.html"


class ClockedReport(Report):
    @cached_property
    def _now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def _calendar(self) -> Calendar:
        return get_calendar()

    @cached_property
    def _end_of_soon(self) -> datetime.datetime:
        return timeliness.end_of_soon(self._now, self._calendar)

    def timeliness_field(self) -> Field:
        """Return the column that says how a row stands to its limit, marked where it is late."""
        return Field(
            "lateness", _("Timeliness"), self.lateness, shown=self.marked, column=StandingColumn
        )

    def lateness(self, row: Matter) -> str:
        return timeliness.lateness(row, self._now, self._calendar)

    def marked(self, row: Matter) -> Standing:
        """Return the same words with their mark."""
        return self.mark(row, self.lateness(row))

    def mark(self, row: Matter, words: str) -> Standing:
        standing, due_at = Standing(words), row.due_at
        if due_at is None or row.is_given_up or row.stopped_on is not None:
            return standing
        if (row.closed_at or self._now) > due_at:
            standing.mark = "late"
        elif row.closed_at:
            standing.mark = "kept"
        elif due_at <= self._end_of_soon:
            standing.mark = "soon"
        return standing
