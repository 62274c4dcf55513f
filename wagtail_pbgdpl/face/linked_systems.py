"""How the linked systems do, in words for the public (C13, I1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..serving.page_cache import mark_public
from ..sources import health
from .frame import frame

TEMPLATE = "wagtail_pbgdpl/pages/linked_systems.html"


@require_safe
def linked_systems(request: HttpRequest) -> HttpResponse:
    """Show every system that is switched on; it asks none of them."""
    context = {**frame(request), "systems": health.linked_systems()}
    return mark_public(render(request, TEMPLATE, context))
