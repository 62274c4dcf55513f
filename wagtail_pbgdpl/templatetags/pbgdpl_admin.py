"""What the admin shows of the portal around its pages."""

from __future__ import annotations

from django import template
from wagtail.models import Site

from ..regulations import RegulationError
from ..site.portal import PortalSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_brand(context: template.Context) -> PortalSettings | None:
    """The portal whose admin this is; ``None`` where no site answers, or no regulation holds."""
    request = context.get("request")
    if request is None:
        return None
    try:
        return PortalSettings.for_request(request)
    except (Site.DoesNotExist, PortalSettings.DoesNotExist, RegulationError):
        return None
