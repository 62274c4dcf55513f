"""What is common to the matters of all kinds: how they begin, where they come, what is entered."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from ..core.accounts import User
from ..core.history import name_of
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..worktime import VIETNAM
from ..worktime.active import get_calendar, today
from . import clock
from .kinds import Kind, kind_of
from .models import Event, Matter
from .publications import Move


def enter(matter: Matter, move: str, by: User | None = None, **values: object) -> Event:
    """Write an event of a matter, with what it is at present beside what ``values`` say."""
    by = by if by is not None and by.pk else None
    facts = {
        "subject": matter.subject,
        "title": matter.title,
        "category": matter.category,
        "unit_id": matter.unit_id,
    }
    return Event.objects.create(
        matter=matter, move=move, by=by, by_name=name_of(by), **facts | values
    )


def note(matter: Matter, move: str, by: User | None = None, **detail: object) -> Event:
    """Write an event of the clock; ``detail`` holds what JSON can."""
    return enter(matter, move, by, detail=detail)


@transaction.atomic
def begin(
    kind: type[Kind],
    subject: Model,
    *,
    title: str,
    category: str = "",
    unit: Unit | None = None,
    start: clock.Start | None = None,
    by: User | None = None,
    holder: User | None = None,
) -> Matter:
    """Begin a matter of ``kind`` about ``subject``, a row, and return it.

    Its clock runs from ``start``, a date or an aware datetime, otherwise from now. ``holder``: to
    whom it is given, where that is a person and not a role.
    """
    matter = Matter(
        kind=kind.code,
        subject=subject.pk,
        title=title[:255],
        category=category,
        unit=unit,
        writers=[by.pk] if by is not None and by.pk else [],
        holder_id=holder.pk if holder is not None else None,
    )
    matter.started_on, matter.started_at = clock.split(start or timezone.now())
    govern(matter, "")
    matter.due_at = due_of(matter)
    arrive(matter, kind.lifecycle.begins[0])
    matter.save()
    note(matter, Move.BEGUN, by, due_at=text_of(matter.due_at))
    return matter


def arrive(matter: Matter, state: str) -> None:
    """Let ``matter``, which the caller saves, come to a state: to whose turn it is there.

    In the state in which it is it comes anew only where ``since`` was emptied.
    """
    if matter.since is not None and state == matter.state:
        return
    matter.state, matter.since = state, timezone.now()
    kind = kind_of(matter)
    found = kind.lifecycle.states[state]
    if found.stops_the_clock is (matter.stopped_on is None):
        _stop_or_go_on(matter)
    step = kind.step_at(matter, found)
    matter.role = step.role if step else ""
    if step:
        # It stays where it comes back from a step: what it came back from.
        matter.action, matter.step = step.action, str(found.label)


def _stop_or_go_on(matter: Matter) -> None:
    day, before = today().isoformat(), matter.due_at
    if matter.stopped_on is None:
        matter.pauses = [*matter.pauses, [day, None]]
    else:
        matter.pauses = [*matter.pauses[:-1], [matter.pauses[-1][0], day]]
    matter.due_at = due_of(matter)
    note(matter, Move.MOVED, before=text_of(before), after=text_of(matter.due_at))


def close(
    row: Matter,
    outcome: str,
    unit_id: int | None,
    *,
    at: datetime.datetime | None = None,
    by: User | None = None,
    authority: str = "",
) -> None:
    """Write into ``row``, which the caller saves, that it is done, or given up.

    It counts for the unit with the key ``unit_id`` from now on. ``at``: an aware datetime, now
    unless given.
    """
    row.closed_at, row.outcome = at or timezone.now(), outcome
    row.unit_at_close_id, row.closed_by, row.authority = unit_id, by, authority
    if row.start is not None:
        row.days_taken = clock.taken(row.start, row.closed_at, get_calendar(), row.stops)


def reopen(row: Matter) -> None:
    """Let ``row``, which the caller saves, be open again, as if it had never been closed."""
    row.closed_at = row.closed_by = row.unit_at_close = row.days_taken = None
    row.outcome = row.authority = ""


def govern(row: Matter, chosen: str) -> None:
    """Write into ``row``, which is not saved, what the regulation in force says of it."""
    row.profile = get_regulation().name
    row.rule = chosen
    rule = kind_of(row).rule_of(row)
    row.rule = rule.code if rule else clock.code_of(row.category, chosen)
    row.clause = rule.cited[:255] if rule else ""


def due_of(row: Matter) -> datetime.datetime | None:
    """Return when a matter is due by the regulation and the calendar in force."""
    rule = kind_of(row).rule_of(row)
    return clock.due_at(rule, row.start, get_calendar(), row.stops, row.extended_by)


def reckon(matter: Matter, by: User | None = None) -> None:
    """Let the clock of ``matter``, which the caller saves, be what its kind says of it now.

    Where its limit moved, that is an event.
    """
    before = matter.due_at
    govern(matter, matter.rule)
    matter.due_at = due_of(matter)
    if matter.due_at != before:
        note(matter, Move.MOVED, by, before=text_of(before), after=text_of(matter.due_at))


def text_of(moment: datetime.datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat() if moment else None
