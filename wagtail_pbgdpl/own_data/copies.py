"""What a copy of one's own data holds, and who looked at the contact data (Q7, R12).

Only what is the person's: no word that one official said to another, no draft. Clause: Luật
91/2025/QH15.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from ..desk.contact import LOOKED
from ..intake.sender import RETENTION_DAYS, Sender
from .holders import holder_of
from .models import DataRequest


class Look(NamedTuple):
    """``at``: an aware instant; ``by``: the name of the official."""

    at: datetime.datetime
    by: str
    purpose: str


def looks(about: Any) -> list[Look]:
    """Return who looked at the contact data, when and for what purpose, the first first."""
    events = about.matter.events.filter(move=LOOKED).order_by("pk")
    return [Look(one.at, one.by_name, str(one.detail.get("reason", ""))) for one in events]


def copy_of(about: Any) -> dict[str, Any]:
    """Return what the file holds: all that is kept of the person now."""
    holder = holder_of(about)
    letters = holder.letters(about).order_by("pk")
    contact = [(_label(about, name), getattr(about, name)) for name in Sender.personal]
    return {
        "about": about,
        "contact": [*contact, *holder.further(about)],
        "consent": about.consent_text,
        "wrote": holder.wrote(about),
        "files": list(about.files.all()),
        "letters": [(one.created_at, one.sent_at, one.address, one.subject) for one in letters],
        "requests": list(about.data_requests.all()),
        "looks": looks(about),
        "kept_days": RETENTION_DAYS,
    }


def is_granted(about: Any) -> bool:
    """Whether a copy was granted once; what it holds is what is kept at present."""
    return any(
        one.matter.state == "data_granted"
        for one in about.data_requests.filter(sort=DataRequest.Sort.COPY)
    )


def _label(about: Any, name: str) -> str:
    field: Any = about._meta.get_field(name)
    return str(field.verbose_name)
