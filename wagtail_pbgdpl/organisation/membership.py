"""The members of the roles' groups follow from the seats; nobody keeps them by hand (R10).

Groups open the admin and its menus. What somebody may do to an item is decided from the seats
themselves, so that a group that is late by some minutes gives nothing away.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, post_save

from ..core.signals import connect as connect_models
from ..worktime.active import today
from . import signals
from .models import RoleGroup, Seat


def groups_due(user: Any) -> set[int]:
    """Return the keys of the roles' groups that the user's seats of today ask for."""
    if not user.is_active:
        return set()
    roles = Seat.objects.filter(user=user).on(today()).order_by().values("role")
    return set(RoleGroup.objects.filter(role__in=roles).values_list("group_id", flat=True))


def follow_seats(user: Any) -> bool:
    """Put the user into the groups of today's seats, and out of the other roles' groups.

    Groups that stand for no role are left as they are. Returns whether anything changed.
    """
    due = groups_due(user)
    ours = RoleGroup.objects.values("group_id")
    held = set(user.groups.filter(pk__in=ours).order_by().values_list("pk", flat=True))
    if held == due:
        return False
    # What follows here is not what a hand changed.
    user.is_following_seats = True
    try:
        user.groups.remove(*(held - due))
        user.groups.add(*(due - held))
    finally:
        del user.is_following_seats
    return True


def follow_all_seats() -> int:
    """Do so for everybody; return for how many something changed. Days come without a signal."""
    ours = RoleGroup.objects.values("group_id")
    people = get_user_model()._default_manager
    seated = people.filter(pbgdpl_seats__isnull=False)
    grouped = people.filter(groups__in=ours)
    return sum(follow_seats(user) for user in (seated | grouped).distinct())


def _on_seat(*, instance: Seat, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        follow_seats(instance.user)


def _on_confirmation(*, seat: Seat, **kwargs: Any) -> None:
    follow_seats(seat.user)


def _on_login(*, user: Any, **kwargs: Any) -> None:
    follow_seats(user)


def _on_groups(*, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any) -> None:
    """Undo what a hand changed in the membership of a role's group."""
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    if getattr(instance, "is_following_seats", False):
        return
    model: Any = get_user_model()
    users: Any = model._default_manager.filter(pk__in=pk_set or ()) if reverse else [instance]
    for user in users:
        follow_seats(user)


def connect() -> None:
    uid = "wagtail_pbgdpl.membership"
    for signal in (post_save, post_delete):
        signal.connect(_on_seat, sender=Seat, dispatch_uid=uid)
    signals.seat_confirmed.connect(_on_confirmation, sender=Seat, dispatch_uid=uid)
    user: Any = get_user_model()
    connect_models(user_logged_in, _on_login, user)
    membership = user._meta.get_field("groups")
    m2m_changed.connect(_on_groups, sender=membership.remote_field.through, dispatch_uid=uid)
