"""What a matter of this room is about: read once for each matter in hand."""

from __future__ import annotations

from typing import Any

from .models import Comment, Consultation

# Where a matter carries what it is about.
HELD = "_held_subject"


def consultation_of(matter: Any) -> Consultation:
    """Return the consultation, the same object each time. Raises ``Consultation.DoesNotExist``."""
    return _held(matter, Consultation.objects)


def comment_of(matter: Any) -> Comment:
    """Return the comment with its consultation. Raises ``Comment.DoesNotExist``."""
    return _held(matter, Comment.objects.select_related("consultation", "version", "answer"))


def _held(matter: Any, rows: Any) -> Any:
    found = matter.__dict__.get(HELD)
    if found is None or found.pk != matter.subject:
        found = matter.__dict__[HELD] = rows.get(pk=matter.subject)
    return found
