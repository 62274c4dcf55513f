"""Changes of the accounts of people who hold a seat: written down, and told (R10, R12).

Whoever may change an account could else sign in as its person unseen. Told are the person, at the
old and the new address, and the Trưởng Ban.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail import models as wagtail_models

from ..organisation.models import RoleGroup, Seat
from . import letters
from .actor import acting_user, came_by_link
from .models import Change
from .record import enter

UID = "wagtail_pbgdpl.accounts"
HASH = "password"


def _watched(model: Any) -> tuple[str, ...]:
    """Return the fields of the account that say how somebody signs in, and as what."""
    names = (model.USERNAME_FIELD, model.get_email_field_name(), HASH)
    known = {field.name for field in model._meta.concrete_fields}
    return tuple(
        name for name in dict.fromkeys((*names, "is_active", "is_superuser")) if name in known
    )


def _on_account(
    *, sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Enter what is about to be saved: no change without its row, whoever has no transaction."""
    watched = _watched(sender)
    if update_fields is not None:
        watched = tuple(name for name in watched if name in update_fields)
    if raw or instance._state.adding or not watched:
        # A new account, or the time of a login.
        return
    if watched == (HASH,) and _is_upgrade(instance):
        return
    before = sender._default_manager.filter(pk=instance.pk).values(*watched).first() or {}
    changed = {name: old for name, old in before.items() if old != getattr(instance, name)}
    if changed and has_access(instance):
        _account_changed(instance, changed)


def _is_upgrade(user: Any) -> bool:
    """Whether Django stores the same password in a newer form, as it does when somebody signs in.

    It has compared it and forgotten it by then, and nobody but the person is at work.
    """
    return getattr(user, "_password", None) is None and acting_user() in (None, user)


def has_access(user: Any) -> bool:
    """Whether the account is of a person of the portal: with a seat of any time, or its groups."""
    return (
        Seat.objects.filter(user=user.pk).exists()
        or RoleGroup.objects.filter(group__user=user.pk).exists()
    )


def _account_changed(user: Any, before: dict[str, Any]) -> None:
    address = type(user).get_email_field_name()
    with translation.override(settings.LANGUAGE_CODE):
        change = enter(
            Change.Kind.ACCOUNT,
            user,
            [_line(user, name, old) for name, old in before.items()],
            person=user,
            login=any(_opens(user, name, old) for name, old in before.items()),
            by=user if came_by_link(user) else None,
        )
    letters.tell(change, user, addresses=(before.get(address, ""), getattr(user, address, "")))


def _opens(user: Any, name: str, before: Any) -> bool:
    """Whether somebody else than before could sign in as the user, for what was changed."""
    if name == HASH:
        first = not is_password_usable(before) and came_by_link(user)
        # A password that is void opens nothing. The first one after it, by the link that the
        # person was sent, is what the confirmation of their seat was for.
        return user.has_usable_password() and not first
    if name == "is_active":
        return bool(user.is_active)
    return name != "is_superuser"


def _line(user: Any, name: str, before: Any) -> tuple[str, Any, Any]:
    label = _label(user, name)
    after = getattr(user, name)
    if name == HASH:
        return label, "", _("changed") if user.has_usable_password() else _("void")
    if isinstance(after, bool):
        before, after = (_("yes") if value else _("no") for value in (before, after))
    return label, before, after


def _label(user: Any, name: str) -> str:
    return str(user._meta.get_field(name).verbose_name)


def chose_password(user: Any) -> bool:
    """Whether the person's password was last set by themselves, as far as the journal knows."""
    with translation.override(settings.LANGUAGE_CODE):
        label = _label(user, HASH)
    rows = Change.objects.filter(person=user, kind=Change.Kind.ACCOUNT)
    for by, details in rows.order_by("-pk").values_list("by", "details"):
        if any(line[0] == label for line in details):
            return bool(by == user.pk)
    return False


def login_locked(user: Any) -> None:
    """Enter that too many wrong passwords were typed for somebody, and tell them and the head.

    Nothing of how they sign in has changed, so it makes nobody wait: else a stranger could keep
    the board from publishing.
    """
    with translation.override(settings.LANGUAGE_CODE):
        line = _lock_label(), "", _("locked for a while after too many wrong passwords")
        change = enter(Change.Kind.ACCOUNT, user, [line], person=user)
    letters.tell(change, user)


def locked_today(user: Any) -> bool:
    """Whether a lock of the person's log-in was entered in the last 24 hours."""
    since = timezone.now() - datetime.timedelta(days=1)
    rows = Change.objects.filter(person=user, kind=Change.Kind.ACCOUNT, at__gt=since)
    with translation.override(settings.LANGUAGE_CODE):
        label = _lock_label()
    return any(
        line[0] == label for details in rows.values_list("details", flat=True) for line in details
    )


def _lock_label() -> str:
    return _("Log-in")


def _on_token(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Enter a new key to Wagtail's API: who has it acts as its owner."""
    if created and not raw and has_access(instance.user):
        with translation.override(settings.LANGUAGE_CODE):
            line = _("Key to the API"), "", instance.name
            kind = Change.Kind.ACCOUNT
            change = enter(kind, instance.user, [line], person=instance.user, login=True)
        letters.tell(change, instance.user)


def activity_changed(users: Iterable[Any], active: bool) -> None:
    """Enter that many accounts are about to be switched on or off by one update of the database."""
    for user in users:
        if user.is_active != active and has_access(user):
            was, user.is_active = user.is_active, active
            _account_changed(user, {"is_active": was})


def _on_groups(
    *, instance: Any, action: str, reverse: bool, pk_set: Any = None, **kwargs: Any
) -> None:
    """Enter what a hand changed in somebody's groups. Those of the roles follow from seats."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if reverse:
        users = get_user_model()._default_manager
        people = list(instance.user_set.all() if pk_set is None else users.filter(pk__in=pk_set))
        keys = {instance.pk}
    else:
        people = [instance]
        keys = set(instance.groups.values_list("pk", flat=True) if pk_set is None else pk_set)
    roles = RoleGroup.objects.values("group")
    groups = list(Group.objects.filter(Q(pk__in=keys) & ~Q(pk__in=roles)).order_by("name"))
    if not groups:
        return
    for user in people:
        if has_access(user):
            _groups_changed(user, groups, given=action == "post_add")


def _groups_changed(user: Any, groups: Iterable[Group], *, given: bool) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        label, yes, no = _("Group"), _("in the group"), _("not in the group")
        change = enter(
            Change.Kind.GROUPS,
            user,
            [(f"{label} «{group.name}»", *((no, yes) if given else (yes, no))) for group in groups],
            person=user,
        )
    letters.tell(change, user)


def connect() -> None:
    model: Any = get_user_model()
    pre_save.connect(_on_account, sender=model, dispatch_uid=UID)
    membership = model._meta.get_field("groups")
    m2m_changed.connect(_on_groups, sender=membership.remote_field.through, dispatch_uid=UID)
    # Wagtail 7.4 has no keys.
    if (token := getattr(wagtail_models, "APIToken", None)) is not None:
        post_save.connect(_on_token, sender=token, dispatch_uid=UID)
