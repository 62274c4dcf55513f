"""For how long what is known of a person is kept, by what the models say of their fields.

When a case was closed only its room knows. So its job asks ``shortest`` from when on cases are to
be looked at, and gives each to ``forget``.
"""

from __future__ import annotations

import datetime

from django.db import models

from ..core.personal import personal_fields
from .sender import Sender, nothing_in


def shortest(model: type[models.Model]) -> int | None:
    """Return after how many calendar days the first field is to be emptied; ``None``: never."""
    days = [said for said in _limits(model).values() if said is not None]
    return min(days, default=None)


def expired_fields(
    model: type[models.Model], closed_at: datetime.datetime, now: datetime.datetime
) -> list[str]:
    """Return the fields that are to be empty at ``now`` where the case was closed at a time."""
    return [
        name
        for name, days in _limits(model).items()
        if days is not None and now >= closed_at + datetime.timedelta(days=days)
    ]


def forget(sender: Sender, closed_at: datetime.datetime, now: datetime.datetime) -> list[str]:
    """Empty what is kept for too long, save, and return the names of the fields that were not yet.

    Where that is everything, the person is erased.
    """
    expired = expired_fields(type(sender), closed_at, now)
    filled = [name for name in expired if getattr(sender, name)]
    if _limits(type(sender)).keys() <= set(expired):
        if filled or sender.erased_at is None:
            sender.erase(now)
    elif filled:
        for name in filled:
            setattr(sender, name, nothing_in(sender._meta.get_field(name)))
        sender.save(update_fields=filled)
    return filled


def _limits(model: type[models.Model]) -> dict[str, int | None]:
    """Return the fields that may be emptied, with after how many days."""
    return {
        name: said.retention_days for name, said in personal_fields(model).items() if not said.kept
    }
