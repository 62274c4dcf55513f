"""Why somebody may not do something, in words for that person."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from ..changes.actor import tell_actor
from ..core.text import LazyText
from .rules import Answer, Why

REASONS: dict[Why, LazyText] = {
    Why.NO_SEAT: _("You hold no seat on the editorial board or in a unit today."),
    Why.WRONG_ROLE: _("This is not for your role."),
    Why.OTHER_UNIT: _("The item belongs to another unit."),
    Why.CATEGORY_NOT_GIVEN: _("Your unit was not given this category."),
    Why.NOT_FOLLOWED: _("You do not follow this category."),
    Why.NOT_DELEGATED: _(
        "This is for the head of the board, or under a delegation that holds today."
    ),
    Why.OWN_WORK: _("Nobody judges what they wrote or sent themselves."),
    Why.WRONG_STATE: _("This is not possible in the present state of the item."),
    Why.NOT_THIS_STEP: _("The item is at the step of another role."),
    Why.WITH_ITS_UNIT: _("The item is still with its unit."),
    Why.GIVEN_TO_ANOTHER: _("This was given to another person."),
    Why.NOT_THE_SENDER: _("Only the sender or the head of the unit takes it back."),
    Why.LOGIN_CHANGED: _(
        "How you sign in was changed. You publish nothing until %(until)s has passed, unless "
        "another member of the board confirms the change on their home page before."
    ),
}


class Refused(PermissionDenied):
    """It was not done; ``message`` says why, for the person who tried."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def refuse(message: str) -> NoReturn:
    """Raise ``Refused`` from deep inside, where the view that catches it will not say why."""
    tell_actor(message)
    raise Refused(message)


def explanation_of(answer: Answer) -> str:
    """Return the reason of a refusal; empty for a yes."""
    if answer.why is None:
        return ""
    reason = str(REASONS[answer.why])
    return reason % {"until": f"{answer.until:%d/%m/%Y}"} if answer.until else reason
