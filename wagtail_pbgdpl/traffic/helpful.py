"""«Câu trả lời này có giúp ích không?»: two buttons below an answer, which know no reader.

The answer's page is the same for everybody and has no form token; there is nothing that another
site could forge for a reader. Who presses again on the same day is thanked and not counted: a cache
remembers until midnight a digest of address, browser and page, under a key that is thrown away with
the day. No table, log or cookie holds any of it.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import math
import secrets
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..content.answers import AnswerMixin
from ..core.discovery import concrete_models
from ..face.frame import frame
from ..intake.addresses import UNKNOWN, address_of
from ..serving.listing import public
from ..worktime.active import today
from ..worktime.calendar import VIETNAM
from .flood import FloodGate
from .pages import HIGHEST_ID
from .store import add_opinion
from .visitors import is_reader

TEMPLATE = "wagtail_pbgdpl/pages/helpful_thanks.html"
CHOICES = {"1": True, "0": False}
_KEY = "pbgdpl:helpful"
# For each process and minute; of one answer, of all, and of one answer once all have had theirs.
gate = FloodGate(limit=60, limit_of_all=600, share=6)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def press(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count ``helpful`` (1 or 0) for an answer, and lead to the page of thanks.

    400 to anything else. Whoever follows the address is led to the answer. Raises ``Http404`` where
    there is no such answer for everybody.
    """
    answer = _answer(page_id)
    if request.method != "POST":
        return redirect(answer.get_url(request))
    if request.POST.get("helpful") not in CHOICES:
        return HttpResponse(status=400)
    if is_reader(request.headers) and _is_first(request, answer) and gate.passes(answer.pk):
        add_opinion(today(), answer.pk, is_helpful=CHOICES[request.POST["helpful"]])
    return redirect("wagtail_pbgdpl:helpful_thanks", page_id=answer.pk)


@require_safe
def thanks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Thank the reader, and lead back. Raises ``Http404`` as ``press`` does."""
    answer = _answer(page_id)
    return render(request, TEMPLATE, frame(request) | {"answer": answer})


def _answer(page_id: int) -> Any:
    if page_id <= HIGHEST_ID:
        for model in concrete_models(AnswerMixin):
            if found := public(model._default_manager.filter(pk=page_id)).first():
                return found
    raise Http404(_("There is no such answer."))


def _is_first(request: HttpRequest, answer: Any) -> bool:
    """Whether nobody with this address and browser gave an opinion on the answer today."""
    address = address_of(request)
    if address == UNKNOWN:
        # Everybody would look alike; the gate alone must do.
        return True
    now = timezone.now().astimezone(VIETNAM)
    tomorrow = datetime.datetime.combine(
        now.date() + datetime.timedelta(days=1), datetime.time(), VIETNAM
    )
    seconds = math.ceil((tomorrow - now).total_seconds())
    day = f"{_KEY}:{now:%Y%m%d}"
    secret: bytes = cache.get_or_set(day, lambda: secrets.token_bytes(32), seconds) or b""
    reader = repr((address, request.headers.get("User-Agent", ""), answer.pk))
    digest = hmac.new(secret, reader.encode(), hashlib.sha256).hexdigest()
    return bool(cache.add(f"{day}:{digest}", True, seconds))
