"""Emergency publications that nobody has reviewed, and until when somebody should (R8).

No paper knows of them: the time limit is the package's own, in ``[emergency]`` of the profile.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Revision

from ..authority.facts import person
from ..authority.rules import Act, Item, Person, State, decide
from ..regulations.active import get_regulation
from ..worktime import Calendar, Limit, Unit, due
from ..worktime.active import get_calendar, today
from .items import public_before, senders
from .models import Decision
from .visibility import base_page

Kind = Decision.Kind


def open_emergencies() -> Any:
    """Return the emergency publications that nobody has reviewed, the oldest first."""
    closed = Decision.objects.filter(
        page_id=OuterRef("page_id"),
        pk__gt=OuterRef("pk"),
        kind__in=(Kind.REVIEWED, Kind.TAKEN_DOWN),
    )
    return Decision.objects.filter(~Exists(closed), kind=Kind.EMERGENCY).order_by("pk")


def emergencies_for(user: Any) -> list[Decision]:
    """Return the emergency publications that the user may review; five queries."""
    rows = list(open_emergencies())
    may_review = reviewers_of(rows)
    facts = person(user)
    return [row for row in rows if may_review(facts, row)]


def with_reviews(rows: Sequence[Decision]) -> list[tuple[Decision, datetime.datetime]]:
    """Return each with the end of its review; one query for the calendar, none for no rows."""
    calendar = get_calendar() if rows else None
    return [(row, review_due(row, calendar)) for row in rows if calendar is not None]


def reviewers_of(rows: Sequence[Decision]) -> Any:
    """Return the function that says whether a person may review one of these emergencies."""
    writers = _writers(rows)
    return lambda facts, row: _may_review(facts, row, writers[row.pk])


def review_due(decision: Decision, calendar: Calendar) -> datetime.datetime:
    """Return the end of the last working day on which an emergency is reviewed in time."""
    days = get_regulation().emergency.review_working_days
    found = due(decision.at, Limit(Unit.WORKING_DAY, days), calendar)
    assert found is not None  # noqa: S101
    return found


def _writers(emergencies: Sequence[Decision]) -> dict[int, frozenset[int]]:
    """Return by its key who wrote what each made public, as the rules of authority count them."""
    pages = {row.page_id for row in emergencies}
    if not pages:
        return {}
    owners = dict(base_page()._base_manager.filter(pk__in=pages).values_list("pk", "owner_id"))
    decided: dict[int, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(page_id__in=pages).defer("text", "detail", "grounds"):
        decided[decision.page_id].append(decision)
    written: dict[int, list[tuple[int, int]]] = defaultdict(list)
    revisions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in pages])
    for page, number, user in revisions.values_list("object_id", "pk", "user_id"):
        written[int(page)].append((number, user))
    found: dict[int, frozenset[Any]] = {}
    for row in emergencies:
        before = public_before(decided[row.page_id], row)
        users: set[Any] = {user for number, user in written[row.page_id] if number > before}
        users |= senders(decided[row.page_id], before) | {owners.get(row.page_id)}
        found[row.pk] = frozenset(users - {None})
    return found


def _may_review(facts: Person, row: Decision, writers: frozenset[int]) -> bool:
    item = Item(
        category=row.category,
        unit=row.unit_id,
        state=State.EMERGENCY,
        writers=writers,
        publisher=row.by_id,
        was_public=True,
    )
    return bool(decide(facts, Act.REVIEW, item, today()))
