"""C1: Giới thiệu (BK21 Điều 9.1; BP20 Điều 5.1; QT24 Điều 5.1đ)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from .base import BodyMixin, panels


class IntroductionMixin(BodyMixin):
    """Position, role, organisation chart and the contacts of officials."""

    organisation_chart = BlocksField(
        use="organisation_chart", blank=True, verbose_name=_("organisation chart")
    )
    contacts = BlocksField(
        use="contacts",
        blank=True,
        verbose_name=_("contacts"),
        help_text=_("Name, title, unit, official phone and e-mail of each official."),
    )

    category_kinds = ("C1",)
    card_glyph = "home"
    page_template = "wagtail_pbgdpl/pages/introduction_page.html"
    content_panels = panels(FieldPanel("organisation_chart"), FieldPanel("contacts"))
    own_search_fields = [
        index.SearchField("organisation_chart"),
        index.SearchField("contacts"),
    ]

    class Meta:
        abstract = True
