"""What must hold of an image or document before it is kept."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from taggit.managers import _TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.fields import WagtailImageField

from ..core import signals
from ..core.text import nfc
from ..core.wrapping import wrap_once
from .ownership import FILES

TEXT = ("title", "description")


def compose_text(*, instance: Any, **kwargs: Any) -> None:
    """Bring the text of an image or document into NFC (I7: BK21 Điều 8.2, BK18 Điều 4.1)."""
    for name in TEXT:
        if hasattr(instance, name):
            setattr(instance, name, nfc(getattr(instance, name)))


def note_size(*, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Keep the size of a document's file, in bytes: the forms do so, programs forget it.

    Else Wagtail writes it when the first visitor reads it.
    """
    if raw or update_fields is not None or not instance.file:
        return
    if instance.file_size is None or not instance.file._committed:
        # What the storage does not say is asked again by whoever shows it.
        with suppress(OSError):
            instance.file_size = instance.file.size


def _composed(find: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(find)
    def to_tag_model_instances(self: Any, tags: Any, tag_kwargs: Any) -> Any:
        return find(self, [nfc(tag) for tag in tags], tag_kwargs)

    return to_tag_model_instances


def _whole(read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def to_python(self: Any, data: Any) -> Any:
        try:
            return read(self, data)
        # The decoder's words for a file that ends too early, or is no picture further on.
        except (OSError, SyntaxError, EOFError, struct.error) as error:
            raise ValidationError(
                _("The picture is damaged or incomplete. Save or send it anew."),
                code="broken_image",
            ) from error

    return to_python


def connect() -> None:
    """Let Wagtail's upload forms, and tags however they are set, heed this."""
    signals.connect(pre_save, compose_text, *FILES)
    signals.connect(pre_save, note_size, AbstractDocument)
    for owner, name, heeding in (
        # Forms, bulk actions and programs all pass here; a tag of the same letters is then found.
        (_TaggableManager, "_to_tag_model_instances", _composed),
        (WagtailImageField, "to_python", _whole),
    ):
        wrap_once(owner, name, heeding)
