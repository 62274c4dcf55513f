"""What goes wrong at the API, as ``application/problem+json`` (RFC 9457) with a stable code."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText

MEDIA_TYPE = "application/problem+json"


class Said(NamedTuple):
    status: int
    title: LazyText


#: By code. Programs go by the code: it stays, whatever the words.
PROBLEMS: dict[str, Said] = {
    "bad-parameter": Said(400, _("A parameter has a value that it cannot have.")),
    "unknown-parameter": Said(400, _("There is no such parameter.")),
    "bad-cursor": Said(400, _("The cursor is not one of this portal.")),
    "other-cursor": Said(400, _("The cursor belongs to another list, or to other filters.")),
    "not-found": Said(404, _("There is no such object, or it is not public.")),
    "no-such-address": Said(404, _("There is no such address at this API.")),
    "switched-off": Said(404, _("This portal offers no API.")),
    "method-not-allowed": Said(405, _("The API is for reading only: GET, HEAD and OPTIONS.")),
    "cursor-expired": Said(
        410, _("The log was brought back from a copy: read everything anew, without a cursor.")
    ),
    "too-many-requests": Said(429, _("Too many requests; please wait until the next minute.")),
    "error": Said(500, _("The portal made a mistake. Please try again later.")),
}


class Problem(Exception):
    """Raised where a request cannot be answered. ``detail``: what exactly, in Vietnamese."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = str(detail)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    said = PROBLEMS[problem.code]
    values: dict[str, Any] = {
        "type": f"{request.build_absolute_uri(reverse('wagtail_pbgdpl:api:docs'))}#{problem.code}",
        "title": str(said.title),
        "status": said.status,
        "code": problem.code,
        "detail": problem.detail or str(said.title),
    }
    content = json.dumps(values, ensure_ascii=False)
    return HttpResponse(content, status=said.status, content_type=MEDIA_TYPE)
