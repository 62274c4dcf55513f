"""Emergency publications that nobody has reviewed, and until when somebody should (R8).

No paper knows of them: the time limit is the package's own, in ``[emergency]`` of the profile.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from ..authority.facts import person
from ..authority.rules import Act, Item, Person, State, decide
from ..core.accounts import User
from ..matters.models import Event, EventQuerySet, Matter
from ..regulations.active import get_regulation
from ..worktime import Calendar, Limit, Unit, due
from ..worktime.active import get_calendar, today
from .items import writers_of
from .visibility import base_page


def open_emergencies() -> EventQuerySet:
    """Return the emergency publications that nobody has reviewed, the oldest first."""
    open_ones = Matter.objects.filter(to_review__isnull=False)
    rows = Event.objects.filter(pk__in=open_ones.values("to_review"))
    return rows.select_related("matter").order_by("pk")


def emergencies_for(user: User) -> list[Event]:
    """Return the emergency publications that the user may review; five queries."""
    rows = list(open_emergencies())
    may_review = reviewers_of(rows)
    facts = person(user)
    return [row for row in rows if may_review(facts, row)]


def with_reviews(rows: Sequence[Event]) -> list[tuple[Event, datetime.datetime]]:
    """Return each with the end of its review; one query for the calendar, none for no rows."""
    calendar = get_calendar() if rows else None
    return [(row, review_due(row, calendar)) for row in rows if calendar is not None]


def reviewers_of(rows: Sequence[Event]) -> Callable[[Person, Event], bool]:
    """Return the function that says whether a person may review one of these emergencies."""
    matters = Matter.objects.filter(to_review__in=[row.pk for row in rows])
    writers = {one.to_review_id: _writers(one) for one in matters} if rows else {}
    return lambda facts, row: _may_review(facts, row, writers.get(row.pk, frozenset()))


def review_due(event: Event, calendar: Calendar) -> datetime.datetime:
    """Return the end of the last working day on which an emergency is reviewed in time."""
    days = get_regulation().emergency.review_working_days
    found = due(event.at, Limit(Unit.WORKING_DAY, days), calendar)
    assert found is not None  # noqa: S101
    return found


def _writers(matter: Matter) -> frozenset[int]:
    if matter.writers is not None:
        return frozenset(matter.writers)
    page = base_page()._base_manager.filter(pk=matter.subject).first()
    return writers_of(page, matter.to_review) if page is not None else frozenset()


def _may_review(facts: Person, row: Event, writers: frozenset[int]) -> bool:
    item = Item(
        category=row.category,
        unit=row.unit_id,
        state=State.EMERGENCY,
        writers=writers,
        publisher=row.by_id,
        was_public=True,
    )
    return bool(decide(facts, Act.REVIEW, item, today()))
