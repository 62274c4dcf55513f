"""The stylesheet with the colours of the portal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .appearance import stylesheet, version
from .portal import PortalSettings

A_YEAR = 31_536_000


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the site's portal; kept for a year under the address of its version."""
    portal = PortalSettings.for_request(request)
    response = HttpResponse(stylesheet(portal), content_type="text/css; charset=utf-8")
    current = request.GET.get("v") == version(portal)
    response["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if current else "public, max-age=60"
    )
    return response
