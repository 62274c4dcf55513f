"""The facts about persons that the rules of authority need, read from the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from ..organisation.models import Delegation, Seat
from ..organisation.succession import predecessors
from ..regulations import RoleCode
from ..regulations.active import get_regulation
from .authority import OF_A_UNIT, Mandate, Person, Post


def person(user: Any) -> Person:
    """Return who ``user`` is to the regulation: every seat and delegation, of any time.

    Three queries. An account that was switched off, and a visitor, has none.
    """
    return people([user])[0]


def people(users: Iterable[Any]) -> list[Person]:
    """Return the same for many users, in their order; three queries for all."""
    listed = list(users)
    active = [user.pk for user in listed if user.is_active and user.pk]
    posts: dict[int, list[Post]] = {}
    mandates: dict[int, list[Mandate]] = {}
    before = predecessors()
    for seat in Seat.objects.filter(user__in=active).select_related("unit"):
        if seat.role in get_regulation().roles:
            posts.setdefault(seat.user_id, []).append(_post(seat, before))
    delegations = Delegation.objects.filter(delegate__user__in=active, revoked_at=None)
    for row in delegations.select_related("delegator", "delegate"):
        if mandate := _mandate(row):
            mandates.setdefault(row.delegate.user_id, []).append(mandate)
    return [
        Person(
            pk=user.pk or 0,
            posts=tuple(posts.get(user.pk, ())),
            mandates=tuple(mandates.get(user.pk, ())),
        )
        for user in listed
    ]


def _post(seat: Seat, before: dict[int, frozenset[int]]) -> Post:
    role = RoleCode(seat.role)
    if role in OF_A_UNIT:
        unit = seat.unit
        units = before.get(unit.pk, frozenset({unit.pk})) if unit else frozenset()
        categories = unit.categories if unit else ()
    else:
        units, categories = frozenset(), seat.categories
    starts, ends = _days(seat)
    return Post(role=role, starts=starts, ends=ends, units=units, categories=frozenset(categories))


def _mandate(row: Delegation) -> Mandate | None:
    entry = get_regulation().delegations.get(row.code)
    if entry is None:
        return None
    starts, ends = _days(row)
    # It holds no longer than the seat of who gave it.
    first, last = _days(row.delegator)
    return Mandate(
        role=entry.delegator,
        delegate=entry.delegate,
        starts=max(starts, first),
        ends=min(ends, last),
        categories=frozenset(row.categories),
        pk=row.pk,
        by=row.delegator.user_id,
    )


def _days(row: Any) -> tuple[datetime.date, datetime.date]:
    return row.starts_on or datetime.date.min, row.ends_on or datetime.date.max
