"""Which site of Wagtail a request is for, at most a second old."""

from __future__ import annotations

from typing import Any

from wagtail.models import Site

from ..serving.process_cache import of_version


def site_of(request: Any) -> Site | None:
    """Return the site of a request, and leave it where Wagtail looks for it first."""
    if not hasattr(request, "_wagtail_site"):
        request._wagtail_site = of_version(
            ("site", request.get_host(), request.get_port()),
            lambda: Site.find_for_request(request),
        )
    if not hasattr(request, "_wagtail_cached_site_root_paths"):
        # Else the shared cache is asked for it at each request.
        request._wagtail_cached_site_root_paths = of_version(
            "site root paths", Site.get_site_root_paths
        )
    found: Site | None = request._wagtail_site
    return found
