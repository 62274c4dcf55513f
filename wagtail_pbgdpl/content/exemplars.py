"""C11: Gương người tốt, việc tốt (BK21 Điều 9.11)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from ..core.fields import NFCCharField, NFCTextField
from .base import BodyMixin, panels
from .facets import Choices


class ExemplarMixin(BodyMixin):
    """A person or a collective, and the achievement they are honoured for."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        COLLECTIVE = "collective", _("Collective")

    exemplar_kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERSON)
    honouree = NFCCharField(_("name of the person or collective"), max_length=255, blank=True)
    honouree_unit = NFCCharField(_("unit or place"), max_length=255, blank=True)
    achievement = NFCTextField(_("achievement"), blank=True)

    category_kinds = ("C11",)
    card_glyph = "star"
    listed_facets = (Choices("loai", _("Kind"), "exemplar_kind", chips=True),)
    page_template = "wagtail_pbgdpl/pages/exemplar_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [
                FieldPanel("exemplar_kind"),
                FieldPanel("honouree"),
                FieldPanel("honouree_unit"),
                FieldPanel("achievement"),
            ],
            heading=_("Who is honoured"),
        )
    )
    own_search_fields = [index.SearchField("honouree"), index.SearchField("achievement")]

    class Meta:
        abstract = True
