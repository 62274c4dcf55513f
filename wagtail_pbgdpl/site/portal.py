"""The portal's identity, as citizens see it on every page."""

from __future__ import annotations

import copy
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.images import get_image_model_string
from wagtail.models import Site

from ..core.fields import NFCCharField, NFCTextField
from ..serving.process_cache import of_version
from .appearance import validate_hex_colour, validate_readable, version
from .laid_down import LaidDownPanel, laid_down
from .origins import origins_in, validate_origins
from .portal_form import PortalSettingsForm


class PortalSettings(BaseSiteSetting):
    """Name, contacts and citation phrases of one site's portal.

    What the effective regulation lays down of them (``laid_down``) is shown in its words, whatever
    stands in the row; contacts, colours and the emblem are the editors', since they change without
    a decision of the committee. ``pbgdpl_setup`` fills the row once.
    Clauses: BK21 Điều 1.1, Điều 3, Điều 9.1, Điều 11.1, Điều 20.2a; BP20 Điều 5.10 (S4);
    LC19 mục II.3, II.5 (I3, I10).
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
    primary_color = models.CharField(
        _("main colour"),
        max_length=7,
        blank=True,
        validators=[validate_hex_colour, validate_readable],
        help_text=_("Of the menu and of links, such as #0f4c81; empty for the theme's own."),
    )
    accent_color = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[validate_hex_colour, validate_readable],
        help_text=_("Of headings and marks, such as #a61b1b; empty for the theme's own."),
    )
    facebook_url = models.URLField(_("page on Facebook"), blank=True)
    youtube_url = models.URLField(_("channel on YouTube"), blank=True)
    zalo_url = models.URLField(_("account on Zalo"), blank=True)
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

    embedding_hosts = NFCTextField(
        _("sites that may show sections"),
        blank=True,
        validators=[validate_origins],
        help_text=_(
            "Sites of the province, of units and communes that may show sections of the portal in "
            "their pages, one a line, such as https://www.backan.gov.vn; *. stands for all below "
            "a domain. No other site may."
        ),
    )

    select_related = ("emblem",)

    #: The language of the texts, where the page around them is in another one.
    language = ""

    base_form_class = PortalSettingsForm
    panels = [
        LaidDownPanel(heading=_("Laid down by the regulation")),
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("emblem")],
            heading=_("Identity"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("primary_color"), FieldPanel("accent_color")])],
            heading=_("Colours"),
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
            [FieldPanel("facebook_url"), FieldPanel("youtube_url"), FieldPanel("zalo_url")],
            heading=_("Social networks"),
        ),
        MultiFieldPanel(
            [FieldPanel("citation_rule"), FieldPanel("citation_phrases")],
            heading=_("Citation and reuse"),
        ),
        MultiFieldPanel([FieldPanel("embedding_hosts")], heading=_("Sections on other sites")),
    ]

    class Meta:
        verbose_name = _("portal settings")

    @classmethod
    def for_request(cls, request: Any) -> Self:
        """The settings of the request's site as visitors read them, at most a second old.

        The editor reads the row of its own. Raises ``DoesNotExist`` where no site answers.
        """
        name = cls.get_cache_attr_name()
        if not hasattr(request, name):
            site = Site.find_for_request(request)
            key = ("settings", site.pk if site else None)
            found = of_version(key, lambda: cls.for_site(site).as_shown())
            # Wagtail hangs the request on what it returns; other requests share the original.
            settings = copy.copy(found)
            settings._request = request
            setattr(request, name, settings)
        return getattr(request, name)

    def as_shown(self) -> Self:
        """Return them in the words of the regulation, where that has any."""
        shown = copy.copy(self)
        for name, one in laid_down().items():
            setattr(shown, name, one.text)
        return shown

    @property
    def theme_version(self) -> str:
        """What the address of the stylesheet with the colours ends in; empty where none is set."""
        return version(self)

    @property
    def social_networks(self) -> list[tuple[str, str]]:
        """The portal's own pages elsewhere, as pairs of name and address (LC19 mục II.7; I5)."""
        found = {
            "Facebook": self.facebook_url,
            "YouTube": self.youtube_url,
            "Zalo": self.zalo_url,
        }
        return [(name, address) for name, address in found.items() if address]

    @property
    def embedding_origins(self) -> list[str]:
        """The sites that may show sections of the portal in a frame (I3, I10)."""
        return origins_in(self.embedding_hosts)

    @property
    def citation_phrase_list(self) -> list[str]:
        return [line.strip() for line in self.citation_phrases.splitlines() if line.strip()]
