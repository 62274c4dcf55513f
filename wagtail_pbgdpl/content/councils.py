"""C8: Hội đồng phối hợp; hòa giải ở cơ sở; chuẩn tiếp cận pháp luật (BK21 Điều 9.8; LC19 II.3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.fields import DayField, NFCCharField
from .base import BodyMixin, panels
from .events import EVENT_PANEL, EventMixin
from .facets import Choices


class CouncilActivityMixin(EventMixin, BodyMixin):
    """Activity of a coordination council, of mediators or for the standard of access to law."""

    class Topic(models.TextChoices):
        COUNCIL = "council", _("Coordination council")
        MEDIATION = "mediation", _("Grass-roots mediation")
        ACCESS_STANDARD = "access_standard", _("Standard of access to law")

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District (until 30 June 2025)")
        COMMUNE = "commune", _("Commune")

    topic = models.CharField(_("topic"), max_length=16, choices=Topic, default=Topic.COUNCIL)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.PROVINCE)

    category_kinds = ("C8",)
    card_glyph = "people"
    listed_as = "hoat-dong"
    listed_facets = (
        Choices("chu-de", _("Topic"), "topic", chips=True),
        Choices("cap", _("Level"), "level"),
    )
    page_template = "wagtail_pbgdpl/pages/council_activity_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("topic"), FieldPanel("level")])], heading=_("Activity")
        ),
        EVENT_PANEL,
    )
    own_search_fields = [index.FilterField("topic"), index.FilterField("level")]

    class Meta:
        abstract = True


class RapporteurListMixin(BodyMixin):
    """A published list of báo cáo viên or tuyên truyền viên pháp luật (P4)."""

    class Kind(models.TextChoices):
        CENTRAL = "central", _("Legal rapporteurs, central")
        PROVINCE = "province", _("Legal rapporteurs, province")
        COMMUNICATOR = "communicator", _("Legal communicators, commune")

    list_kind = models.CharField(_("list of"), max_length=12, choices=Kind, default=Kind.PROVINCE)
    decision_number = NFCCharField(_("decision number"), max_length=100, blank=True)
    decision_date = DayField(_("date of the decision"), null=True, blank=True)
    as_of = DayField(_("as of"), null=True, blank=True)
    members = BlocksField(use="members", blank=True, verbose_name=_("members"))

    category_kinds = ("C8",)
    card_glyph = "people"
    listed_as = "danh-sach"
    listed_facets = (Choices("loai", _("List of"), "list_kind", chips=True),)
    page_template = "wagtail_pbgdpl/pages/rapporteur_list_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [
                FieldPanel("list_kind"),
                FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decision_date")]),
                FieldPanel("as_of"),
            ],
            heading=_("The list"),
        ),
        FieldPanel("members"),
    )
    own_search_fields = [index.SearchField("members"), index.FilterField("list_kind")]

    class Meta:
        abstract = True
