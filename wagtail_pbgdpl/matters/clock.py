"""Which rule governs an item, when its clock started, and when it is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..regulations import DeadlineRule, Event
from ..regulations.active import get_regulation
from ..worktime import VIETNAM, Calendar, Pause, due
from ..worktime.calendar import FIRST_DAY, LAST_DAY
from ..worktime.deadline import Start, local_day

# Where a page keeps the day of the event that starts its rule; the first that it has counts.
FIELDS: dict[Event, tuple[str, ...]] = {
    Event.DECIDED: ("issued_on", "event_start"),
    Event.ISSUED: ("issued_on",),
    Event.HELD: ("event_start",),
    Event.CONFERENCE_HELD: ("event_start",),
    Event.ANNOUNCED: ("issued_on",),
    Event.PERIOD_ENDED: ("period_end",),
}
# What an editor chooses where the condition of no rule holds.
NONE = "none"
# And otherwise: what the editor enters for want of a field of its own.
USUAL_FIELD = "information_on"


def rules_of(category: str) -> tuple[DeadlineRule, ...]:
    """Return the rules of a category; none where the regulation does not have it."""
    regulation = get_regulation()
    return regulation.deadlines_for(category) if category in regulation.categories else ()


def rule_of(category: str, chosen: str = "") -> DeadlineRule | None:
    """Return the rule that governs an item: the chosen one, or the only one of the category.

    ``None`` where several could govern it and none was chosen: nobody guesses a time limit; and
    where it was said that no condition holds (``NONE``).
    """
    rules = rules_of(category)
    if chosen == NONE and may_decline(rules):
        return None
    for rule in rules:
        if rule.code == chosen:
            return rule
    return rules[0] if len(rules) == 1 else None


def may_decline(rules: tuple[DeadlineRule, ...]) -> bool:
    """Say whether there may be items that no rule governs: each has a condition."""
    return bool(rules) and all(rule.condition for rule in rules)


def is_asked(rules: tuple[DeadlineRule, ...]) -> bool:
    """Say whether an editor is asked which rule holds: it is not evident from the category."""
    return len(rules) > 1 or may_decline(rules)


def choices(rules: Iterable[DeadlineRule]) -> list[tuple[str, str]]:
    """Return the answers to that question: the rules by their conditions, and none of them."""
    rules = tuple(rules)
    offered = [(rule.code, f"{rule.condition or rule.name} ({rule.cited})") for rule in rules]
    if any(rule.condition for rule in rules):
        offered.append((NONE, _("None of these: no time limit of the regulation governs it")))
    return offered


def code_of(category: str, chosen: str) -> str:
    """Return what the ledger keeps of a choice: the code of the rule, ``NONE``, or nothing."""
    rule = rule_of(category, chosen)
    if rule is not None:
        return rule.code
    return NONE if chosen == NONE and may_decline(rules_of(category)) else ""


def start_of(page: object, rule: DeadlineRule) -> Start | None:
    """Return when the event of ``rule`` took place, or ``None`` where the page does not say."""
    for name in (*FIELDS.get(rule.starts, ()), USUAL_FIELD):
        if value := getattr(page, name, None):
            return value
    return None


def due_at(
    rule: DeadlineRule | None,
    start: Start | None,
    calendar: Calendar,
    stops: Iterable[Pause] = (),
    extended_by: int = 0,
) -> datetime.datetime | None:
    """Return the last instant, or ``None`` where there is no rule, no start or no fixed number, and
    while the clock is stopped. ``extended_by``: working days that were given beside the limit.

    What begins or ends outside the years of the calendar is due at their first or last days: a
    rule that has a number never leaves an item without a limit.
    """
    if rule is None or start is None:
        return None
    try:
        return due(counted_from(start), rule.limit, calendar, stops, extended_by)
    except ValueError:
        return datetime.datetime.combine(LAST_DAY, datetime.time.max, VIETNAM)


def taken(start: Start, end: Start, calendar: Calendar, stops: Iterable[Pause] = ()) -> int:
    """Return the working days from the start of a clock to ``end``, without those it stood still.

    As everywhere, the day of the start does not count.
    """
    last, first = local_day(end), local_day(counted_from(start))
    through = calendar.working_days_through
    days = through(last) - through(first)
    for stop in stops:
        until, since = min(stop.until or last, last), max(stop.since, first)
        days -= max(0, through(until) - through(since))
    return max(0, days)


def counted_from(start: Start) -> Start:
    """Return ``start``, or the nearest day of the calendar where that does not reach it."""
    try:
        day = local_day(start)
    except OverflowError:
        return LAST_DAY
    return start if FIRST_DAY <= day <= LAST_DAY else min(max(day, FIRST_DAY), LAST_DAY)


def split(start: Start | None) -> tuple[datetime.date | None, datetime.datetime | None]:
    """Return day (Asia/Ho_Chi_Minh) and instant of a start, the instant where it is known."""
    if start is None:
        return None, None
    return local_day(start), start if isinstance(start, datetime.datetime) else None
