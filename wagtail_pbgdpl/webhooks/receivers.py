"""Receivers switched on and off: by hand, and by the portal where one takes nothing."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import letters
from .models import WebhookDelivery, WebhookReceiver

State = WebhookDelivery.State


class Refused(Exception):
    """Said to who pressed."""


def switch_on(receiver: WebhookReceiver) -> None:
    """Let a receiver hear from where it was left, what was given up first.

    Raises ``Refused`` where it has no secret.
    """
    if receiver.secret_made_at is None:
        raise Refused(_("Make a secret first."))
    with transaction.atomic():
        receiver.is_on, receiver.stopped_at, receiver.failing_since = True, None, None
        receiver.save(update_fields=["is_on", "stopped_at", "failing_since"])
        given_up = receiver.deliveries.filter(number__isnull=False, state=State.GIVEN_UP)
        given_up.update(state=State.WAITING, tries=0, next_attempt_at=timezone.now())


def switch_off(receiver: WebhookReceiver) -> None:
    """Keep everything back from a receiver until it is switched on again."""
    receiver.is_on = False
    receiver.save(update_fields=["is_on"])


def stop(receiver: WebhookReceiver, delivery: WebhookDelivery, now: datetime.datetime) -> bool:
    """Give a message up, switch its receiver off, and tell the operators once.

    Return whether it was on.
    """
    with transaction.atomic():
        rows = WebhookReceiver.objects.filter(pk=receiver.pk, is_on=True)
        was_on = bool(rows.update(is_on=False, stopped_at=now))
        WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(
            state=State.GIVEN_UP, next_attempt_at=None
        )
        if was_on:
            receiver.refresh_from_db()
            letters.tell(receiver, delivery)
    return was_on


def leave_out(delivery: WebhookDelivery) -> bool:
    """Let the messages behind one go on without it; return whether they waited for it."""
    waited = WebhookDelivery.objects.filter(pk=delivery.pk, number__isnull=False)
    return bool(
        waited.filter(state__in=(State.WAITING, State.GIVEN_UP)).update(
            state=State.SKIPPED, next_attempt_at=None
        )
    )
