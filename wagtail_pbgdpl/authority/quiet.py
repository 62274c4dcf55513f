"""For how long somebody of the board publishes nothing after a change of how they sign in (R8).

Whoever may set a password or an address could else act as the board, unseen. The wait gives those
who are told of the change the time to object; another member of the board may end it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Max, QuerySet

from ..changes.models import Change
from ..regulations.active import get_regulation
from ..worktime.active import get_calendar, today
from ..worktime.deadline import local_day

# No holidays last so long: what is older needs no calendar.
LONGEST_HOLIDAYS = 31
WEEK = 7


def last_changes(people: Iterable[int]) -> QuerySet[Change]:
    """Return for each person the last change of how they sign in, or its confirmation."""
    changes = Change.objects.filter(person__in=list(people), login=True)
    last = changes.order_by().values("person").annotate(last=Max("pk")).values("last")
    return Change.objects.filter(pk__in=last)


def changes_since(person: int) -> list[Change]:
    """Return how somebody's way to sign in was changed since that was last confirmed, in order."""
    found: list[Change] = []
    for change in Change.objects.filter(person=person, login=True).order_by("-pk"):
        if change.kind == Change.Kind.CONFIRMED:
            break
        found.insert(0, change)
    return found


def quiet_days(people: Iterable[int]) -> dict[int, datetime.date]:
    """Return by the keys of people until which day they publish nothing, where that is not over.

    The day of the change and ``quiet_working_days`` working days after it, in Asia/Ho_Chi_Minh.
    One query, none for nobody, and one more for the calendar where a change is recent.
    """
    listed = list(people)
    wait = get_regulation().access.quiet_working_days if listed else 0
    if not wait:
        return {}
    earliest = today() - datetime.timedelta(days=wait * WEEK + LONGEST_HOLIDAYS)
    recent = [
        (change.person_id, local_day(change.at))
        for change in last_changes(listed).exclude(kind=Change.Kind.CONFIRMED)
        if change.person_id is not None and local_day(change.at) >= earliest
    ]
    if not recent:
        return {}
    calendar = get_calendar()
    found = {
        person: calendar.working_day_number(calendar.working_days_through(changed) + wait)
        for person, changed in recent
    }
    return {person: until for person, until in found.items() if until >= today()}
