"""Everything that may be decided about an item. Each function is one transaction.

What is special to a publication is a ``Deed`` of its own for each move; ``matters.deeds.act`` lets
it happen. Clauses: BK21 Điều 10.4, Điều 14.2, Điều 15.2, Điều 20.1c; BP20 Điều 12.3, Điều 15; QT24
Điều 4.2, Điều 6.4 (R2, R3, R6–R9, R12).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.accounts import User
from ..matters.deeds import Refused, act
from ..matters.models import Event
from .deeds import Emergency, Pass, Review, SendBack, TakeBack, TakeDown, is_changed
from .pages import ModeratedPage

__all__ = [
    "Refused",
    "is_changed",
    "pass_step",
    "publish_in_emergency",
    "review",
    "send_back",
    "take_back",
    "take_down",
]


def pass_step(task_state_id: int, user: User, *, comment: str = "", seen: str = "") -> Event:
    """Pass the item on at its present step; the last step publishes what was approved.

    ``seen`` is the mark of the version that the person looked at (``contents.mark_of``). Raises
    ``Refused`` where the step is no longer open, is not this person's, the text or a file has
    changed meanwhile, or no step of the board judged what would become public, and
    ``ValidationError`` where something that publication needs is missing.
    """
    return act(Pass(task_state_id, user, text=comment, seen=seen))


def send_back(task_state_id: int, user: User, *, grounds: Sequence[str], explanation: str) -> Event:
    """Return the item to its sender, on grounds of the regulation and with an explanation (R9).

    Raises ``Refused`` as ``pass_step`` does, and ``ValidationError`` where a ground is unknown or
    ground or explanation is missing.
    """
    return act(SendBack(task_state_id, user, text=explanation, grounds=grounds))


def take_back(page: ModeratedPage, user: User, *, reason: str = "") -> Event:
    """Take an item back that was sent, before it is decided. Raises ``Refused``."""
    return act(TakeBack(page, user, text=reason))


def publish_in_emergency(
    page: ModeratedPage, user: User, *, reason: str, head: str = "", seen: str = ""
) -> Event:
    """Publish the latest text without the steps, for a reason; a review must follow (R2, R8).

    ``head`` is a ``HeadWord``: what the head of the item's unit says, where they have not approved
    this text; unsaid, it stays written that they were not heard (R6). Raises ``Refused`` where the
    person may not, and ``ValidationError`` without a reason or where something that publication
    needs is missing.
    """
    return act(Emergency(page, user, text=reason, seen=seen, head=head))


def review(page: ModeratedPage, user: User, *, comment: str) -> Event:
    """Close an emergency publication; never by who published or wrote it.

    Raises ``Refused``, and ``ValidationError`` without a comment.
    """
    return act(Review(page, user, text=comment))


def take_down(page: ModeratedPage, user: User, *, grounds: Sequence[str], reason: str) -> Event:
    """Take a public item down, on grounds and for a reason; that it was public stays written.

    Raises ``Refused`` where the person may not, and ``ValidationError`` as ``send_back`` does.
    """
    return act(TakeDown(page, user, text=reason, grounds=grounds))
