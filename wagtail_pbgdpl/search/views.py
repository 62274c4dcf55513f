"""The address that the script of a form asks for answers that look like what somebody types.

The text is neither stored nor logged here, nor kept by caches that several people share. The script
sends it without accents and without numbers; a server in front may still write addresses down.
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ..core.flood import FloodGate
from ..intake.addresses import UNKNOWN, address_of
from .alike import LONGEST_TEXT, alike

TEXT = "q"
SHOWN = 5
# Seconds that a browser need not ask again for the same text.
SECONDS = 60
# Fewer letters tell nothing.
SHORTEST = 8
# For each process and minute; an office may stand behind one address.
gate = FloodGate(limit=240, limit_of_all=1200, share=20)
# Where a server in front hides addresses, everybody looks alike.
gate_of_unknown = FloodGate(limit=1200, limit_of_all=1200, share=0)


@require_safe
def look_alikes(request: HttpRequest) -> JsonResponse:
    """Return ``{"answers": [{"title", "address"}]}``, at most ``SHOWN`` of them, nearest first.

    429 with none where too much is asked. Of longer texts the first ``LONGEST_TEXT`` letters count.
    """
    text = request.GET.get(TEXT, "").replace("\x00", "")[:LONGEST_TEXT].strip()
    if len(text) < SHORTEST:
        return _answer([])
    address = address_of(request)
    if not (gate_of_unknown if address == UNKNOWN else gate).passes(address):
        response = JsonResponse({"answers": []}, status=429)
        patch_cache_control(response, no_store=True)
        return response
    found = alike(text, SHOWN)
    return _answer([{"title": one.title, "address": one.address} for one in found])


def _answer(answers: list[dict[str, str]]) -> JsonResponse:
    response = JsonResponse({"answers": answers})
    patch_cache_control(response, private=True, max_age=SECONDS)
    return response
