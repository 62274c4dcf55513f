"""One fixed address for the search box of every page, so that no page has to look for it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..content.services import SearchMixin
from ..core.discovery import root_model
from .frame import portal_of


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
