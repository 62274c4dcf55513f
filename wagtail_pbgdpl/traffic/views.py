"""The two addresses that the script of public pages talks to. Neither reads or sets a cookie."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from .buffer import buffer
from .figures import public_figures, seconds_fresh
from .flood import gate
from .pages import category_of
from .visitors import is_reader

LONGEST_BODY = 200  # bytes
FORM = "application/x-www-form-urlencoded"


# Nothing here belongs to a visitor, so there is nothing that another site could forge for one.
@csrf_exempt
@require_POST
@never_cache
def beacon(request: HttpRequest) -> HttpResponse:
    """Count ``page`` (a number) as read (``view=1``), as being read (``beat=1``) or both.

    Answers 204 whether it was counted or not, 400 to a form that the script does not send and 429
    to a flood.
    """
    if request.content_type != FORM or _length(request) > LONGEST_BODY:
        return HttpResponse(status=400)
    number = request.POST.get("page", "")
    view, beat = request.POST.get("view") == "1", request.POST.get("beat") == "1"
    if not (number.isascii() and number.isdecimal() and (view or beat)):
        return HttpResponse(status=400)
    page_id = int(number)
    category = category_of(page_id) if is_reader(request.headers) else None
    if category is None:
        return HttpResponse(status=204)
    if not gate.passes(page_id):
        return HttpResponse(status=429)
    buffer.count(page_id, category, view=view, beat=beat)
    return HttpResponse(status=204)


def _length(request: HttpRequest) -> int:
    """Return the announced length; a body of unknown length counts as too long."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else LONGEST_BODY + 1


@require_safe
def figures(request: HttpRequest) -> JsonResponse:
    """The figures that everybody may see, a minute old at most for the server's part."""
    response = JsonResponse(asdict(public_figures()))
    patch_cache_control(response, public=True, max_age=seconds_fresh())
    return response
