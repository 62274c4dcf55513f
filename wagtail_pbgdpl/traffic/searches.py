"""What was searched, counted by month: nothing of who, when within the month, or from where.

What tells who somebody is, a number of a telephone or an identity card, is not kept at all.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ..core.text import nfc
from ..intake.finders import identifiers
from ..search.signals import asked
from ..worktime.calendar import VIETNAM
from .buffer import buffer
from .models import LONGEST_WORDS, TrafficSearch
from .visitors import is_reader

#: In calendar days, before the first day of the month in which they were counted.
KEPT_DAYS = 396


def count(*, request: HttpRequest, text: str, total: int, **kwargs: Any) -> None:
    """Somebody looked for something; robots are left out."""
    words = " ".join(nfc(text).lower().split())
    if not words or len(words) > LONGEST_WORDS or identifiers(words):
        return
    if is_reader(request.headers):
        buffer.count_search(words, is_empty=total == 0)


def forget_old() -> int:
    """Drop what was kept long enough; return how many rows that were."""
    today = timezone.now().astimezone(VIETNAM).date()
    last = today - datetime.timedelta(days=KEPT_DAYS)
    deleted, _each = TrafficSearch.objects.filter(month__lt=last).delete()
    return deleted


def connect() -> None:
    asked.connect(count)
