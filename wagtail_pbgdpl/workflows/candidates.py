"""Who may pass the step that an item is at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from ..organisation.models import Delegation, Seat
from ..regulations.active import get_regulation
from ..worktime.active import today
from .authority import Act, Item, decide
from .facts import people


def candidates(item: Item) -> list[Any]:
    """Return the users who may pass the item's step today, by name; five queries."""
    if item.step is None:
        return []
    users = list(holders({item.step.role}))
    return [
        user
        for user, person in zip(users, people(users), strict=True)
        if decide(person, Act.APPROVE, item, today())
    ]


def holders(roles: Iterable[str]) -> Any:
    """Return the active users who hold one of the roles today, or a delegation of it."""
    wanted = set(roles)
    codes = [
        code for code, entry in get_regulation().delegations.items() if entry.delegator in wanted
    ]
    seats = Seat.objects.filter(role__in=wanted).on(today()).values("user")
    delegations = Delegation.objects.filter(code__in=codes, revoked_at=None).on(today())
    return (
        get_user_model()
        ._default_manager.filter(
            Q(pk__in=seats) | Q(pk__in=delegations.values("delegate__user")), is_active=True
        )
        .order_by("first_name", "last_name", "username")
    )
