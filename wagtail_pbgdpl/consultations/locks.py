"""The order of locks: the matter of a consultation, its row, the matters of comments."""

from __future__ import annotations

from typing import Any

from .models import Consultation


def locked() -> Any:
    """Return consultations to be read under a lock, which those hold who let something come in.

    Whoever only refers to one, such as an answer, does not wait for it: they hold the matter of a
    comment already, for which who takes the comment back would wait.
    """
    return Consultation.objects.select_for_update(no_key=True)
