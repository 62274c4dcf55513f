"""The contact data of who sent something in: behind a purpose; every first look is written down.

Clauses: Luật 91/2025/QH15; BK18 Điều 6.1b (Q7, R11, R12).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ..core.accounts import AdminRequest, User
from ..matters import record
from ..matters.models import Matter

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


def contact_page(request: AdminRequest, matter: Matter, sender: Any) -> HttpResponse:
    """Show how ``sender`` of a case is reached to who says once what for.

    Whoever calls it has asked whether the person sees ``matter``.
    """
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        record.note(matter, LOOKED, request.user, reason=form.cleaned_data["purpose"])
        return redirect(request.path)
    context = {
        "number": sender.number,
        "matter": matter,
        "form": form,
        "rows": _rows(sender) if has_said(request.user, matter) else None,
    }
    response = TemplateResponse(request, "wagtail_pbgdpl/admin/contact.html", context)
    response["Cache-Control"] = "no-store"
    return response


def has_said(user: User, matter: Matter) -> bool:
    """Whether the user said once what the contact data of this case are needed for."""
    return matter.events.filter(move=LOOKED, by=user.pk).exists()


def _rows(sender: Any) -> list[tuple[str, str]]:
    named = [(sender._meta.get_field(name), getattr(sender, name)) for name in FIELDS]
    return [(str(getattr(field, "verbose_name", "")), value) for field, value in named]
