"""The history under seal: that nothing in it was altered, removed or put in between (R12).

A seal is a keyed digest of an event, its files and the seal before it. Whoever writes into the
database without the secret key of the portal cannot make one. New events are sealed by the timed
command, so that no act waits for another; what was sealed last can be noted outside of the portal,
for who takes away the end takes its seals with it. What was brought from another portal is sealed
where it comes in, by a version of its own: it is old when it comes, and may be no later.
"""

from __future__ import annotations

import datetime
import hmac
import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .models import Event, Seal

AT_ONCE = 1000
SALT = "wagtail_pbgdpl.matters.seals"
# An act never lasts so long; what is older waits for a timed command that does not run.
LATEST = datetime.timedelta(hours=1)
# Those of an event that never change. ``by`` goes with an account, ``by_name`` stays.
COLUMNS: dict[int, tuple[str, ...]] = {
    1: (
        "pk", "matter_id", "subject", "title", "category", "unit_id", "revision", "move", "clears",
        "round", "action", "step", "clause", "by_name", "role", "authority", "delegation_id",
        "grounds", "text", "digest", "detail",
    ),
}  # fmt: skip
NEWEST = max(COLUMNS)
#: Added to a version: of an event that was brought from another portal.
BROUGHT = 1000
# Of two who seal at once one begins anew.
ATTEMPTS = 5


class Fault(NamedTuple):
    """``number``: of the seal, or of the event where that has none."""

    number: int
    what: str


def seal_new() -> int:
    """Seal the events that have no seal, in their order; return how many.

    Of two that do so at once one leaves it to the other.
    """
    count = 0
    while True:
        try:
            sealed = _seal_some()
        except IntegrityError:
            return count
        if not sealed:
            return count
        count += sealed


@transaction.atomic
def _seal_some() -> int:
    return _seal_rows(Event.objects.filter(seal=None).order_by("pk")[:AT_ONCE])


def _seal_rows(rows: QuerySet[Event], brought: int = 0) -> int:
    last = Seal.objects.order_by("-number").first()
    version = NEWEST + brought
    seals: list[Seal] = []
    for event in rows.prefetch_related("files"):
        before = seals[-1] if seals else last
        number, value = (before.number, before.value) if before else (0, "")
        value = _value(event, version, value, settings.SECRET_KEY)
        seals.append(Seal(number=number + 1, event=event, version=version, value=value))
    return len(Seal.objects.bulk_create(seals))


def seal_brought(keys: Collection[int]) -> int:
    """Seal events that were written just now and happened in another portal; return how many.

    Within the transaction that brings them, in which ``seal_new`` was called before that. Nothing
    else makes such a seal: what somebody puts in by hand gets that of a new event, and shows.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return sum(
                    _seal_rows(Event.objects.filter(pk__in=some), BROUGHT) for some in _some(keys)
                )
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    return 0


def _some(keys: Collection[int]) -> Iterator[list[int]]:
    found = sorted(keys)
    for start in range(0, len(found), AT_ONCE):
        yield found[start : start + AT_ONCE]


def faults(noted: str = "") -> Iterator[Fault]:
    """Yield what is wrong with the history; nothing where it is as it was written.

    ``noted``: a seal that was noted outside, «number:value». One that stands there no more is a
    fault as well. Keys that were replaced count while ``SECRET_KEY_FALLBACKS`` names them.
    """
    number, before, newest = 0, "", None
    seals = Seal.objects.order_by("number").select_related("event")
    for seal in seals.prefetch_related("event__files").iterator(chunk_size=AT_ONCE):
        if seal.number != number + 1:
            yield Fault(number + 1, _("removed"))
        event: Event = seal.event
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        values = (_value(event, seal.version, before, key) for key in keys)
        if not any(hmac.compare_digest(value, seal.value) for value in values):
            yield Fault(seal.number, _("altered: %(event)s") % {"event": event})
        number, before = seal.number, seal.value
        if seal.version > BROUGHT:
            continue
        if newest is not None and event.at < newest - LATEST:
            yield Fault(seal.number, _("put in later: %(event)s") % {"event": event})
        newest = max(newest or event.at, event.at)
    for event in Event.objects.filter(seal=None, at__lt=timezone.now() - LATEST).order_by("pk"):
        yield Fault(event.pk, _("not sealed: %(event)s") % {"event": event})
    if noted and not _stands(noted):
        yield Fault(0, _("the seal that was noted is gone: %(seal)s") % {"seal": noted})


def last_seal() -> str:
    """Return the seal to be noted outside, «number:value»; empty where nothing is sealed."""
    last = Seal.objects.order_by("-number").first()
    return str(last) if last else ""


def _stands(noted: str) -> bool:
    number, _colon, value = noted.partition(":")
    return number.isdigit() and Seal.objects.filter(number=int(number), value=value).exists()


def _value(event: Event, version: int, before: str, key: str | bytes) -> str:
    said: list[object] = [before, event.at.astimezone(datetime.UTC).isoformat()]
    if version > BROUGHT:
        said.append("brought")
        version -= BROUGHT
    said += [getattr(event, column) for column in COLUMNS.get(version, ())]
    said += sorted([one.model, one.object_id, one.title, one.sha256] for one in event.files.all())
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return salted_hmac(SALT, text, secret=key, algorithm="sha256").hexdigest()
