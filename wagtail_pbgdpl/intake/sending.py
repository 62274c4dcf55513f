"""A form counts once: a double click, a reload and the way back bring the first result again.

The form carries a key under signature, with the time at which it was opened. The row of the key is
written in the transaction of what comes of it, so that of any number at the same moment one makes
it, and the others wait and get its result.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from ..conf import settings
from .models import Sending

_SALT = "wagtail_pbgdpl.intake"


class FormKey(NamedTuple):
    key: str
    #: Aware.
    opened_at: datetime.datetime


class Forged(Exception):
    """The key is none that this portal gave to this form."""


class Sent(NamedTuple):
    """``result`` is what ``make`` returned the first time; ``first``, whether that was now."""

    result: str
    first: bool


def new_key(now: datetime.datetime | None = None) -> FormKey:
    """Return a key for a form that is opened at ``now``."""
    return FormKey(secrets.token_hex(16), now or timezone.now())


def signed(key: FormKey, purpose: str) -> str:
    """Return the key as the form carries it."""
    opened = int(key.opened_at.timestamp())
    found: str = Signer(salt=f"{_SALT}.{purpose}").sign_object([key.key, opened])
    return found


def read(text: str, purpose: str) -> FormKey:
    """Return the key that a form of ``purpose`` carried. Raises ``Forged``."""
    try:
        key, opened = Signer(salt=f"{_SALT}.{purpose}").unsign_object(text)
        return FormKey(key, datetime.datetime.fromtimestamp(opened, datetime.UTC))
    # What is signed is ours; what is not may be anything.
    except (BadSignature, ValueError, TypeError) as error:
        raise Forged from error


def is_expired(key: FormKey, now: datetime.datetime) -> bool:
    """Whether the form has been open for more than ``INTAKE_FORM_HOURS``."""
    return now - key.opened_at > datetime.timedelta(hours=settings.INTAKE_FORM_HOURS)


def is_too_soon(key: FormKey, now: datetime.datetime) -> bool:
    """Whether nobody can have filled in the form since it was opened."""
    return now - key.opened_at < datetime.timedelta(seconds=settings.INTAKE_FORM_SECONDS)


def result_of(key: str, purpose: str) -> str:
    """Return what came of a form that was accepted already; empty where none was."""
    found = Sending.objects.filter(key=key, purpose=purpose).values_list("result", flat=True)
    return str(found.first() or "")


def send_once(
    key: str, purpose: str, make: Callable[[], str], *, mark: str = "", solved: bool = False
) -> Sent:
    """Call ``make`` where nothing came of the key yet; return what it returned, now or then.

    ``make`` writes what is to be written and returns its name, up to 200 signs; it runs in the
    transaction that this opens. Where it raises, nothing is kept, and the form may be sent again.
    """
    with transaction.atomic():
        known = {"purpose": purpose, "mark": mark, "solved": solved}
        sending, first = Sending.objects.get_or_create(key=key, defaults=known)
        if first:
            sending.result = make()
            sending.save(update_fields=["result"])
    return Sent(sending.result, first)
