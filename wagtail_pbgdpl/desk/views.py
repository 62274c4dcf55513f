"""What is owed, in the Wagtail admin: entered, looked at, given up (R11, R12, T1–T11)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..authority.reach import Reach, reach_of
from ..core.accounts import AdminRequest
from ..matters import obligations
from ..matters.history import history_of
from ..matters.models import Matter
from ..matters.timeliness import visible_to
from ..regulations.active import category_name
from ..worktime import moment
from .forms import GiveUpForm, OwedForm, TakeUpForm
from .panels import of_row

SEEN_WITH = "wagtail_pbgdpl.view_matter"


def owe(request: AdminRequest) -> HttpResponse:
    """Enter something that must be published; say when it is due."""
    reach = reach_of(request.user)
    if not reach:
        raise PermissionDenied
    form = OwedForm(request.POST if request.method == "POST" else None, reach=reach)
    if request.method == "POST" and form.is_valid():
        try:
            row, is_new = form.enter(by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            _say(request, row, is_new)
            return redirect("pbgdpl_ledger_entry", row.pk)
    context = {"form": form, "media": form.media, **_heading(_("Enter what is owed"))}
    context |= {
        "action_url": reverse("pbgdpl_owe"),
        "submit_button_label": _("Enter"),
        "submit_button_active_label": _("Entering…"),
    }
    return TemplateResponse(request, "wagtail_pbgdpl/admin/owe.html", context)


def entry(request: AdminRequest, pk: int) -> HttpResponse:
    """Show a row with its clock and its history, to those who may see it (R11, R12)."""
    row = visible_row(request, pk)
    reach = reach_of(request.user)
    waits = may_take_up(row, reach)
    context = {
        **_heading(capfirst(str(Matter._meta.verbose_name))),
        **of_row(row),
        "category": category_name(row.category),
        "start": row.start,
        "history": history_of(row),
        "take_up_form": TakeUpForm(row=row, user=request.user) if waits else None,
        "may_give_up": row.is_open and reach.as_board(row.category),
    }
    return TemplateResponse(request, "wagtail_pbgdpl/admin/ledger_entry.html", context)


def give_up(request: AdminRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then close an open row without publication; the board alone."""
    row = visible_row(request, pk)
    if not reach_of(request.user).as_board(row.category):
        raise PermissionDenied
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            obligations.give_up(row, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The entry is closed without publication."))
        return redirect("pbgdpl_ledger_entry", row.pk)
    context = {"form": form, "row": row, **_heading(_("Give up"), row)}
    return TemplateResponse(request, "wagtail_pbgdpl/admin/give_up.html", context)


def visible_row(request: AdminRequest, pk: int) -> Matter:
    """Return the row. Raises ``PermissionDenied``, or ``Http404`` where it is not theirs to see."""
    if not request.user.has_perm(SEEN_WITH):
        raise PermissionDenied
    rows = visible_to(request.user).select_related("unit", "closed_by")
    row: Matter = get_object_or_404(rows, pk=pk)
    return row


def may_take_up(row: Matter, reach: Reach) -> bool:
    """Whether a draft may still become what is owed, by the hand of who has ``reach``."""
    return row.is_open and row.subject is None and reach.covers(row.category, row.unit_id)


def _say(request: AdminRequest, row: Matter, is_new: bool) -> None:
    if not is_new:
        messages.warning(request, _("This is in the ledger already; it was not entered twice."))
    elif not row.clause:
        messages.success(request, _("Entered. No time limit governs it."))
    elif row.due_at is None:
        messages.success(request, _("Entered. It is to be published at once."))
    else:
        messages.success(
            request, _("Entered. It is due at %(moment)s.") % {"moment": moment(row.due_at)}
        )


def _heading(title: str, row: Matter | None = None) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("pbgdpl_ledger"), "label": _("Ledger of publication")},
    ]
    if row is not None:
        crumbs.append({"url": reverse("pbgdpl_ledger_entry", args=[row.pk]), "label": row.title})
    return {
        "breadcrumbs_items": [*crumbs, {"url": "", "label": title}],
        "header_title": title,
        "page_title": title,
        "header_icon": "time",
    }
