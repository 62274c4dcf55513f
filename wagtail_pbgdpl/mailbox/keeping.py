"""The mails as they came: kept encrypted, and no longer than they are wanted (Q7, X5)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..conf import settings
from ..core.encrypted import cipher
from ..intake.files import Sound
from ..notices.models import Notice
from ..questions.erasure import asker_erased
from ..questions.models import Question
from .letters import RETURNED
from .models import ReceivedMail

NAME, KIND = "thu.eml", "eml"


def keep(row: ReceivedMail, raw: bytes) -> None:
    """Put the mail into the private storage, as nobody can read it there. It is not saved."""
    row.note(Sound(NAME, KIND, raw))
    row.store(Sound(NAME, KIND, cipher().encrypt(raw)))


def kept(row: ReceivedMail) -> bytes:
    """Return the mail as it came; nothing where it was too large. Raises ``FileNotFoundError``."""
    if not row.file.name:
        return b""
    with row.file.open("rb") as file:
        return bytes(cipher().decrypt(file.read()))


def purge(now: datetime.datetime | None = None) -> int:
    """Delete mails of which no question came, after ``MAIL_KEPT_DAYS``; return how many.

    Letters that told their senders why go with them. ``now``: aware, otherwise the present.
    """
    before = (now or timezone.now()) - datetime.timedelta(days=settings.MAIL_KEPT_DAYS)
    told: QuerySet[Notice] = Notice.objects.of(RETURNED).filter(recipient=None)
    told.filter(created_at__lt=before).delete()
    with transaction.atomic():
        rows = ReceivedMail.objects.select_for_update(skip_locked=True)
        # One by one: the file goes with the row.
        gone = [row.delete() for row in rows.filter(question=None, at__lt=before)]
    return len(gone)


def forget_mails(*, question: Question, **kwargs: Any) -> None:
    """Take away the mails about a question whose asker is erased."""
    for row in ReceivedMail.objects.filter(question=question):
        row.delete()


def connect() -> None:
    asker_erased.connect(forget_mails, dispatch_uid="wagtail_pbgdpl.mailbox")
