"""How many questions of the public were received, answered and in time (Q2, P3).

Clauses: BK21 Điều 12.1c; BP20 Điều 18.5.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
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
def question_figures(
    request: HttpRequest, year: int | None = None, month: int | None = None
) -> HttpResponse:
    """Show the figures of twelve months, and those of the units: of all of these, or of one.

    Raises ``Http404`` for a month that is none of them.
    """
    last = figures.last_months(timezone.now())
    day = next((one for one in last if (one.year, one.month) == (year, month)), None)
    if year is not None and day is None:
        raise Http404
    months = figures.of(figures.EVERYBODY, figures.MONTH)
    units = figures.of(figures.EVERYBODY, figures.UNIT, f"{day:%Y-%m}" if day else "")
    context = {
        **frame(request),
        "months": [row for row in months if not row.is_sum],
        "units": [row for row in units if row.about],
        "day": day,
    }
    return mark_public(render(request, TEMPLATE, context))
