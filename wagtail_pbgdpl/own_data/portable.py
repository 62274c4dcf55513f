"""What of requests about one's own data moves with a portal, with a wish alone (Q7)."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q

from ..core.portable import Portable, register, register_subject
from ..matters.models import Event
from .models import DATA_REQUEST, DataRequest


def register_all() -> None:
    register(
        Portable(
            kind="data_request",
            model=lambda: DataRequest,
            changed_since=lambda since: Q(pk__in=_told_since(since)),
        )
    )
    register_subject(DATA_REQUEST, "data_request")


def _told_since(since: datetime.datetime) -> Any:
    """Return the keys of the requests of which something is told since then."""
    rows = Event.objects.filter(at__gte=since, matter__kind=DATA_REQUEST)
    return rows.order_by().values("matter__subject")
