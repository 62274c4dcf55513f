"""The facts about persons that the rules of authority need, read from the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save

from ..organisation.models import Delegation, Seat, Unit, UnitSuccession
from ..organisation.succession import predecessors
from ..regulations import RoleCode
from ..regulations.active import get_regulation
from .authority import OF_A_UNIT, Mandate, Person, Post

# Who is who changes hardly ever; within a request, lists ask for each of their rows.
_memo: ContextVar[dict[Any, Person] | None] = ContextVar("pbgdpl_persons", default=None)


def person(user: Any) -> Person:
    """Return who ``user`` is to the regulation: every seat and delegation, of any time.

    Three queries, once in a request. An account that was switched off, and a visitor, has none.
    """
    memo = _memo.get()
    if memo is None or not user.is_active:
        return people([user])[0]
    key = (user.pk, get_regulation().name)
    if key not in memo:
        memo[key] = people([user])[0]
    return memo[key]


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


def _begin(**kwargs: Any) -> None:
    _memo.set({})


def _end(**kwargs: Any) -> None:
    _memo.set(None)


def _forget(**kwargs: Any) -> None:
    if (memo := _memo.get()) is not None:
        memo.clear()


def connect() -> None:
    request_started.connect(_begin, dispatch_uid="wagtail_pbgdpl.persons_begin")
    request_finished.connect(_end, dispatch_uid="wagtail_pbgdpl.persons_end")
    for model in (Seat, Delegation, Unit, UnitSuccession):
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model, dispatch_uid="wagtail_pbgdpl.persons_forget")
