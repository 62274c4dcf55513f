"""C4: Hướng dẫn kỹ thuật, nghiệp vụ (BK21 Điều 9.4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from .base import BodyMixin, panels
from .facets import Choices


class GuidanceMixin(BodyMixin):
    """Procedures, methods, official letters, templates and forms to download."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("Procedure")
        METHOD = "method", _("Method")
        OFFICIAL_LETTER = "official_letter", _("Official letter")
        MATERIAL = "material", _("Professional material")
        FORM = "form", _("Template or form")

    guidance_kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.PROCEDURE)
    attachments = BlocksField(
        use="attachments", blank=True, verbose_name=_("templates and forms to download")
    )

    category_kinds = ("C4",)
    card_kind = "guidance_kind"
    card_files = "attachments"
    card_glyph = "notes"
    listed_facets = (Choices("loai", _("Kind"), "guidance_kind", chips=True),)
    page_template = "wagtail_pbgdpl/pages/guidance_page.html"
    content_panels = panels(FieldPanel("guidance_kind"), FieldPanel("attachments"))
    own_search_fields = [index.SearchField("attachments"), index.FilterField("guidance_kind")]

    class Meta:
        abstract = True
