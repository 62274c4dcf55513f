"""E-mails about time limits that end soon, have passed, or have long passed.

Each working day has one round, in office hours (T14: BK21 Điều 10.5, BK18 Điều 5.4), and a person
gets one message from it at most. A row is spoken of once for each mark of its schedule that it has
come to. Whatever the days on which nothing ran, the next round says what holds on its own day: what
is late by then is not also «due soon».
Clauses of the stages: BK18 Điều 16.1c–d, BP20 Điều 18.5 (P2): who is late is known to the board.
After how many working days is the package's own, in ``[reminders]`` of the profile.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ..core.accounts import User
from ..notices.telling import digest
from ..regulations import get_regulation
from ..worktime import Calendar, working_days_between
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from .models import Matter, Reminder, ReminderDay
from .publications import PUBLICATION
from .reminder_mail import REMINDER, Entry, said
from .reminder_readers import readers_on
from .timeliness import end_after, end_of_soon

Stage = Reminder.Stage
ROWS_AT_ONCE = 500


class Schedule(NamedTuple):
    """When a limit is spoken of, in working days: ``before`` it ends (0: on its last day),
    ``after`` it (0: as soon as it is over), and then ``again`` after each so many; 0: no more."""

    before: tuple[int, ...]
    after: tuple[int, ...] = ()
    again: int = 0

    def marks(self, due_at: datetime.datetime, now: datetime.datetime, calendar: Calendar) -> int:
        """Return how many of its marks a limit that ends at ``due_at`` has come to at ``now``."""
        if now <= due_at:
            return sum(due_at <= end_after(days, now, calendar) for days in self.before)
        late = working_days_between(due_at, now, calendar)
        reached = sum(late >= days for days in self.after)
        return len(self.before) + reached + (late // self.again if self.again else 0)


def schedule_of(kind: str) -> Schedule:
    """Return the schedule of a kind by the profile: publications have one of their own."""
    ours = get_regulation().reminders
    if kind == PUBLICATION:
        return Schedule(
            before=(ours.due_soon_working_days,), after=(0, ours.long_late_working_days)
        )
    return Schedule(before=ours.before_working_days, again=ours.again_working_days)


def remind(now: datetime.datetime | None = None) -> int:
    """Write today's messages about time limits; return how many.

    Does nothing outside office hours, and from the second time on a day. ``now``: an aware instant,
    otherwise the present one. All of a round is written, or none of it.
    """
    now = now or timezone.now()
    calendar = get_calendar()
    if not calendar.is_office_time(now):
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
    """Yield the open rows that came to a mark of their schedule which nobody was told of yet."""
    ours = get_regulation().reminders
    first = max((ours.due_soon_working_days, *ours.before_working_days))
    rows = Matter.objects.due_until(end_after(first, now, calendar))
    before: dict[int, list[tuple[datetime.datetime, datetime.datetime]]] = {}
    said = Reminder.objects.filter(matter__in=rows.values("pk"))
    for pk, due_at, at in said.values_list("matter_id", "due_at", "on__at"):
        before.setdefault(pk, []).append((due_at, at))
    for row in rows.select_related("unit", "holder").order_by("due_at", "pk"):
        schedule = schedule_of(row.kind)
        reached = schedule.marks(row.due_at, now, calendar)
        if reached > _heard(row, schedule, before.get(row.pk, ()), calendar):
            yield row, stage_of(row.due_at, now, calendar) or Stage.SOON


def _heard(
    row: Matter,
    schedule: Schedule,
    before: Iterable[tuple[datetime.datetime, datetime.datetime]],
    calendar: Calendar,
) -> int:
    """Return up to how many marks the row's present limit was spoken of; 0: not at all.

    A reminder of a limit that was moved since counts for as much as it would say of the new one.
    """
    return max(
        (
            min(schedule.marks(due_at, at, calendar), schedule.marks(row.due_at, at, calendar))
            for due_at, at in before
        ),
        default=0,
    )
