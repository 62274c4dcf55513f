"""How days and instants are written: «16/03/2026», «16/03/2026 09:00»."""

from __future__ import annotations

from datetime import date, datetime

from .calendar import VIETNAM


def moment(at: date | datetime | None) -> str:
    """Return a day, or day and time of an aware instant in Asia/Ho_Chi_Minh; empty for none."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return f"{at:%d/%m/%Y}"
