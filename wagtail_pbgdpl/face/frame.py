"""The portal around a page that is not in the page tree: an error, a statement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from ..conf import settings
from ..content.indexes import PortalMixin
from ..core.discovery import root_model
from ..site.languages import translated_settings
from ..site.portal import PortalSettings


def portal_of(request: HttpRequest) -> Any:
    """Return the site's portal page in the active language, or ``None`` where it has none."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    portals = root_model(PortalMixin)._default_manager.live()
    return portals.descendant_of(site.root_page.localized, inclusive=True).order_by("path").first()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the base template needs beside the content."""
    context: dict[str, Any] = {"base_template": settings.BASE_TEMPLATE}
    portal_page = portal_of(request)
    if portal_page is not None:
        context["portal"] = translated_settings(PortalSettings.for_request(request), portal_page)
        context.update(portal_page._navigation())
    return context
