"""The portal around a page that is not in the page tree: an error, a statement."""

from __future__ import annotations

import copy
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site

from ..conf import settings
from ..content.indexes import PortalMixin
from ..core.discovery import root_model
from ..serving.process_cache import of_version
from ..site.ancestors import read_way
from ..site.languages import translated_settings
from ..site.portal import PortalSettings
from ..site.sites import site_of


def portal_of(request: HttpRequest) -> Any:
    """Return the site's portal page in the active language, or ``None`` where it has none.

    At most a second old: it only stands around what was asked for.
    """
    site = site_of(request)
    if site is None:
        return None
    found = of_version(("frame", site.pk, get_language()), lambda: _portal_of(site))
    return copy.copy(found)


def _portal_of(site: Site) -> Any:
    portals = root_model(PortalMixin)._default_manager.live()
    below = portals.descendant_of(site.root_page.localized, inclusive=True)
    portal = below.order_by("path").first()
    if portal is not None:
        portal.take_way(portal, read_way(portal))
    return portal


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the base template needs beside the content."""
    context: dict[str, Any] = {"base_template": settings.BASE_TEMPLATE}
    portal_page = portal_of(request)
    if portal_page is not None:
        context["portal"] = translated_settings(PortalSettings.for_request(request), portal_page)
        context.update(portal_page._navigation())
    return context
