"""Which rule governs an item, when its clock started, and when it is due."""

from __future__ import annotations

import datetime
from typing import Any

from ..regulations import DeadlineRule, Event
from ..regulations.active import get_regulation
from ..worktime import Calendar, due
from ..worktime.deadline import Start, local_day

# Where a page keeps the day of the event that starts its rule; the first that it has counts.
FIELDS: dict[Event, tuple[str, ...]] = {
    Event.ISSUED: ("issued_on",),
    Event.HELD: ("event_start",),
    Event.CONFERENCE_HELD: ("event_start",),
    Event.ANNOUNCED: ("issued_on",),
}
# And otherwise: what the editor enters for want of a field of its own.
USUAL_FIELD = "information_on"


def rules_of(category: str) -> tuple[DeadlineRule, ...]:
    """Return the rules of a category; none where the regulation does not have it."""
    regulation = get_regulation()
    return regulation.deadlines_for(category) if category in regulation.categories else ()


def rule_of(category: str, chosen: str = "") -> DeadlineRule | None:
    """Return the rule that governs an item: the chosen one, or the only one of the category.

    ``None`` where several could govern it and none was chosen: nobody guesses a time limit.
    """
    rules = rules_of(category)
    for rule in rules:
        if rule.code == chosen:
            return rule
    return rules[0] if len(rules) == 1 else None


def start_of(page: Any, rule: DeadlineRule) -> Start | None:
    """Return when the event of ``rule`` took place, or ``None`` where the page does not say."""
    for name in (*FIELDS.get(rule.starts, ()), USUAL_FIELD):
        if value := getattr(page, name, None):
            return value
    return None


def due_at(
    rule: DeadlineRule | None, start: Start | None, calendar: Calendar
) -> datetime.datetime | None:
    """Return the last instant, or ``None`` where there is no rule, no start or no fixed number.

    ``None`` also for a start beyond the years of the calendar.
    """
    if rule is None or start is None:
        return None
    try:
        return due(start, rule.limit, calendar)
    except ValueError:
        return None


def split(start: Start | None) -> tuple[datetime.date | None, datetime.datetime | None]:
    """Return day (Asia/Ho_Chi_Minh) and instant of a start, the instant where it is known."""
    if start is None:
        return None, None
    return local_day(start), start if isinstance(start, datetime.datetime) else None
