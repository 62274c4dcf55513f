"""That the answer to a question stands on the portal (Q4, Q6: BK21 Điều 12.1c; BP20 Điều 11.5)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from ..matters.deeds import Happening, act
from ..matters.kinds import Offer
from ..matters.models import Event, Matter
from .models import Question

Offers = Callable[[Question, Matter, Any], Sequence[Offer]]
_offering: list[Offers] = []


def offer(more: Offers) -> None:
    """Let whoever makes pages of answers show the way there on the page of a matter.

    ``more`` is asked with the question, its matter and the user. To be called in ``ready``.
    """
    if more not in _offering:
        _offering.append(more)


def offers(question: Question, matter: Matter, user: Any) -> list[Offer]:
    return [one for more in _offering for one in more(question, matter, user)]


def published(number: str, address: str, at: datetime.datetime | None = None) -> Event | None:
    """Enter that the answer to the question with this number is public at ``address``.

    ``at``: since when, an aware instant, otherwise now. ``None`` where it is entered already; the
    address is kept all the same. Raises ``Question.DoesNotExist``, and ``Refused`` where there is
    no answer yet.
    """
    question = Question.objects.get(number=number)
    if question.matter.state == "published":
        Question.objects.filter(pk=question.pk).update(public_address=address)
        return None
    values = {"address": address, "at": at or timezone.now()}
    return act(Happening(question.matter, "published", values=values))


def taken_down(key: int) -> None:
    """Forget the public address of the answer; that it was published stays written."""
    Question.objects.filter(pk=key).update(public_address="")
