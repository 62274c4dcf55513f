"""Days that an administrator entered move with a portal: time limits were counted by them."""

from __future__ import annotations

from ..core.portable import Portable, Same, register
from .models import CalendarException


def register_all() -> None:
    register(
        Portable(
            kind="calendar_exception",
            model=lambda: CalendarException,
            key=("date",),
            same=Same.SERVES,
        )
    )
