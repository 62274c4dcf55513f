"""To which unit an uploaded file belongs: that of whoever uploaded it, on that day (R11).

Who moves to another unit takes no files along; who comes finds them. What the board uploads, or
somebody with seats in several units, has no unit: the pages that use it say who sees it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from ..organisation.models import Seat
from ..worktime.active import VIETNAM, today
from .models import FileOfUnit
from .references import files

FILES = (AbstractImage, AbstractDocument)


def follow_upload(*, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An image or document was uploaded."""
    if created and not raw:
        enter(instance, today())


def follow_deletion(*, instance: Any, **kwargs: Any) -> None:
    """An image or document was deleted."""
    FileOfUnit.objects.filter(model=instance._meta.label, object_id=instance.pk).delete()


def enter(file: Any, day: datetime.date) -> bool:
    """Enter to which unit ``file`` belongs by the uploader's seats of ``day``; whether to one."""
    if file.uploaded_by_user_id is None:
        return False
    seats = Seat.objects.filter(user=file.uploaded_by_user_id).on(day)
    units = set(seats.values_list("unit", flat=True))
    # A seat on the board has no unit: who sits there too uploads for the board.
    if len(units) != 1 or None in units:
        return False
    FileOfUnit.objects.get_or_create(
        model=file._meta.label, object_id=file.pk, defaults={"unit_id": units.pop()}
    )
    return True


def enter_past() -> int:
    """Enter the units of files from before this was remembered; return how many have one."""
    found = 0
    for model in files():
        known = files_of_units(model)
        for file in model._default_manager.exclude(uploaded_by_user=None).exclude(pk__in=known):
            found += enter(file, timezone.localdate(file.created_at, timezone=VIETNAM))
    return found


def files_of_units(model: type[Any], units: Iterable[int] | None = None) -> QuerySet[Any, Any]:
    """Return the keys of the ``model`` that belong to one of ``units``, or to any."""
    rows = FileOfUnit.objects.filter(model=model._meta.label)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return rows.values("object_id")
