"""The contact data of an asker: behind a purpose, and every first look at a case is written down.

Clauses: Luật 91/2025/QH15; BK18 Điều 6.1b (Q7, R11, R12).
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ..core.accounts import AdminRequest
from ..matters import record
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from .models import Question

LOOKED = "looked"
#: What stands behind the wall.
FIELDS = ("full_name", "email", "phone", "postal_address")


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("What you need the contact data for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the history of the case, with your name."),
    )


def contact(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the contact data to who sees the case and says once what for."""
    question = get_object_or_404(Question, pk=pk, erased_at=None)
    # A guessed number, another unit's case: neither is there (R11).
    matter: Matter = get_object_or_404(
        seen_by(request.user), kind=question.kind, subject=question.pk
    )
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        record.note(matter, LOOKED, request.user, reason=form.cleaned_data["purpose"])
        return redirect(request.path)
    context = {
        "question": question,
        "matter": matter,
        "form": form,
        "rows": _rows(question) if has_said(request, matter) else None,
    }
    response = TemplateResponse(request, "wagtail_pbgdpl/admin/contact.html", context)
    response["Cache-Control"] = "no-store"
    return response


def has_said(request: AdminRequest, matter: Matter) -> bool:
    """Say whether the user has said what they need the contact data of the case for."""
    return matter.events.filter(move=LOOKED, by=request.user).exists()


def _rows(question: Question) -> list[tuple[str, str]]:
    named = [(question._meta.get_field(name), getattr(question, name)) for name in FIELDS]
    return [(str(getattr(field, "verbose_name", "")), value) for field, value in named]
