"""Pages for when something is wrong: not found, an error of the server, maintenance.

A site names the first two in its ``urls.py`` as ``handler404`` and ``handler500``.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ..conf import settings
from .frame import frame

NOT_FOUND = "wagtail_pbgdpl/errors/404.html"
SERVER_ERROR = "wagtail_pbgdpl/errors/500.html"
MAINTENANCE = "wagtail_pbgdpl/errors/maintenance.html"
# Seconds after which robots and browsers may ask again.
RETRY_AFTER = 600


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 inside the portal, with its search and its categories."""
    try:
        context = frame(request)
    except DatabaseError:
        return server_error(request)
    return render(request, NOT_FOUND, context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database, settings or context processors: any may be the cause."""
    return HttpResponse(render_to_string(SERVER_ERROR), status=500)


class MaintenanceMiddleware:
    """Answer 503 to everybody while the file named by the setting ``MAINTENANCE_FILE`` is there.

    The file is looked for at each request, so that it works at once in every process. Stands
    first in ``MIDDLEWARE``, before anything that touches the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (settings.MAINTENANCE_FILE and os.path.exists(settings.MAINTENANCE_FILE)):
            return self.get_response(request)
        response = HttpResponse(render_to_string(MAINTENANCE), status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response
