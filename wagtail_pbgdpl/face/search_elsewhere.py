"""The page that shows what other sites of the province find for the same words (I4).

It is asked for by a link, so own results never wait for it, and words leave the portal only where
somebody wishes it. Who searches is not told: the portal asks in its own name.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ..content.search_results import LONGEST_QUERY, WORDS, passes
from ..content.services import TOO_MANY
from ..core.flood import FloodGate
from ..core.text import nfc
from ..sources import searching
from .frame import frame

TEMPLATE = "wagtail_pbgdpl/pages/search_elsewhere.html"
SECONDS = 300
# For each process and minute: each may keep a worker for seconds.
gate = FloodGate(limit=15, limit_of_all=60, share=2)


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Show what each site found, or why it does not answer; 429 where too much is asked."""
    words = nfc(request.GET.get(WORDS, "")[:LONGEST_QUERY]).replace("\x00", "").strip()
    is_refused = bool(words) and not passes(request, gate)
    context = {
        **frame(request),
        "query": words,
        "is_refused": is_refused,
        "sites": [] if is_refused else searching.search(words),
    }
    response = render(request, TEMPLATE, context, status=TOO_MANY if is_refused else 200)
    patch_cache_control(response, private=True, max_age=0 if is_refused else SECONDS)
    return response
