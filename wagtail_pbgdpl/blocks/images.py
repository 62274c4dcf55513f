"""Images, alone and in galleries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock
from wagtail.images.blocks import ImageBlock

from .base import GROUP_MEDIA, LabelledStructBlock, PortalStructBlock

__all__ = ["CaptionedImageBlock", "GalleryBlock"]


class CaptionedImageBlock(PortalStructBlock):
    """An image with caption and source.

    Wagtail's own ``ImageBlock`` asks for an alternative text or for the word that the image only
    decorates.
    """

    image = ImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=500)
    source = CharBlock(
        label=_("Source"), required=False, max_length=255, help_text=_("Photographer or owner.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = GROUP_MEDIA
        description = _("An image with caption, source and alternative text.")
        template = "wagtail_pbgdpl/blocks/image.html"
        preview_template = "wagtail_pbgdpl/block_previews/image.html"
        preview_value = {
            "image": None,
            "caption": "Quang cảnh hội nghị tuyên truyền pháp luật",
            "source": "Sở Tư pháp",
        }


class GalleryImageBlock(LabelledStructBlock):
    image = ImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(PortalStructBlock):
    title = CharBlock(label=_("Title"), required=False, max_length=255)
    images = ListBlock(GalleryImageBlock(), label=_("Images"), min_num=2, max_num=60)
    source = CharBlock(label=_("Source"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Gallery")
        group = GROUP_MEDIA
        description = _("Several images side by side.")
        template = "wagtail_pbgdpl/blocks/gallery.html"
        preview_template = "wagtail_pbgdpl/block_previews/gallery.html"
        preview_value = {"title": "Hình ảnh ngày hội", "images": [], "source": "Sở Tư pháp"}
