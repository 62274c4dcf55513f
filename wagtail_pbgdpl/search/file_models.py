"""What was read of the files that public pages show, kept so that no request opens them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.fields import NFCTextField
from ..core.personal import Personal
from ..file_text.reasons import Fault


class FileText(models.Model):
    """The text of a document of the library, by its number, or why there is none.

    ``file``: the name of the file that was read; another file has another. ``size``: in bytes;
    ``pages``: 0 where the kind has none; ``is_whole``: nothing was left out.
    """

    FAULTS: ClassVar[dict[str, Any]] = {
        Fault.LOCKED.value: _("locked by a password"),
        Fault.DAMAGED.value: _("damaged, or not what its name says"),
        Fault.LARGE.value: _("larger than any document is"),
        Fault.SLOW.value: _("takes too long to read, or too much memory"),
        Fault.NO_TEXT.value: _("pictures of pages without text, as a scanner makes them"),
        Fault.UNREAD.value: _("could not be opened"),
    }

    document = models.PositiveBigIntegerField(unique=True)
    file = models.CharField(max_length=255)
    fault = models.CharField(max_length=10, blank=True, choices=list(FAULTS.items()))
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(default=True)
    read_at = models.DateTimeField(auto_now=True)
    text = NFCTextField(blank=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        ordering = ["-read_at", "-pk"]
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return self.file
