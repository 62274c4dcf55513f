"""Readings that are of no use any more go by themselves."""

from __future__ import annotations

import datetime

from django.utils import timezone

from .models import TextReading

KEPT = datetime.timedelta(days=7)


def purge(now: datetime.datetime | None = None) -> int:
    """Delete readings of more than seven days ago; return how many went."""
    gone, _by_model = TextReading.objects.filter(at__lt=(now or timezone.now()) - KEPT).delete()
    return int(gone)
