"""Films: uploaded, or shown from a platform."""

from __future__ import annotations

import mimetypes
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlockValidationError, StructValue, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock, EmbedValue
from wagtail.images.blocks import ImageChooserBlock

from ..conf import settings
from .base import GROUP_MEDIA, PortalStructBlock, require_extension
from .players import Player, known_player, player_of

__all__ = ["EmbeddedVideoBlock", "MediaValue", "VideoBlock"]

VIDEO_TYPES = ("mp4", "webm")
# Where it runs, browsers show the frames of ``VIDEO_HOSTS`` alone.
POLICY = "wagtail_pbgdpl.face.security_policy.PolicyMiddleware"


class MediaValue(StructValue):
    @property
    def mime_type(self) -> str:
        """The media type of the file, by its name."""
        document = self.get("file")
        return mimetypes.guess_type(document.filename)[0] or "" if document else ""


def is_shown(video: Any) -> bool:
    """Whether browsers show the film of an embed value: it has a player, and the policy of the
    site, if any, lets it be framed.
    """
    player = player_of(video)
    if player is None or POLICY not in django_settings.MIDDLEWARE:
        return player is not None
    hosts = [host.replace("*", "?*") for host in settings.VIDEO_HOSTS]
    return any(fnmatchcase(_origin_of(player.address), host) for host in hosts)


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme or 'https'}://{parts.netloc.lower()}"


class VideoBlock(PortalStructBlock):
    """An uploaded film with captions or a transcript for those who cannot hear it."""

    title = CharBlock(label=_("Title"), max_length=255)
    file = DocumentChooserBlock(label=_("Film"), help_text=_("A file of the type MP4 or WebM."))
    poster = ImageChooserBlock(
        label=_("Still picture"), required=False, help_text=_("Shown until the film is started.")
    )
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A file of the type WebVTT (.vtt).")
    )
    transcript = TextBlock(
        label=_("Transcript"),
        required=False,
        rows=4,
        help_text=_("What is said and shown. Needed where there are no captions."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        for name, extensions in (("file", VIDEO_TYPES), ("captions", ("vtt",))):
            try:
                require_extension(cleaned[name], extensions)
            except ValidationError as error:
                errors[name] = error
        if not (cleaned["captions"] or cleaned["transcript"] or self.is_deferred_validation):
            errors["transcript"] = ValidationError(
                _("Give captions or a transcript, for those who cannot hear the film."),
                code="no_alternative",
            )
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video")
        group = GROUP_MEDIA
        description = _("An uploaded film with captions and transcript.")
        value_class = MediaValue
        template = "wagtail_pbgdpl/blocks/video.html"
        preview_template = "wagtail_pbgdpl/block_previews/video.html"
        preview_value = {
            "title": "Tiểu phẩm: Hòa giải ở thôn bản",
            "file": None,
            "poster": None,
            "captions": None,
            "transcript": "Tổ hòa giải đến thăm gia đình và lắng nghe ý kiến của hai bên.",
        }


class FilmBlock(EmbedBlock):
    """The address of a film; of platforms whose player is known the portal asks nothing either."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, EmbedValue) and known_player(value.url):
            # Past the look-up of ``EmbedBlock``, to what asks for an address.
            return super(EmbedBlock, self).clean(value)
        return super().clean(value)


class EmbeddedVideoValue(StructValue):
    @property
    def player(self) -> Player | None:
        """What a frame shows once a reader has pressed the button."""
        return player_of(self["video"]) if self.get("video") else None


class EmbeddedVideoBlock(PortalStructBlock):
    """A film or a post on a platform such as YouTube or Facebook (I5: LC19 II.7).

    Nothing is loaded from there before a reader asks for it; there is a link besides.
    """

    title = CharBlock(label=_("Title"), max_length=255)
    video = FilmBlock(
        label=_("Address of the film"), help_text=_("As you copy it from the platform.")
    )
    poster = ImageChooserBlock(
        label=_("Still picture"), required=False, help_text=_("Shown until the film is started.")
    )
    transcript = TextBlock(label=_("Transcript"), required=False, rows=4)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["video"] and not self.is_deferred_validation and not is_shown(cleaned["video"]):
            known = ", ".join(host.partition("//")[2] for host in settings.VIDEO_HOSTS)
            message = _(
                "The portal shows no films of this platform in its pages, only those of: "
                "%(hosts)s. Give a link in the text, or ask the operator to allow the platform."
            )
            error = ValidationError(message, code="platform", params={"hosts": known or "—"})
            raise StructBlockValidationError({"video": error})
        return cleaned

    class Meta:
        icon = "media"
        label = _("Video of a platform")
        group = GROUP_MEDIA
        description = _("A film or a post from YouTube, Facebook or another platform.")
        value_class = EmbeddedVideoValue
        template = "wagtail_pbgdpl/blocks/embedded_video.html"
        preview_template = "wagtail_pbgdpl/block_previews/video.html"
        preview_value = {
            "title": "Phim ngắn về Luật Phổ biến, giáo dục pháp luật",
            "video": None,
            "poster": None,
            "transcript": "",
        }
