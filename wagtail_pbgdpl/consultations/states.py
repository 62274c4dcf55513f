"""Where a consultation stands on a day: by the clock alone, whoever is logged in. Pure."""

from __future__ import annotations

import datetime
import enum

from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText
from ..worktime import VIETNAM

DAY = datetime.timedelta(days=1)


class ConsultationState(enum.StrEnum):
    UNDATED = "undated"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    SUMMARISED = "summarised"
    ISSUED = "issued"


LABELS: dict[ConsultationState, LazyText] = {
    ConsultationState.UNDATED: _("Dates not yet set"),
    ConsultationState.UPCOMING: _("Opens soon"),
    ConsultationState.OPEN: _("Open for comments"),
    ConsultationState.CLOSED: _("Closed for comments"),
    ConsultationState.SUMMARISED: _("Comments summarised"),
    ConsultationState.ISSUED: _("Issued as a document"),
}


def state_on(
    today: datetime.date, opens_on: datetime.date | None, closes_on: datetime.date | None
) -> ConsultationState:
    """Return the state on ``today``, a day in Asia/Ho_Chi_Minh; the closing day is open whole."""
    if opens_on is None and closes_on is None:
        return ConsultationState.UNDATED
    if opens_on and today < opens_on:
        return ConsultationState.UPCOMING
    if closes_on and today > closes_on:
        return ConsultationState.CLOSED
    return ConsultationState.OPEN


def closing(closes_on: datetime.date) -> datetime.datetime:
    """Return the first instant at which nothing is taken in any longer: 0:00 of the next day."""
    return datetime.datetime.combine(closes_on + DAY, datetime.time.min, VIETNAM)


def days_left(today: datetime.date, closes_on: datetime.date | None) -> int | None:
    """Return how many days are left, the present one among them: 1 on the closing day."""
    return None if closes_on is None else max(0, (closes_on - today).days + 1)
