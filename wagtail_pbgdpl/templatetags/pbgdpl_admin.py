"""What the admin shows of the portal around its pages."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import Site

from ..regulations import RegulationError
from ..serving.process_cache import remembered
from ..site.portal import PortalSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_brand(context: template.Context) -> PortalSettings:
    """The portal whose admin this is, at most a minute old; an empty one where no site answers, or
    no regulation holds."""
    request = context.get("request")
    if request is None:
        return PortalSettings()
    site = Site.find_for_request(request)
    if site is None:
        return PortalSettings()
    try:
        return remembered(("brand", site.pk), lambda: _brand(site), seconds=60)
    except RegulationError:
        return PortalSettings()


def _brand(site: Site) -> PortalSettings:
    portal: PortalSettings = PortalSettings.for_site(site).as_shown()
    return portal


@register.simple_tag
def way_here(title: str) -> list[dict[str, str]]:
    """The way to what somebody decides on, for Wagtail's breadcrumbs: home, what waits, the title.

    What waits leads nowhere from its own page.
    """
    waiting = gettext("What waits for me")
    places = [(reverse("wagtailadmin_home"), gettext("Home"))]
    if title != waiting:
        places.append((reverse("pbgdpl_waiting"), waiting))
    return [{"url": url, "label": label} for url, label in [*places, ("", title)]]
