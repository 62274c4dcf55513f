"""What reports of matters have in common: how late each row is, at one moment for all."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.functional import cached_property

from ..matters import timeliness
from ..matters.models import Matter
from ..reporting.report import Report
from ..worktime import Calendar
from ..worktime.active import get_calendar


class ClockedReport(Report):
    @cached_property
    def _now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def _calendar(self) -> Calendar:
        return get_calendar()

    def lateness(self, row: Matter) -> str:
        return timeliness.lateness(row, self._now, self._calendar)
