"""Changes of seats and delegations: written down, and told to everybody concerned (R3, R10, R12).

What programs do without a person in a session, such as the set-up or a merger of units, stands in
their own records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_save
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ..core.history import name_of
from ..organisation import signals
from ..organisation.models import Delegation, Seat
from ..worktime import moment
from ..worktime.active import today
from . import letters
from .actor import acting_user
from .models import Change
from .record import enter

UID = "wagtail_pbgdpl.changes_of_seats"
OF_A_SEAT = (
    "role",
    "user",
    "unit",
    "starts_on",
    "ends_on",
    "decision_number",
    "decided_on",
    "categories",
    "awaits_confirmation",
)
OF_A_DELEGATION = (
    "delegator",
    "delegate",
    "starts_on",
    "ends_on",
    "decision_number",
    "decided_on",
    "categories",
    "confirmed_at",
)

Line = tuple[str, str, str]


def _before_seat(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    watched = acting_user() is not None and not raw and instance.pk
    instance._before = Seat.objects.filter(pk=instance.pk).first() if watched else None


def _after_seat(*, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or acting_user() is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        lines = list(_differences(OF_A_SEAT, instance._before, instance))
    if lines:
        _seat_changed(instance, lines)


def _on_seat_confirmed(*, seat: Seat, by: Any, **kwargs: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        lines = [(_label(seat, "awaits_confirmation"), _("yes"), _("no"))]
    _seat_changed(seat, lines, kind=Change.Kind.CONFIRMED, by=by)


def _seat_changed(
    seat: Seat, lines: Iterable[Line], *, kind: str = Change.Kind.SEAT, by: Any = None
) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        change = enter(kind, seat, lines, person=seat.user, by=by)
        waits = link = ""
        if seat.waits(today()):
            waits = _("The seat gives no right until another member of the board has confirmed it.")
            link = reverse("pbgdpl_confirm_seat", args=[seat.pk])
    letters.tell(change, seat.user, waits=waits, link=link)


def entered_by(seat: Seat, user: Any) -> bool:
    """Whether ``user`` entered or changed the seat: they do not confirm it."""
    rows = Change.objects.filter(kind=Change.Kind.SEAT, model=Seat._meta.label, object_id=seat.pk)
    return rows.filter(by=user).exists()


def _after_delegation(
    *, instance: Delegation, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if raw or not created or acting_user() is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        lines = list(_differences(OF_A_DELEGATION, None, instance))
    _delegation_changed(instance, lines)


def _on_delegation_confirmed(*, delegation: Delegation, by: Any, **kwargs: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        line = _label(delegation, "confirmed_at"), "", _word(delegation, "confirmed_at")
    _delegation_changed(delegation, [line], by=by)


def _on_delegation_revoked(*, delegation: Delegation, by: Any, **kwargs: Any) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        lines = [
            (_label(delegation, name), "", _word(delegation, name))
            for name in ("revoked_at", "revocation_reason")
        ]
    _delegation_changed(delegation, lines, by=by)


def _delegation_changed(delegation: Delegation, lines: Iterable[Line], *, by: Any = None) -> None:
    giver, taker = delegation.delegator.user, delegation.delegate.user
    with translation.override(settings.LANGUAGE_CODE):
        change = enter(Change.Kind.DELEGATION, delegation, lines, person=taker, by=by)
        waits = link = ""
        if delegation.waits(today()):
            waits = _("The delegation is not valid until %(name)s has confirmed it.") % {
                "name": name_of(giver)
            }
            link = reverse("pbgdpl_confirm_delegation", args=[delegation.pk])
    letters.tell(change, giver, taker, waits=waits, link=link)


def _differences(names: Iterable[str], before: Any, after: Any) -> Iterator[Line]:
    for name in names:
        was, now = _word(before, name) if before else "", _word(after, name)
        if was != now and (before or getattr(after, name)):
            yield _label(after, name), was, now


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _word(row: Any, name: str) -> str:
    value = row.role_name if name == "role" else getattr(row, name)
    if name == "user":
        return f"{name_of(value)} <{value.email}>"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value or "")


def connect() -> None:
    pre_save.connect(_before_seat, sender=Seat, dispatch_uid=UID)
    post_save.connect(_after_seat, sender=Seat, dispatch_uid=UID)
    post_save.connect(_after_delegation, sender=Delegation, dispatch_uid=UID)
    signals.seat_confirmed.connect(_on_seat_confirmed, sender=Seat, dispatch_uid=UID)
    signals.delegation_confirmed.connect(
        _on_delegation_confirmed, sender=Delegation, dispatch_uid=UID
    )
    signals.delegation_revoked.connect(_on_delegation_revoked, sender=Delegation, dispatch_uid=UID)
