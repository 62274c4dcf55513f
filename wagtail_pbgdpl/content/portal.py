"""The portal's identity, as citizens see it on every page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.images import get_image_model_string

from ..fields import NFCCharField, NFCTextField


class PortalSettings(BaseSiteSetting):
    """Name, contacts and citation phrases of one site's portal.

    ``pbgdpl_setup`` fills them once from the regulation; after that they are the editors'.
    Clauses: BK21 Điều 3, Điều 9.1, Điều 20.2a; BP20 Điều 5.10 (S4).
    """

    name = NFCCharField(_("name of the portal"), max_length=255, blank=True)
    short_name = NFCCharField(_("short name"), max_length=100, blank=True)
    governing_body = NFCCharField(
        _("governing body"),
        max_length=255,
        blank=True,
        help_text=_("The authority that the portal belongs to, e.g. the provincial committee."),
    )
    standing_agency = NFCCharField(
        _("standing agency"),
        max_length=255,
        blank=True,
        help_text=_("The agency that runs the portal from day to day."),
    )
    responsible_person = NFCCharField(
        _("person responsible for the content"), max_length=255, blank=True
    )
    address = NFCCharField(_("address"), max_length=255, blank=True)
    phone = NFCCharField(_("phone"), max_length=60, blank=True)
    fax = NFCCharField(_("fax"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    emblem = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    citation_phrases = NFCTextField(
        _("citation phrases"),
        blank=True,
        help_text=_("What others write when they reuse content, one phrase a line."),
    )
    citation_rule = NFCTextField(
        _("citation rule"),
        blank=True,
        help_text=_("The rule that every page shows beside its author and source."),
    )

    select_related = ("emblem",)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("emblem")],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("governing_body"),
                FieldPanel("standing_agency"),
                FieldPanel("responsible_person"),
            ],
            heading=_("Responsibility"),
        ),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email")],
            heading=_("Contacts"),
        ),
        MultiFieldPanel(
            [FieldPanel("citation_rule"), FieldPanel("citation_phrases")],
            heading=_("Citation and reuse"),
        ),
    ]

    class Meta:
        verbose_name = _("portal settings")

    @property
    def citation_phrase_list(self) -> list[str]:
        return [line.strip() for line in self.citation_phrases.splitlines() if line.strip()]
