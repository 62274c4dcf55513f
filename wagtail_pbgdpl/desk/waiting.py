"""«What waits for me», in full."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from ..core.accounts import AdminRequest
from ..matters.worklist import in_full, waiting_for

PER_PAGE = 50


def waiting(request: AdminRequest) -> HttpResponse:
    """List everything that waits for the user."""
    rows = waiting_for(request.user)
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    page.object_list = in_full(list(page.object_list))
    return TemplateResponse(
        request, "wagtail_pbgdpl/admin/waiting.html", {"rows": page, "now": timezone.now()}
    )
