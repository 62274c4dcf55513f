"""What a matter of this room is about: read once for each matter in hand."""

from __future__ import annotations

from typing import Any

from .models import Part, Question

# Where a matter carries what it is about.
HELD = "_held_subject"


def question_of(matter: Any) -> Question:
    """Return the question, the same object each time. Raises ``Question.DoesNotExist``."""
    return _held(matter, Question.objects.select_related("legal_field", "batch"))


def part_of(matter: Any) -> Part:
    """Return the part, with its question. Raises ``Part.DoesNotExist``."""
    return _held(matter, Part.objects.select_related("question__legal_field", "unit"))


def _held(matter: Any, rows: Any) -> Any:
    found = matter.__dict__.get(HELD)
    if found is None or found.pk != matter.subject:
        found = matter.__dict__[HELD] = rows.get(pk=matter.subject)
    return found
