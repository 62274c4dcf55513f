"""The contact data of an asker (Q7, R11, R12: Luật 91/2025/QH15; BK18 Điều 6.1b)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from ..core.accounts import AdminRequest
from ..desk.contact import FIELDS, LOOKED, contact_page, has_said
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from .models import Question

__all__ = ["FIELDS", "LOOKED", "contact", "has_said"]


def contact(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the contact data to who sees the case and says once what for."""
    question = get_object_or_404(Question, pk=pk, erased_at=None)
    # A guessed number, another unit's case: neither is there (R11).
    matter: Matter = get_object_or_404(
        seen_by(request.user), kind=question.kind, subject=question.pk
    )
    return contact_page(request, matter, question)
