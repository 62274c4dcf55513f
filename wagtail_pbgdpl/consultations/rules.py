"""What the regulation in force says of consultations: lengths and clocks (C12)."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from ..regulations import Consultations, DeadlineRule, Event
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit
from .states import DAY


def ours() -> Consultations:
    return get_regulation().consultations


def closing_day(opens_on: datetime.date) -> datetime.date:
    """Return the closing day of what names none: the length of the profile, in calendar days."""
    return opens_on + ours().days * DAY


def earliest_closing(opens_on: datetime.date) -> datetime.date:
    """Return the first day on which it may close without saying why it is shorter."""
    return opens_on + ours().least_days * DAY


def is_short(opens_on: datetime.date, closes_on: datetime.date) -> bool:
    return closes_on < earliest_closing(opens_on)


def until_closing(opens_on: datetime.date, closes_on: datetime.date) -> DeadlineRule | None:
    """Return the rule of an open consultation; it ends on a day off as well.

    ``None`` where it is open on one day alone: a limit has at least one.
    """
    days = (closes_on - opens_on).days
    if days < 1:
        return None
    limit = Limit(Unit.CALENDAR_DAY, days, ends_on_working_day=False)
    return _rule("consultation", _("Consultation on a draft"), limit, Event.HELD)


def until_summary() -> DeadlineRule:
    """Return the rule of the summary and of the answers: from the closing on."""
    limit = Limit(Unit.WORKING_DAY, ours().summary_working_days)
    return _rule("consultation_summary", _("Summary of comments on a draft"), limit, Event.ENDED)


def until_moderation() -> DeadlineRule:
    """Return the rule of the board's look at a comment: from its receipt on."""
    limit = Limit(Unit.WORKING_DAY, ours().moderation_working_days)
    return _rule(
        "comment_moderation", _("Moderation of a comment on a draft"), limit, Event.RECEIVED
    )


def _rule(code: str, name: str, limit: Limit, starts: Event) -> DeadlineRule:
    said = ours()
    return DeadlineRule(
        code=code,
        name=name,
        clause=said.clause,
        inferred=said.inferred,
        limit=limit,
        starts=starts,
    )
