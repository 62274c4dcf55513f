"""The letter of the day: all that can wait, for whoever wants no more than one letter.

Each working day has one at most for a person, in office hours (T14), of what was kept for them
since the last. What is overtaken by then, or no longer theirs to read (R11), is not told.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext_lazy

from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from .delivery import GONE
from .letters import absolute, is_worth_telling, register
from .models import Notice
from .telling import digest

DAILY = register(
    "daily",
    gettext_lazy("letter of the day"),
    ngettext_lazy("%(count)d message of today", "%(count)d messages of today", "count"),
    "entries: a hundred at most, the oldest first (subject, text); count: of all; more: how many "
    "are not in entries; account: the address at which its reader chooses how to be told",
)


def gather(now: datetime.datetime | None = None) -> int:
    """Write today's letters of what was kept; return how many.

    Does nothing outside office hours. Who had today's letter has the rest in the next. ``now``: an
    aware instant, otherwise the present one. All of it is written, or nothing.
    """
    now = now or timezone.now()
    if not get_calendar().is_office_time(now):
        return 0
    with transaction.atomic():
        return _gather(now, local_day(now))


def _gather(now: datetime.datetime, day: datetime.date) -> int:
    kept = Notice.objects.filter(held=True)
    # A write before the read: of two processes one waits here, and then finds nothing left.
    kept.update(held=True)
    rows = list(kept.select_related("recipient").order_by("pk"))
    today = {row.pk: DAILY.key(row.recipient, day=day) for row in rows if row.recipient}
    heard = set(Notice.objects.filter(key__in=today.values()).values_list("key", flat=True))
    told: list[tuple[Any, Notice]] = []
    gone: list[int] = []
    overtaken: list[int] = []
    for row in rows:
        if not row.has_reader:
            gone.append(row.pk)
        elif today[row.pk] in heard:
            continue
        elif is_worth_telling(row):
            told.append((row.recipient, row))
        else:
            overtaken.append(row.pk)
    Notice.objects.filter(pk__in=overtaken).delete()
    nobody = {"held": False, "last_error": GONE}
    Notice.objects.filter(pk__in=gone).update(**nobody)
    sent = [row.pk for _user, row in told]
    Notice.objects.filter(pk__in=sent).update(held=False, sent_at=now)
    return digest(DAILY, told, lambda entries: {"account": _account()}, day=day)


def _account() -> str:
    return absolute(reverse("wagtailadmin_account"))
