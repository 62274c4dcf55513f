"""One fixed address for the search box of every page, so that no page has to look for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..content.services import SearchMixin
from ..core.discovery import root_model
from ..regulations.active import get_regulation
from ..serving import conditional
from ..site.languages import translated_settings
from ..site.portal import PortalSettings
from .frame import portal_of

OPENSEARCH = "application/opensearchdescription+xml"
A_DAY = 86_400


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lead on to the portal's search page. Raises ``Http404`` where there is none."""
    portal = portal_of(request)
    pages = root_model(SearchMixin)._default_manager.live().public()
    # A language without a search page of its own is better served by another than by none.
    page = portal and (pages.descendant_of(portal).first() or pages.first())
    address = page and page.get_url(request)
    if not address:
        raise Http404(_("This portal has no search page."))
    if urlsplit(address).path == request.path:
        # Somebody gave the page this very address.
        return page.specific.serve(request)
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """Tell browsers how to search the portal from their address bar (OpenSearch 1.1)."""
    portal = translated_settings(PortalSettings.for_request(request), portal_of(request))
    name = portal.name or get_regulation().portal.name
    context = {
        # No longer than the format lets it be.
        "short_name": (portal.short_name or name)[:16].strip(),
        "name": name[:1024],
        "language": get_language(),
        "icon": request.build_absolute_uri(static("wagtail_pbgdpl/icon.svg")),
        "search": request.build_absolute_uri(reverse("wagtail_pbgdpl:search")),
    }
    response = render(request, "wagtail_pbgdpl/opensearch.xml", context, OPENSEARCH)
    return conditional.answer(request, response, A_DAY)
