"""E-mails about time limits that end soon, have passed, or have long passed.

Each working day has one round (T14: BK21 Điều 10.5, BK18 Điều 5.4), and a person gets one message
from it at most. A row is spoken of once at each stage. Whatever the days on which nothing ran, the
next round says what holds on its own day: what is late by then is not also «due soon».
Clauses of the stages: BK18 Điều 16.1c–d, BP20 Điều 18.5 (P2): who is late is known to the board.
After how many working days is the package's own, in ``[reminders]`` of the profile.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from ..core.accounts import User
from ..notices.telling import digest
from ..regulations import get_regulation
from ..worktime import Calendar, working_days_between
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from .models import Matter, Reminder, ReminderDay
from .reminder_mail import REMINDER, Entry, said
from .reminder_readers import readers_on
from .timeliness import end_of_soon

Stage = Reminder.Stage
ROWS_AT_ONCE = 500


def remind(now: datetime.datetime | None = None) -> int:
    """Write today's messages about time limits; return how many.

    Does nothing on a day that is not worked, and from the second time on a day. ``now``: an aware
    instant, otherwise the present one. All of a round is written, or none of it.
    """
    now = now or timezone.now()
    calendar = get_calendar()
    if not calendar.day(local_day(now)).works:
        return 0
    with transaction.atomic():
        # Another process that begins the same round waits here, and then finds it made.
        day, begun = ReminderDay.objects.get_or_create(day=local_day(now), defaults={"at": now})
        return _round(day, calendar) if begun else 0


def stage_of(
    due_at: datetime.datetime, now: datetime.datetime, calendar: Calendar
) -> Reminder.Stage | None:
    """Return where a limit that ends at ``due_at`` stands at ``now``, ``None`` while there is time.

    Working days are those of ``calendar``, both instants are aware.
    """
    if now <= due_at:
        return Stage.SOON if due_at <= end_of_soon(now, calendar) else None
    late = working_days_between(due_at, now, calendar)
    long = get_regulation().reminders.long_late_working_days
    return Stage.ESCALATED if late >= long else Stage.LATE


def _round(day: ReminderDay, calendar: Calendar) -> int:
    readers = readers_on(day.day)
    told: list[tuple[User, Entry]] = []
    reminders: list[Reminder] = []
    for row, stage in _news(day.at, calendar):
        people = readers.of(row, escalated=stage is Stage.ESCALATED)
        if not people:
            # Said as soon as there is somebody to say it to.
            continue
        entry = Entry(row, stage, day.at, calendar)
        told += [(user, entry) for user in people]
        reminders.append(Reminder(matter=row, on=day, stage=stage, due_at=row.due_at))
    Reminder.objects.bulk_create(reminders, batch_size=ROWS_AT_ONCE)
    # What is longest late comes first, and within that what was due first.
    told.sort(key=lambda pair: (-pair[1].stage, pair[1].row.due_at))
    return digest(REMINDER, told, lambda entries: said(entries, day.at), day=day.day)


def _news(now: datetime.datetime, calendar: Calendar) -> Iterable[tuple[Matter, Reminder.Stage]]:
    """Yield the open rows whose stage nobody was told of yet."""
    rows = Matter.objects.due_until(end_of_soon(now, calendar))
    before: dict[int, list[tuple[int, datetime.datetime]]] = {}
    said = Reminder.objects.filter(matter__in=rows.values("pk"))
    for pk, stage, at in said.values_list("matter_id", "stage", "on__at"):
        before.setdefault(pk, []).append((stage, at))
    for row in rows.select_related("unit").order_by("due_at", "pk"):
        stage = stage_of(row.due_at, now, calendar)
        if stage is not None and stage > _heard(row, before.get(row.pk, ()), calendar):
            yield row, stage


def _heard(row: Matter, before: Iterable[tuple[int, datetime.datetime]], calendar: Calendar) -> int:
    """Return the stage up to which the row's present limit was spoken of; 0: not at all.

    A reminder of a limit that was moved since counts for as much as it would say of the new one.
    """
    stages: list[int] = [0]
    for stage, at in before:
        stages.append(min(stage, stage_of(row.due_at, at, calendar) or 0))
    return max(stages)
