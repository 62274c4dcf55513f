"""The way from a request to the portal, which Wagtail asks the database for at each request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Site
from wagtail.views import serve

from ..core.base_page import base_page_model
from ..core.discovery import concrete_models, root_model
from ..media.views import keep_closed
from ..serving import site_version
from ..serving.process_cache import of_version
from .ancestors import read_way
from .home import HomeMixin
from .routing import route_below
from .sites import site_of


class PortalMiddleware:
    """Find the pages of the portal in fewer queries than Wagtail does. Stands last.

    A site without it works alike, a little slower.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        site_version.keep_up()
        response = self.get_response(request)
        keep_closed(request, response)
        return response

    def process_view(self, request: Any, view: Any, args: Sequence[Any], kwargs: Any) -> None:
        if view is not serve:
            return
        site = site_of(request)
        path = args[0] if args else kwargs["path"]
        slugs = [slug for slug in path.split("/") if slug]
        for above, portal in portals_of(site):
            if slugs[: len(above)] == above:
                try:
                    # Wagtail looks for its answer under this name first.
                    request._wagtail_route_for_request = route_below(
                        portal, request, slugs[len(above) :]
                    )
                except Http404:
                    request._wagtail_route_for_request = None
                return


def portals_of(site: Site | None) -> list[tuple[list[str], Any]]:
    """Return the portals of a site, the deepest first, each with the slugs that lead to it.

    Where a page above a portal has a way of routing of its own, the portal is left out. The list
    is shared and at most a second old.
    """
    if site is None:
        return []
    return of_version(("portals", site.pk, get_language()), lambda: _portals_of(site))


def _portals_of(site: Site) -> list[tuple[list[str], Any]]:
    found: list[tuple[list[str], Any]] = []
    if not concrete_models(HomeMixin):
        return found
    root = site.root_page.localized
    portals = root_model(HomeMixin)._default_manager.descendant_of(root, inclusive=True)
    for portal in portals.order_by("-depth").specific():
        way = read_way(portal)[root.depth - 1 :]
        if all(_routes_as_usual(page) for page in way[:-1]):
            found.append(([page.slug for page in way[1:]], portal))
    return found


def _routes_as_usual(page: Any) -> bool:
    model = page.specific_class
    return model is None or model.route in (base_page_model().route, HomeMixin.route)
