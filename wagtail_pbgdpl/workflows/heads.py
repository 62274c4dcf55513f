"""What the head of a unit says to an item that is published in an emergency (R6).

The head answers for what the unit supplies (BK21 Điều 11.2, Điều 21.2). In an emergency their word
is asked for, or it stays written that it was missing.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..matters.models import Event
from ..matters.publications import Move
from ..regulations import Action
from .pages import ModeratedPage


class HeadWord(models.TextChoices):
    """What the head of a unit says to an emergency publication (R6)."""

    APPROVED = "approved", _("The head of the unit has approved this text.")
    AGREES = "agrees", _("The head of the unit agrees, as the Trưởng Ban has heard from them.")
    MISSING = "missing", _("The head of the unit has not been heard.")


# What the Trưởng Ban may say; that the text was approved is known.
ASKED = (HeadWord.AGREES, HeadWord.MISSING)


def said_of_the_head(event: Event) -> str:
    """Return what was written of the head of the unit; empty where there was nothing to say."""
    said = event.detail.get("head", "")
    return str(HeadWord(said).label) if said in HeadWord.values else ""


def word_of_the_head(page: ModeratedPage, said: str = "") -> str:
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


def _has_approved(page: ModeratedPage) -> bool:
    """Whether the head of the unit has passed the latest text of a page on."""
    rows = Event.objects.of_page(page.pk)
    return rows.filter(
        revision=page.latest_revision_id,
        move=Move.PASSED,
        action=Action.UNIT_APPROVE,
    ).exists()
