"""The API put together: what rooms have registered, the addresses, the OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, re_path, reverse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from ..face.frame import frame
from . import content, others
from .answering import answered
from .description import VERSION, chapters, document
from .kinds import routers
from .problems import PROBLEMS, Problem, answer

TEMPLATE = "wagtail_pbgdpl/api/description.html"


class Renderer(JSONRenderer):
    """Vietnamese as it is read, in UTF-8."""

    media_type = "application/json"
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


api = NinjaAPI(
    title="PBGDPL",
    version=VERSION,
    urls_namespace="pbgdpl",
    # Its pages ask other hosts for scripts.
    docs_url=None,
    openapi_url=None,
    renderer=Renderer(),
)
api.add_router("", content.router)
api.add_router("", others.router)
for router in routers():
    api.add_router("", router)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    names = {str(one["loc"][-1]) for one in error.errors}
    return answer(request, Problem("bad-parameter", ", ".join(sorted(names))))


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Any) -> HttpResponse:
    # The views beside these answer in the same way.
    raise error


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Any) -> HttpResponse:
    raise error


@answered
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document, in Vietnamese."""
    text = json.dumps(document(api, _here(request), content.PLURALS), ensure_ascii=False)
    return HttpResponse(text, content_type="application/json")


@answered
def docs(request: HttpRequest) -> HttpResponse:
    """What the OpenAPI document says, as a page of the portal."""
    here = _here(request)
    context = {
        **frame(request),
        "here": here,
        "chapters": chapters(document(api, here, content.PLURALS)),
        "problems": PROBLEMS,
    }
    return render(request, TEMPLATE, context)


@answered
def unknown(request: HttpRequest) -> HttpResponse:
    raise Problem("no-such-address")


def _here(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("wagtail_pbgdpl:api:index"))


def urlpatterns() -> list[URLPattern]:
    """Return the addresses below that of the API."""
    found = []
    operations: list[Any] = api.urls[0]
    for pattern in operations:
        # The way back to an address is by the name of its operation.
        if pattern.name != "api-root":
            view = answered(pattern.callback)
            found.append(URLPattern(pattern.pattern, view, name=pattern.name))
    return [
        *found,
        path("openapi.json", openapi, name="openapi"),
        path("docs/", docs, name="docs"),
        re_path("", unknown),
    ]
