"""What the head of a unit says to an item that is published in an emergency (R6).

The head answers for what the unit supplies (BK21 Điều 11.2, Điều 21.2). In an emergency their word
is asked for, or it stays written that it was missing.
"""

from __future__ import annotations

from typing import Any

from ..regulations import Action
from .models import Decision, HeadWord

# What the Trưởng Ban may say; that the text was approved is known.
ASKED = (HeadWord.AGREES, HeadWord.MISSING)


def word_of_the_head(page: Any, said: str = "") -> str:
    """Return for the journal what the head says; empty for an item of no unit.

    ``said`` is what the Trưởng Ban states. Raises ``ValueError`` for what they cannot say.
    """
    if getattr(page, "unit_id", None) is None:
        return ""
    if _has_approved(page):
        return HeadWord.APPROVED
    word = HeadWord(said or HeadWord.MISSING)
    if word not in ASKED:
        raise ValueError(said)
    return word


def _has_approved(page: Any) -> bool:
    """Whether the head of the unit has passed the latest text of a page on."""
    return Decision.objects.filter(
        page_id=page.pk,
        revision_number=page.latest_revision_id,
        kind=Decision.Kind.PASSED,
        action=Action.UNIT_APPROVE,
    ).exists()
