"""Free tags of content pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import ItemBase, TagBase

from ..core.fields import NFCCharField
from ..core.text import address_part


class ContentTag(TagBase):
    """A tag of the portal's own, so that its address has no accents and its name is NFC (I7)."""

    name = NFCCharField(_("name"), unique=True, max_length=100)

    class Meta:
        verbose_name = pgettext_lazy("content", "tag")
        verbose_name_plural = pgettext_lazy("content", "tags")

    def slugify(self, tag: str, i: int | None = None) -> str:
        base = address_part(tag) or "the"
        return base if i is None else f"{base}-{i}"


class TaggedContentBase(ItemBase):
    """Link between a tag and a page; a concrete subclass adds ``content_object``."""

    tag = models.ForeignKey(
        ContentTag, related_name="%(app_label)s_%(class)s_items", on_delete=models.CASCADE
    )

    class Meta:
        abstract = True
