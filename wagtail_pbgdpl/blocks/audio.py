"""Sound: radio items, recorded lessons."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlockValidationError, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock

from .base import GROUP_MEDIA, PortalStructBlock, require_extension
from .video import MediaValue

__all__ = ["AudioBlock"]

AUDIO_TYPES = ("mp3", "m4a", "ogg", "wav")


class AudioBlock(PortalStructBlock):
    """A sound file with its transcript, without which the deaf have nothing."""

    title = CharBlock(label=_("Title"), max_length=255)
    file = DocumentChooserBlock(
        label=_("Sound file"), help_text=_("A file of the type MP3, M4A, OGG or WAV.")
    )
    transcript = TextBlock(
        label=_("Transcript"), rows=4, help_text=_("What is said, for those who cannot hear it.")
    )

    is_reading = BooleanBlock(
        label=_("Reads the item aloud"),
        required=False,
        help_text=_(
            "Then it stands above the text, and the tool for reading aloud leads to it: for "
            "whoever has a device without a Vietnamese voice, or prefers to listen in another "
            "language."
        ),
    )

    may_lead = True

    def leads(self, value: Any) -> bool:
        return bool(value.get("is_reading"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            require_extension(cleaned["file"], AUDIO_TYPES)
        except ValidationError as error:
            raise StructBlockValidationError({"file": error}) from error
        return cleaned

    class Meta:
        icon = "media"
        label = _("Sound")
        group = GROUP_MEDIA
        description = _("A recording with its transcript.")
        value_class = MediaValue
        template = "wagtail_pbgdpl/blocks/audio.html"
        preview_template = "wagtail_pbgdpl/block_previews/audio.html"
        preview_value = {
            "title": "Phát thanh: Tìm hiểu Luật Đất đai",
            "file": None,
            "transcript": "Chương trình hôm nay giới thiệu quyền của người sử dụng đất.",
        }
