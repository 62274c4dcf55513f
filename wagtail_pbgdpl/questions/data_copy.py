"""What a copy of an asker's own data holds, and who looked at the contact data (Q7, R12).

Only what is the asker's: no word that one official said to another, no draft. Clause: Luật
91/2025/QH15.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from ..intake.sender import RETENTION_DAYS, Sender
from .contact import LOOKED
from .letters import to_the_asker
from .lifecycle import ANSWERED
from .models import DataRequest, Question


class Look(NamedTuple):
    """``at``: an aware instant; ``by``: the name of the official."""

    at: datetime.datetime
    by: str
    purpose: str


def looks(question: Question) -> list[Look]:
    """Return who looked at the contact data, when and for what purpose, the first first."""
    events = question.matter.events.filter(move=LOOKED).order_by("pk")
    return [Look(one.at, one.by_name, str(one.detail.get("reason", ""))) for one in events]


def copy_of(question: Question) -> dict[str, Any]:
    """Return what the file holds: all that is kept of the asker now."""
    matter = question.matter
    letters = to_the_asker(question, matter).order_by("pk")
    return {
        "question": question,
        "matter": matter,
        "contact": [(_label(name), getattr(question, name)) for name in Sender.personal],
        "consent": question.consent_text,
        "clarifications": list(question.clarifications.all()),
        "answer": question.answer if matter.state in ANSWERED else "",
        "files": list(question.files.all()),
        "letters": [(one.created_at, one.sent_at, one.address, one.subject) for one in letters],
        "requests": list(question.data_requests.all()),
        "looks": looks(question),
        "kept_days": RETENTION_DAYS,
    }


def is_granted(question: Question) -> bool:
    """Whether a copy was granted once; what it holds is what is kept at present."""
    return any(
        one.matter.state == "data_granted"
        for one in question.data_requests.filter(sort=DataRequest.Sort.COPY)
    )


def _label(name: str) -> str:
    field: Any = Question._meta.get_field(name)
    return str(field.verbose_name)
