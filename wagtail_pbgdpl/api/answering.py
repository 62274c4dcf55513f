"""How the API answers, whatever is asked: switched on, in measure, to everybody, by ETag.

No cookie is read or set, and any page of any origin may read.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from ..conf import settings
from ..core.flood import FloodGate
from ..intake.addresses import UNKNOWN, address_of
from ..serving.etag import etag_of
from . import problems, schemas
from .problems import Problem

METHODS = "GET, HEAD, OPTIONS"
#: What each operation may answer beside 200.
ERRORS: dict[int, Any] = dict.fromkeys((400, 404, 410, 429, 500), schemas.Problem)
LANGUAGE = "vi"
# Where a server in front hides addresses, everybody looks alike.
UNKNOWN_COUNT_AS = 10

gate, gate_of_unknown = FloodGate(), FloodGate()
logger = logging.getLogger("django.request")

View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """Answer by a view of the API, or by a page beside it."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(LANGUAGE):
            response = _answer(view, request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    # Nothing is written here, and a form token would be a cookie.
    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        if not settings.API_ON:
            raise Problem("switched-off")
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in ("GET", "HEAD"):
            raise Problem("method-not-allowed")
        _measure(request)
        _refuse_what_no_database_takes(request)
        return _fresh(request, _asked(view, request, *args, **kwargs))
    except Problem as problem:
        return _refused(request, problem)
    except Exception:
        logger.exception("The API failed: %s", request.path)
        return _refused(request, Problem("error"))


def _asked(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    method, request.method = request.method, "GET"
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = method
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _measure(request: HttpRequest) -> None:
    address = address_of(request)
    gate.limit = settings.API_PER_MINUTE
    gate_of_unknown.limit = UNKNOWN_COUNT_AS * settings.API_PER_MINUTE
    if not (gate_of_unknown if address == UNKNOWN else gate).passes(address):
        raise Problem("too-many-requests")


def _refuse_what_no_database_takes(request: HttpRequest) -> None:
    for name, values in request.GET.lists():
        if "\x00" in name or any("\x00" in value for value in values):
            raise Problem("bad-parameter", "NUL")
        if len(values) > 1:
            raise Problem("bad-parameter", name[:60])


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    response = problems.answer(request, problem)
    if problem.code == "method-not-allowed":
        response.headers["Allow"] = METHODS
    if problem.code == "too-many-requests":
        response.headers["Retry-After"] = str(60 - timezone.now().second)
    patch_cache_control(response, no_store=True)
    return response if request.method != "HEAD" else _without_content(response)


def _fresh(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a consumer keep the answer, and ask each time whether it is still the same."""
    if response.status_code != 200:
        return response
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["ETag"] = etag = etag_of(response.content)
    found: Any = get_conditional_response(request, etag=etag, response=response)
    return _without_content(found) if request.method == "HEAD" else found


def _without_content(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Length"] = str(len(response.content))
    response.content = b""
    return response
