"""Files that came with something from the public: kept apart, and handed out with care (X5)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.http import FileResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..conf import settings
from ..core import signals
from ..core.fields import NFCCharField
from ..core.personal import Personal
from .files import NAME_LENGTH, TYPES, Sound
from .storage import private_storage

CLAUSE = "BK21 Điều 7; BK18 Điều 9"
# A file that a browser opens all the same can do nothing there.
SANDBOX = "sandbox; default-src 'none'"


def stored_name(instance: Any, filename: str) -> str:
    """Return a name in the storage that says nothing and cannot be guessed."""
    return f"intake/{secrets.token_hex(2)}/{secrets.token_hex(16)}"


class Attachment(models.Model):
    """One file. Its row goes with what it came with, and the file goes with the row."""

    file = models.FileField(
        _("file"), upload_to=stored_name, storage=private_storage, max_length=100, editable=False
    )
    #: As the person called it, with the ending of what it is.
    name = NFCCharField(_("name"), max_length=NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=8)
    #: In bytes.
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)

    personal: ClassVar[dict[str, Personal]] = {
        "file": Personal(_("to understand what was sent in"), CLAUSE),
        "name": Personal(_("to tell one file from the other"), CLAUSE),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("kind", "size", "sha256")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def keep(self, sound: Sound) -> None:
        """Note what the file is and put it into the storage. The row is not saved."""
        self.note(sound)
        self.store(sound)

    def note(self, sound: Sound) -> None:
        self.name, self.kind, self.size = sound.name, sound.kind, len(sound.content)
        self.sha256 = hashlib.sha256(sound.content).hexdigest()

    def store(self, sound: Sound) -> None:
        self.file.save(sound.name, ContentFile(sound.content), save=False)

    def take_over(self, other: Attachment) -> None:
        """Let this row have the file of another, whose row then goes. Neither is saved here."""
        for name in ("name", "kind", "size", "sha256"):
            setattr(self, name, getattr(other, name))
        self.file.name = other.file.name
        # Else the file would go with the other row.
        other.file = ""


def remove_file(*, instance: Attachment, **kwargs: Any) -> None:
    """Take the file of a row that is gone away, as soon as that is certain."""
    if instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))


def remove_stored(attachments: Iterable[Attachment]) -> None:
    """Take away the files of rows that were rolled back."""
    for one in attachments:
        if one.file.name:
            one.file.storage.delete(one.file.name)


def connect() -> None:
    """Let files go with their rows, also where many rows go at once."""
    signals.connect(post_delete, remove_file, Attachment)


def check_number(files: Iterable[Any]) -> None:
    """Refuse more files than may come together. Raises ``ValidationError``."""
    most = settings.INTAKE_FILES
    if len(list(files)) > most:
        raise ValidationError(
            gettext("Up to %(most)s files may come with it. Take some away."),
            code="number",
            params={"most": most},
        )


def download(attachment: Attachment) -> FileResponse:
    """Answer with the file: to be saved and not shown, guessed at, run or kept in a cache.

    Whoever calls it has asked before whether the person may have it. Raises ``FileNotFoundError``.
    """
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=TYPES.get(attachment.kind, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response
