"""How many questions of the public were received, answered and in time (Q2, P3).

Clauses: BK21 Điều 12.1c; BP20 Điều 18.5.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..questions import figures
from ..serving.page_cache import mark_public
from .frame import frame

TEMPLATE = "wagtail_pbgdpl/pages/question_figures.html"
# They change with each question; an hour late does no harm.
SECONDS = 3600


@require_safe
@cache_control(public=True, max_age=SECONDS)
def question_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of twelve months, each in all and unit by unit."""
    context = {**frame(request), "months": figures.public()}
    return mark_public(render(request, TEMPLATE, context))
