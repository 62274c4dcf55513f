"""The facts about persons that the rules of authority need, read from the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from django.core.signals import request_finished, request_started
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from ..changes.models import Change
from ..core.accounts import User, Visitor
from ..organisation import signals
from ..organisation.models import Delegation, Seat, Unit, UnitSuccession
from ..organisation.succession import predecessors
from ..regulations import RoleCode
from ..regulations.active import get_regulation, is_usable
from .quiet import quiet_days
from .rules import BOARD, OF_A_PERSON, OF_A_UNIT, Mandate, Person, Post

T = TypeVar("T")

#: Whose rights the present transaction holds already.
_held: ContextVar[int | None] = ContextVar("pbgdpl_held", default=None)

# Who is who changes hardly ever; within a request, lists ask for each of their rows.
_memo: ContextVar[dict[Hashable, object] | None] = ContextVar("pbgdpl_persons", default=None)


def person(user: Visitor) -> Person:
    """Return who ``user`` is to the regulation: every seat and delegation, of any time.

    Three queries, four for the board, once in a request. An account that was switched off, and a
    visitor, has none; nor has anybody while there is no regulation to go by.
    """
    return people([user])[0]


def people(users: Iterable[Visitor]) -> list[Person]:
    """Return the same for many users, in their order; three queries for all.

    One more where somebody has a seat on the board, and the calendar where how one of them signs
    in was changed lately. Within a request nobody is asked for twice.
    """
    listed = list(users)
    memo = _memo.get()
    if memo is None or not is_usable():
        return _read(listed)
    name = get_regulation().name
    new = [user for user in listed if not user.is_active or (user.pk, name) not in memo]
    found = {user.pk: facts for user, facts in zip(new, _read(new), strict=True)} if new else {}
    memo.update({(user.pk, name): found[user.pk] for user in new if user.is_active})
    return [
        found[user.pk] if user.pk in found else cast("Person", memo[user.pk, name])
        for user in listed
    ]


@contextmanager
def remembering() -> Iterator[None]:
    """Let who is who be asked once within, where no request does so already."""
    if _memo.get() is not None:
        yield
        return
    token = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(token)


def _read(listed: list[Visitor]) -> list[Person]:
    known = listed if is_usable() else []
    active = [user.pk for user in known if user.is_active and user.pk]
    posts: dict[int, list[Post]] = {}
    mandates: dict[int, list[Mandate]] = {}
    before = remembered("before", predecessors)
    for seat in Seat.objects.confirmed().filter(user__in=active).select_related("unit"):
        if seat.role in get_regulation().roles:
            posts.setdefault(seat.user_id, []).append(_post(seat, before))
    confirmed = Seat.objects.confirmed()
    delegations = Delegation.objects.valid().filter(
        delegate__user__in=active, delegate__in=confirmed, delegator__in=confirmed
    )
    for row in delegations.select_related("delegator", "delegate"):
        if mandate := _mandate(row):
            mandates.setdefault(row.delegate.user_id, []).append(mandate)
    quiet = quiet_days(pk for pk, held in posts.items() if any(one.role in BOARD for one in held))
    return [
        Person(
            pk=key,
            posts=tuple(posts.get(key, ())),
            mandates=tuple(mandates.get(key, ())),
            quiet_until=quiet.get(key),
        )
        for key in (user.pk or 0 for user in listed)
    ]


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """Return what ``read`` returns, asked once within a request or an act."""
    memo = _memo.get()
    if memo is None:
        return read()
    if key not in memo:
        memo[key] = read()
    return cast("T", memo[key])


def hold(user: User | None) -> None:
    """Keep what gives ``user`` rights as it is until the present transaction ends.

    What was read before the transaction had its locks is forgotten: a seat may have ended while
    it waited for its turn.
    """
    if user is not None and _held.get() == user.pk:
        # Nothing that gives the person rights can have changed since.
        return
    _forget()
    if user is None or not user.pk:
        return
    user.refresh_from_db(fields=["is_active", "is_superuser"])
    given = Delegation.objects.select_for_update(of=("self",)).filter(delegate__user=user.pk)
    delegators = list(given.order_by("pk").values_list("delegator", flat=True))
    seats = Seat.objects.select_for_update().filter(Q(user=user.pk) | Q(pk__in=delegators))
    list(seats.order_by("pk").values_list("pk"))


@contextmanager
def holding(user: User) -> Iterator[None]:
    """Hold once for many deeds of one transaction, in which all of them happen or fail."""
    with transaction.atomic(), remembering():
        hold(user)
        token = _held.set(user.pk)
        try:
            yield
        finally:
            _held.reset(token)


def _post(seat: Seat, before: dict[int, frozenset[int]]) -> Post:
    role = RoleCode(seat.role)
    if role in OF_A_UNIT:
        unit = seat.unit
        units = before.get(unit.pk, frozenset({unit.pk})) if unit else frozenset()
        categories = unit.categories if unit else ()
    else:
        units, categories = frozenset(), seat.categories
    starts, ends = seat.days
    return Post(
        role=role,
        passes_steps_of=frozenset(get_regulation().roles[role].passes_steps_of),
        pk=seat.pk,
        starts=starts,
        ends=ends,
        units=units,
        categories=frozenset(categories),
        holder=seat.user_id if role in OF_A_PERSON else 0,
    )


def _mandate(row: Delegation) -> Mandate | None:
    entry = get_regulation().delegations.get(row.code)
    if entry is None:
        return None
    categories = frozenset(row.categories)
    if entry.applies_to:
        categories = (categories or frozenset(entry.applies_to)) & frozenset(entry.applies_to)
        if not categories:
            # To the rules, none named means all.
            return None
    starts, ends = row.days
    # It holds no longer than the seat of who gave it, and than that to which it was given.
    firsts, lasts = zip(row.delegator.days, row.delegate.days, strict=True)
    return Mandate(
        role=entry.delegator,
        delegate=entry.delegate,
        starts=max(starts, *firsts),
        ends=min(ends, *lasts),
        categories=categories,
        seat=row.delegate_id,
        pk=row.pk,
        by=row.delegator.user_id,
    )


def _begin(**kwargs: object) -> None:
    _memo.set({})


def _end(**kwargs: object) -> None:
    _memo.set(None)


def _forget(**kwargs: object) -> None:
    if (memo := _memo.get()) is not None:
        memo.clear()


def connect() -> None:
    # Sent by the handler, which is that of the server or of a test: all are heard.
    request_started.connect(_begin, dispatch_uid="wagtail_pbgdpl.persons_begin")
    request_finished.connect(_end, dispatch_uid="wagtail_pbgdpl.persons_end")
    uid = "wagtail_pbgdpl.persons_forget"
    for model in (Change, Seat, Delegation, Unit, UnitSuccession):
        for signal in (post_save, post_delete):
            signal.connect(_forget, sender=model, dispatch_uid=uid)
    signals.seat_confirmed.connect(_forget, sender=Seat, dispatch_uid=uid)
    for own in (signals.delegation_confirmed, signals.delegation_revoked):
        own.connect(_forget, sender=Delegation, dispatch_uid=uid)
