"""That the answer to a question stands on the portal (Q4, Q6: BK21 Điều 12.1c; BP20 Điều 11.5)."""

from __future__ import annotations

import datetime

from django.utils import timezone

from ..matters.deeds import Happening, act
from ..matters.models import Event
from .models import Question


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
