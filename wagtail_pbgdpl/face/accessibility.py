"""The accessibility statement of the portal (I8: Thông tư 22/2023/TT-BTTTT)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .frame import frame

TEMPLATE = "wagtail_pbgdpl/pages/accessibility_statement.html"


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """What the portal does so that everybody can use it, and whom to tell where it fails."""
    return render(request, TEMPLATE, frame(request))
