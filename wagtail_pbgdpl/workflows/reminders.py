"""E-mails about matters that have waited long at a step.

Each working day has one message to a person at most, in office hours (T14), of what has newly
waited so long. What was returned waits with its sender, and lawfully so: nothing is said of it.
Clauses: BK21 Điều 14, 15, 16; QT24 Điều 4.2 (R2–R4, R9). How many working days are long is the
package's own, in ``[reminders]`` of the profile.

What somebody was told follows from the day of their last message: it named all that had waited so
long by then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ..authority.candidates import holders, passing
from ..authority.facts import people
from ..authority.rules import BOARD, Act, Person, decide
from ..core.accounts import User
from ..matters.models import Matter, MatterQuerySet
from ..matters.worklist import item_at
from ..notices import outbox
from ..notices.models import Notice
from ..notices.outbox import Draft
from ..notices.telling import digest, drafts
from ..regulations import RoleCode, get_regulation
from ..worktime import Calendar, working_days_between
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from .emergencies import open_emergencies, review_due, reviewers_of
from .letters import REVIEW, overdue
from .reminder_mail import NOBODY, NOBODY_UNNAMED, REMINDER, Entry, said, said_of_nobody


class Reader(NamedTuple):
    user: User
    facts: Person
    #: The day of the last message, or ``None``.
    heard_on: datetime.date | None


def remind(now: datetime.datetime | None = None) -> int:
    """Write today's messages about what waits long at a step, or for a review; return how many.

    Does nothing outside office hours, and nothing anew from the second time on a day. Where
    nobody can pass the step, the Thư ký and the operator are told once. ``now``: an aware instant,
    otherwise the present one. All of it is written, or nothing.
    """
    now = now or timezone.now()
    calendar = get_calendar()
    if not calendar.is_office_time(now):
        return 0
    with transaction.atomic():
        return _round(now, calendar) + _of_reviews(now, calendar)


def _round(now: datetime.datetime, calendar: Calendar) -> int:
    wait = get_regulation().reminders
    entries = [
        Entry(row, days)
        for row in _at_a_step(now)
        if (days := working_days_between(row.since, now, calendar)) >= wait.waiting_working_days
    ]
    if not entries:
        return 0
    readers = _readers({entry.row.role for entry in entries})
    day = local_day(now)
    told: list[tuple[User, Entry]] = []
    alarms: list[Draft] = []
    for entry in entries:
        able = [one for one in readers if _may_pass(one, entry.row, day)]
        if not able:
            alarms += _of_nobody(entry, readers, now)
        elif entry.days >= wait.long_waiting_working_days:
            secretaries = _with_role(readers, day, RoleCode.SECRETARY)
            able += [one for one in secretaries if one not in able]
        told += [(one.user, entry) for one in able if _is_news(entry, one, calendar)]
    return digest(REMINDER, told, lambda entries: said(now), day=day) + outbox.put(alarms)


def _of_reviews(now: datetime.datetime, calendar: Calendar) -> int:
    """Tell who may review an emergency, and who published it, once that its time is over."""
    limits = [(row, review_due(row, calendar)) for row in open_emergencies()]
    late = [(row, until) for row, until in limits if until < now]
    if not late:
        return 0
    may_review = reviewers_of([row for row, _until in late])
    users = list(holders(BOARD))
    readers = list(zip(users, people(users), strict=True))
    letters: list[Draft] = []
    for row, until in late:
        able = [one for one, facts in readers if one.pk == row.by_id or may_review(facts, row)]
        letters += drafts(REVIEW, able, partial(overdue, row, until), about=row)
    return outbox.put(letters)


def _at_a_step(now: datetime.datetime) -> MatterQuerySet:
    # Never more working days than days; the day on which it came may have just ended.
    earliest = now - datetime.timedelta(days=get_regulation().reminders.waiting_working_days - 1)
    rows = Matter.objects.at_a_step().exclude(action="").filter(since__lte=earliest)
    return rows.select_related("unit").order_by("since", "pk")


def _of_nobody(entry: Entry, readers: Iterable[Reader], now: datetime.datetime) -> Iterator[Draft]:
    """Yield letters to those who can see to it that there is somebody."""
    day = local_day(now)
    for one in _with_role(readers, day, RoleCode.SECRETARY, RoleCode.OPERATOR):
        # The operator sees to the seats, and reads no draft (R11).
        reads = bool(decide(one.facts, Act.READ, item_at(entry.row), day))
        letter = NOBODY if reads else NOBODY_UNNAMED
        words = partial(said_of_nobody, entry, now, titles=reads)
        # Beside the moderation a step has no number: its matter and day tell it from others.
        about = entry.row.place or f"{entry.row.kind}-{entry.row.pk}-{local_day(entry.row.since)}"
        yield from drafts(letter, [one.user], words, about=about)


def _readers(roles: set[str]) -> list[Reader]:
    """Return who may be told today; six queries, whatever the number of people."""
    users = list(holders({*passing(roles), RoleCode.SECRETARY, RoleCode.OPERATOR}))
    before = Notice.objects.of(REMINDER).filter(recipient__in=users)
    # The day is the first part of the key that differs.
    last = dict(before.order_by().values_list("recipient").annotate(Max("key")))
    return [
        Reader(user, facts, _day(last.get(user.pk)))
        for user, facts in zip(users, people(users), strict=True)
    ]


def _day(key: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(key.split(":")[1]) if key else None


def _with_role(readers: Iterable[Reader], day: datetime.date, *roles: RoleCode) -> list[Reader]:
    """Return those who hold a seat of one of the roles; a delegation does not count."""
    return [
        one
        for one in readers
        if any(post.role in roles and post.holds(day) for post in one.facts.posts)
    ]


def _may_pass(reader: Reader, row: Matter, day: datetime.date) -> bool:
    return bool(decide(reader.facts, Act.APPROVE, item_at(row), day))


def _is_news(entry: Entry, reader: Reader, calendar: Calendar) -> bool:
    """Whether the item has come to a stage since the person's last message."""
    if reader.heard_on is None or reader.heard_on < local_day(entry.row.since):
        return True
    before = working_days_between(entry.row.since, reader.heard_on, calendar)
    wait = get_regulation().reminders
    stages = (wait.waiting_working_days, wait.long_waiting_working_days)
    return any(before < stage <= entry.days for stage in stages)
