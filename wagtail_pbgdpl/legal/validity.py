"""The validity of a document, by the codes of the national database of legal documents (D2).

It is never stored as it stands today: it follows, for any day, from days, from what other documents
do to it, and from what somebody has stated. Clauses: QT24 Điều 5.1a; Luật 64/2025/QH15.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """Codes of the national database of legal documents (D2)."""

    IN_FORCE = "CHL", _("In force")
    EXPIRED = "HHL", _("No longer in force")
    PARTLY_EXPIRED = "HHL1P", _("Partly no longer in force")
    NOT_YET = "CCHL", _("Not yet in force")
    SUSPENDED = "TNHL", _("Suspended")
    PARTLY_SUSPENDED = "TNHL1P", _("Partly suspended")
    NOT_SUITABLE = "KCPH", _("No longer suitable")


#: Their names by code.
VALIDITY = dict(Validity.choices)
#: What no day says by itself: stated, it holds until the document ends.
LASTING = (
    Validity.EXPIRED,
    Validity.PARTLY_EXPIRED,
    Validity.SUSPENDED,
    Validity.PARTLY_SUSPENDED,
    Validity.NOT_SUITABLE,
)


class Standing(NamedTuple):
    """From what the validity of a document follows; days in Asia/Ho_Chi_Minh.

    ``expired_on`` and ``ended_on`` are the first days on which it is no longer in force, by its own
    metadata and by another document that replaces or repeals it; from ``partly_on`` on others have
    changed parts of it. ``stated`` is a code of ``Validity``, or empty.
    """

    effective_on: datetime.date | None = None
    expired_on: datetime.date | None = None
    stated: str = ""
    ended_on: datetime.date | None = None
    partly_on: datetime.date | None = None

    def on(self, day: datetime.date) -> str:
        """Return the code of the validity on a day; empty where nothing says it."""
        if _has_come(self.expired_on, day) or _has_come(self.ended_on, day):
            return Validity.EXPIRED.value
        if self.stated in LASTING and self.stated != Validity.PARTLY_EXPIRED:
            return self.stated
        if self.effective_on and self.effective_on > day:
            return Validity.NOT_YET.value
        if self.stated == Validity.PARTLY_EXPIRED or _has_come(self.partly_on, day):
            return Validity.PARTLY_EXPIRED.value
        if self.effective_on:
            return Validity.IN_FORCE.value
        return self.stated

    def ends_on(self) -> datetime.date | None:
        """Return the first day on which it is no longer in force; ``None`` where none is known."""
        return min(filter(None, (self.expired_on, self.ended_on)), default=None)


def _has_come(since: datetime.date | None, day: datetime.date) -> bool:
    return since is not None and since <= day
