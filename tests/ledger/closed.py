"""Matters that were published, without a page and a board."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F

from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.publications import Outcome


def published_at(row: Any, moment: datetime.datetime) -> None:
    """Let ``row`` have been published at ``moment`` (aware) for the unit that it has."""
    Matter.objects.filter(pk=row.pk).update(
        closed_at=moment, outcome=Outcome.PUBLISHED, unit_at_close=F("unit")
    )
