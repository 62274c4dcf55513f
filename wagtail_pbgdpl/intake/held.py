"""Files that wait for the rest of their form, so that a mistake in it does not lose them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction

from .attachments import Attachment
from .files import Sound
from .models import HeldUpload

Kept = TypeVar("Kept", bound=Attachment)


def held(key: str) -> list[HeldUpload]:
    """Return the files that wait for the form of that key, in the order in which they came."""
    return list(HeldUpload.objects.filter(key=key))


def hold(key: str, sound: Sound, mark: str = "") -> HeldUpload:
    """Keep a file for the form. One with the same name and content is not kept twice."""
    upload = HeldUpload(key=key, mark=mark)
    upload.note(sound)
    same = HeldUpload.objects.filter(key=key, sha256=upload.sha256, name=upload.name).first()
    if same:
        found: HeldUpload = same
        return found
    upload.store(sound)
    upload.save()
    return upload


def let_go(key: str, numbers: Iterable[int]) -> None:
    """Take files of the form away, those with these numbers; others' are left alone."""
    for upload in HeldUpload.objects.filter(key=key, pk__in=list(numbers)):
        upload.delete()


def move(key: str, to: str) -> None:
    """Let the files of a form that expired wait for the one that took its place."""
    HeldUpload.objects.filter(key=key).update(key=to)


def attach(key: str, make: Callable[[], Kept]) -> list[Kept]:
    """Make an attachment of each file that waits, and return them, saved.

    ``make`` returns a new row that says what it belongs to; the file is put into it.
    """
    made: list[Kept] = []
    with transaction.atomic():
        for upload in HeldUpload.objects.select_for_update().filter(key=key):
            row: Any = make()
            row.take_over(upload)
            row.save()
            upload.delete()
            made.append(row)
    return made
