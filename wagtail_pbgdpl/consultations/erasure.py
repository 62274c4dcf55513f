"""The erasure of who commented: by an official, and when the time for keeping is over.

What the public reads stays, without the name and without what is blacked out of it. Clauses: Luật
91/2025/QH15; BK21 Điều 7 (Q7, X5, R12).
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from ..intake import retention
from ..matters import record
from ..matters.models import Matter
from . import letters
from .blacking import plain
from .models import COMMENT, Comment, Wording
from .shown import pieces_of
from .signals import shown_anew

EXPIRED = "expired"


def erase(comment: Comment, now: datetime.datetime | None = None) -> None:
    """Empty whatever is about the author. Within a transaction, with the matter locked."""
    current = comment.wording
    for wording in comment.wordings.all():
        stays = comment.is_shown and current is not None and wording.pk == current.pk
        text = plain(pieces_of(wording)) if stays else ""
        # The rows themselves are history, and stay.
        Wording.objects.filter(pk=wording.pk).update(text=text)
        wording.blackouts.all().delete()
    for file in comment.files.all():
        file.delete()
    letters.to_the_author(comment).delete()
    comment.data_requests.update(text="")
    comment.erase(now or timezone.now())
    shown_anew.send(Comment, page=None)


def forget(now: datetime.datetime | None = None) -> int:
    """Erase what was kept for as long as the register of personal fields says; return how many.

    Counted from when the comment was answered, withheld or withdrawn. ``now``: aware.
    """
    now = now or timezone.now()
    days = retention.shortest(Comment)
    if days is None:
        return 0
    held = Comment.objects.filter(erased_at=None).values("pk")
    old = now - datetime.timedelta(days=days)
    rows = Matter.objects.filter(kind=COMMENT, closed_at__lte=old, subject__in=held)
    return sum(_forget(pk, now) for pk in rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _forget(pk: int, now: datetime.datetime) -> bool:
    matter = Matter.objects.select_for_update(of=("self",)).get(pk=pk)
    comment = Comment.objects.select_for_update().get(pk=matter.subject)
    if matter.closed_at is None or comment.erased_at is not None:
        return False
    # What the author wants done with the data is decided first.
    if comment.open_data_requests().exists():
        return False
    emptied = retention.forget(comment, matter.closed_at, now)
    if comment.erased_at is not None:
        erase(comment, now)
        record.note(matter, EXPIRED)
    return bool(emptied)
