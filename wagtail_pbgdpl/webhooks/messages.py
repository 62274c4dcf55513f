"""What stands in a message, and which changes of the log come into one.

A receiver has a place in the log; a message and the place behind it are written in one transaction.
So each change that is meant for a receiver stands in one message, whoever ends in between.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ..api import log
from ..api.content import PLURALS
from ..api.models import PublicChange
from ..conf import settings
from .models import OPEN, WebhookDelivery, WebhookReceiver

#: How many changes a message has at most.
MOST = 100
CHANGED, TRIAL = "public.changed", "test"


def prepare(receiver: WebhookReceiver) -> WebhookDelivery | None:
    """Write the next message to a receiver.

    Return ``None`` where nothing new is for it, another message is under way to it, or another
    process was first.
    """
    # First this: up to here everything can be read, what comes in meanwhile is for the next time.
    last = log.last_number()
    if receiver.position is None or receiver.position >= last:
        return None
    if receiver.deliveries.filter(number__isnull=False, state__in=OPEN).exists():
        return None
    rows = log.of_site(receiver.site_id, receiver.position).filter(sequence__lte=last)
    changes = list(rows.filter(_wanted(receiver))[:MOST])
    position = changes[-1].sequence if len(changes) == MOST else last
    more = int(bool(changes))
    with transaction.atomic():
        # One conditional update decides who was first, on every database.
        mine = WebhookReceiver.objects.filter(pk=receiver.pk, position=receiver.position)
        if not mine.update(position=position, number=F("number") + more):
            return None
        if not changes:
            return None
        number = receiver.number + more
        made: WebhookDelivery = WebhookDelivery.objects.create(
            receiver=receiver,
            number=number,
            count=len(changes),
            body=body(CHANGED, number, [shown(one, receiver.site) for one in changes]),
        )
    return made


def trial(receiver: WebhookReceiver) -> WebhookDelivery:
    """Write a message that says nothing; it has no number, and no other waits for it."""
    made: WebhookDelivery = WebhookDelivery.objects.create(
        receiver=receiver, body=body(TRIAL, None, ()), next_attempt_at=None
    )
    return made


def body(kind: str, number: int | None, changes: Iterable[dict[str, Any]]) -> str:
    """Return a message as it is signed and sent: JSON in ASCII."""
    data = {"number": number, "changes": list(changes)}
    said = {"type": kind, "timestamp": _instant(timezone.now()), "data": data}
    return json.dumps(said, separators=(",", ":"))


def shown(change: PublicChange, site: Any) -> dict[str, Any]:
    """Return what the feed of changes says of one."""
    link = None
    if settings.API_ON and change.change != log.Change.WITHDRAWN and change.kind in PLURALS:
        index = reverse("wagtail_pbgdpl:api:index")
        link = f"{site.root_url}{index}{PLURALS[change.kind]}/{change.identifier}/"
    return {
        "sequence": change.sequence,
        "kind": change.kind,
        "id": change.identifier,
        "change": change.change,
        "at": _instant(change.at),
        "link": link,
    }


def _wanted(receiver: WebhookReceiver) -> Q:
    wanted = Q()
    if receiver.kinds:
        wanted &= Q(kind__in=receiver.kinds)
    if receiver.categories:
        codes = receiver.categories
        # Who has something of a category must hear that it stands elsewhere now.
        wanted &= Q(category__in=codes) | Q(former_category__in=codes)
    return wanted


def _instant(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
