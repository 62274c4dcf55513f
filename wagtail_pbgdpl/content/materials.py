"""C5: Tài liệu PBGDPL (BK21 Điều 9.5; LC19 mục II.3, II.4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.typed_choice import TypedChoices
from ..reference.models import Audience, LegalField
from .base import BodyMixin, panels
from .facets import AUDIENCE, FIELD, Choices


class MaterialMixin(BodyMixin):
    """A work of legal education: its kind, whom it is for, its legal field, files and media."""

    class Kind(models.TextChoices):
        BOOK = "book", _("Book")
        DOCUMENT = "document", _("Document")
        OUTLINE = "outline", _("Outline of a document")
        LEAFLET = "leaflet", _("Leaflet")
        BILLBOARD = "billboard", _("Billboard")
        POSTER = "poster", _("Poster")
        SKIT = "skit", _("Skit")
        SITUATION = "situation", _("Legal situation")
        STORY = "story", _("Legal story")
        HANDBOOK = "handbook", _("Handbook")
        VIDEO = "video", _("Video")
        LECTURE = "lecture", _("Electronic lecture")
        INFOGRAPHIC = "infographic", _("Infographic")

    material_kind = models.CharField(
        _("kind of material"), max_length=12, choices=Kind, default=Kind.DOCUMENT
    )
    audiences = ParentalManyToManyField(Audience, verbose_name=_("audiences"), blank=True)
    legal_fields = ParentalManyToManyField(LegalField, verbose_name=_("legal fields"), blank=True)
    attachments = BlocksField(use="attachments", blank=True, verbose_name=_("files"))

    category_kinds = ("C5",)
    card_kind = "material_kind"
    card_files = "attachments"
    card_glyph = "learn"
    card_glyphs: ClassVar[dict[str, str]] = {
        Kind.DOCUMENT: "paper",
        Kind.OUTLINE: "notes",
        Kind.LEAFLET: "leaflet",
        Kind.BILLBOARD: "flag",
        Kind.POSTER: "flag",
        Kind.SKIT: "play",
        Kind.SITUATION: "aid",
        Kind.STORY: "speech",
        Kind.VIDEO: "film",
        Kind.LECTURE: "film",
        Kind.INFOGRAPHIC: "picture",
    }
    listed_facets = (
        Choices("loai", _("Kind of material"), "material_kind", chips=True),
        AUDIENCE,
        FIELD,
    )
    page_template = "wagtail_pbgdpl/pages/material_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [
                FieldPanel("material_kind"),
                FieldPanel("audiences"),
                FieldPanel("legal_fields", widget=TypedChoices),
            ],
            heading=_("The material"),
        ),
        FieldPanel("attachments"),
    )
    own_search_fields = [index.SearchField("attachments"), index.FilterField("material_kind")]

    class Meta:
        abstract = True
