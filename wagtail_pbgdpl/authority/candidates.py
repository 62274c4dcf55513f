"""Who may pass the step that an item is at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q, QuerySet

from ..core.accounts import User, users
from ..organisation.models import Delegation, Seat
from ..regulations.active import get_regulation
from ..worktime.active import today
from .facts import people, remembered
from .rules import Act, Item, decide


def candidates(item: Item, *, heeding_quiet: bool = False) -> list[User]:
    """Return the users who may pass the item's step, by name; six queries at most.

    ``heeding_quiet`` leaves out those who have to wait since how they sign in was changed. They
    pass it in a day: so they are told of it, and no step is left out for want of them.
    """
    if item.step is None:
        return []
    return remembered((item, heeding_quiet), lambda: _able(item, heeding_quiet))


def _able(item: Item, heeding_quiet: bool) -> list[User]:
    assert item.step is not None  # noqa: S101
    listed = possible(item.step.role)
    found = zip(listed, people(listed), strict=True)
    return [
        user
        for user, person in found
        if decide(
            person if heeding_quiet else replace(person, quiet_until=None),
            Act.APPROVE,
            item,
            today(),
        )
    ]


def able_to(act: Act, item: Item) -> list[User]:
    """Return the users who may do something about the item today, by name; six queries at most."""
    listed = list(holders(get_regulation().roles))
    found = zip(listed, people(listed), strict=True)
    return [user for user, person in found if decide(person, act, item, today())]


def possible(role: str) -> list[User]:
    """Return the users who pass steps of a role today, by name, some item or other."""
    return remembered(("possible", role), lambda: list(holders(passing([role]))))


def passing(roles: Iterable[str]) -> set[str]:
    """Return the roles with those that pass their steps as well, by the regulation in force."""
    wanted = set(roles)
    return wanted | {
        code
        for code, role in get_regulation().roles.items()
        if not wanted.isdisjoint(role.passes_steps_of)
    }


def holders(roles: Iterable[str]) -> QuerySet[User]:
    """Return the active users who hold one of the roles today, or a delegation of it."""
    wanted = set(roles)
    codes = [
        code for code, entry in get_regulation().delegations.items() if entry.delegator in wanted
    ]
    seated = Seat.objects.on(today())
    seats = seated.filter(role__in=wanted).values("user")
    delegations = (
        Delegation.objects.filter(code__in=codes, delegator__in=seated, delegate__in=seated)
        .valid()
        .on(today())
    )
    return (
        users()
        .filter(Q(pk__in=seats) | Q(pk__in=delegations.values("delegate__user")), is_active=True)
        .order_by("first_name", "last_name", "username")
    )
