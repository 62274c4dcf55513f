"""Which sites may show a page of the portal in a frame: those of the settings, and only sections.

Every other page keeps what the site says of itself: ``X-Frame-Options``, ``frame-ancestors``.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse

POLICY = "wagtail_pbgdpl.face.security_policy.PolicyMiddleware"
SELF = "'self'"


def allow_frames(response: HttpResponse, origins: Iterable[str]) -> HttpResponse:
    """Let the sites of ``origins``, and the portal itself, show the response in a frame."""
    ancestors = [SELF, *origins]
    # Browsers that know ``frame-ancestors`` leave the older header aside; it could name one site.
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    if POLICY in settings.MIDDLEWARE:
        # As django-csp's ``csp_replace`` does, which production alone has.
        response._csp_replace = {"frame-ancestors": ancestors}  # type: ignore[attr-defined]
    else:
        response.headers["Content-Security-Policy"] = f"frame-ancestors {' '.join(ancestors)}"
    return response
