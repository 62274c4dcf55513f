"""The search at one fixed address, for the box of every page: it is always there (C14)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..content.search_results import search_context, suggestions
from ..content.services import TOO_MANY, SearchMixin
from ..core.discovery import root_model
from ..regulations.active import get_regulation
from ..serving import conditional
from ..serving.process_cache import of_version
from ..site.languages import translated_settings
from ..site.portal import PortalSettings
from .frame import frame, portal_of

TEMPLATE = "wagtail_pbgdpl/pages/search_page.html"
OPENSEARCH = "application/opensearchdescription+xml"
A_DAY = 86_400
# Seconds that a browser need not ask again for the same letters.
SECONDS = 300


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was found; 429 where too much is asked."""
    if not request.GET and (page := _page_here(request)) is not None:
        return page.serve(request)
    context = {**frame(request), **search_context(request)}
    status = TOO_MANY if context["search"].is_refused else 200
    return render(request, TEMPLATE, context, status=status)


def _page_here(request: HttpRequest) -> Any:
    """Return the page of the search where somebody gave it this very address."""
    portal = portal_of(request)
    key = portal and of_version(("search.page", portal.pk), lambda: _first_below(portal))
    page = key and root_model(SearchMixin)._default_manager.live().public().filter(pk=key).first()
    address = page and page.get_url(request)
    return page.specific if address and urlsplit(address).path == request.path else None


def _first_below(portal: Any) -> Any:
    pages = root_model(SearchMixin)._default_manager.live().public().descendant_of(portal)
    return pages.values_list("pk", flat=True).first()


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return ``[typed, [titles]]``, as browsers ask for it (OpenSearch suggestions).

    429 with none where too much is asked. What is typed is neither stored nor logged here.
    """
    typed = request.GET.get("q", "")[:200]
    titles = suggestions(request)
    response = JsonResponse(
        [typed, titles or []], safe=False, status=200 if titles is not None else TOO_MANY
    )
    if titles is None:
        patch_cache_control(response, no_store=True)
    else:
        patch_cache_control(response, private=True, max_age=SECONDS)
    return response


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
        "suggest": request.build_absolute_uri(reverse("wagtail_pbgdpl:search_suggest")),
    }
    response = render(request, "wagtail_pbgdpl/opensearch.xml", context, OPENSEARCH)
    return conditional.answer(request, response, A_DAY)
