"""The pages on which a second person confirms: what it is, and one button."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin import messages

from ..authority.quiet import changes_since
from ..authority.refusals import Refused
from ..authority.scope import scope_of
from ..changes.letters import sits_on_the_board
from ..changes.models import Change
from ..core.accounts import AdminRequest, User, users
from ..core.history import name_of
from ..organisation.models import Delegation, Period, Seat
from ..regulations.active import category_name
from ..worktime import moment
from ..worktime.active import today
from . import confirming

Lines = list[tuple[str, object]]


def delegation(request: AdminRequest, pk: int) -> HttpResponse:
    """Show a delegation to those who may read it; its delegator confirms it."""
    row = get_object_or_404(
        Delegation.objects.select_related("delegator__user", "delegate__user"), pk=pk
    )
    mine = request.user == row.delegator.user
    if not mine and not request.user.has_perm("wagtail_pbgdpl.view_delegation"):
        raise PermissionDenied
    refusal = confirming.why_not_delegation(request.user, row)
    if not refusal and not row.waits(today()):
        refusal = _("This delegation waits for no confirmation any more.")
    return _page(
        request,
        title=_("Confirm the delegation"),
        explanation=_(
            "The delegation is valid from the moment in which you confirm it. The delegate then "
            "acts for you on the days and in the categories that are named here."
        ),
        lines=[
            (_("Delegator"), row.delegator),
            (_("Delegate"), row.delegate),
            *_decision(row),
            *_days(row),
            (_("Categories"), _categories(row.categories) or _("all")),
        ],
        refusal=refusal,
        confirm=lambda seen: confirming.confirm_delegation(row.pk, request.user),
        done=_("The delegation is confirmed, and valid from now on."),
        back=reverse("pbgdpl_delegations:index") if not mine else reverse("wagtailadmin_home"),
    )


def seat(request: AdminRequest, pk: int) -> HttpResponse:
    """Show a seat on the board that waits; another member of the board confirms it."""
    if not _reads_the_board(request.user):
        raise PermissionDenied
    row = get_object_or_404(Seat.objects.select_related("user", "unit").of_the_board(), pk=pk)
    refusal = confirming.why_not_seat(request.user, row)
    if not refusal and not row.waits(today()):
        refusal = _("This seat waits for no confirmation any more.")
    return _page(
        request,
        title=_("Confirm the seat"),
        explanation=_(
            "Compare it with the decision on paper, and the e-mail address with the person. The "
            "seat gives its rights from the moment in which you confirm it."
        ),
        lines=[
            (_("Role"), row.role_name),
            (_("Person"), name_of(row.user)),
            (_("Username"), row.user.get_username()),
            (_("E-mail"), row.user.email),
            *_decision(row),
            *_days(row),
            (_("Categories"), _categories(row.categories)),
        ],
        refusal=refusal,
        confirm=lambda seen: confirming.confirm_seat(row.pk, request.user, seen=seen),
        done=_("The seat is confirmed, and holds on its days."),
        seen=confirming.as_shown(row),
    )


def login(request: AdminRequest, pk: int) -> HttpResponse:
    """Show how somebody of the board signs in since; another member of the board confirms it."""
    if not _reads_the_board(request.user):
        raise PermissionDenied
    person = get_object_or_404(users(), pk=pk)
    if not sits_on_the_board(person):
        raise PermissionDenied
    changes = changes_since(person.pk)
    refusal = confirming.why_not_login(request.user, person)
    if not refusal and not changes:
        refusal = _("Nothing of this person waits for confirmation any more.")
    return _page(
        request,
        title=_("Confirm how a member of the board signs in"),
        explanation=_(
            "Ask the person, not by e-mail, whether the change is theirs. From the moment in which "
            "you confirm it they approve and publish again; otherwise when the wait is over."
        ),
        lines=[
            (_("Person"), name_of(person)),
            (_("Username"), person.get_username()),
            (_("E-mail"), person.email),
            *((_changed(change), _details(change)) for change in changes),
        ],
        refusal=refusal,
        confirm=lambda seen: confirming.confirm_login(person, request.user, seen=seen),
        done=_("Confirmed. %(name)s may approve and publish again.") % {"name": name_of(person)},
        seen=str(changes[-1].pk) if changes else "",
    )


def _page(
    request: AdminRequest,
    *,
    title: str,
    explanation: str,
    lines: Lines,
    refusal: str,
    confirm: Callable[[str], object],
    done: str,
    seen: str = "",
    back: str = "",
) -> HttpResponse:
    """Show the page; on its button confirm, or say why not. Nothing but a POST changes anything."""
    if request.method == "POST":
        try:
            confirm(request.POST.get("seen", ""))
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect(request.path)
        messages.success(request, done)
        return redirect("wagtailadmin_home")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/confirm.html",
        {
            "title": title,
            "explanation": explanation,
            "lines": lines,
            "refusal": refusal,
            "seen": seen,
            "back": back or reverse("wagtailadmin_home"),
        },
    )


def _changed(change: Change) -> str:
    return _("Changed at %(moment)s by %(name)s") % {
        "moment": moment(change.at),
        "name": change.by_name or _("a program on the server"),
    }


def _details(change: Change) -> str:
    lines = (
        f"{label}: {before} → {after}" if before else f"{label}: {after}"
        for label, before, after in change.details
    )
    return "; ".join(lines)


def _reads_the_board(user: User) -> bool:
    """Whether addresses of colleagues are the user's to read: those of the board, a superuser."""
    return scope_of(user).everything


def _decision(row: Seat | Delegation) -> Lines:
    decided = row.decided_on
    return [
        (_("Number of the decision"), row.decision_number),
        (_("Date of the decision"), f"{decided:%d/%m/%Y}" if decided else ""),
    ]


def _days(row: Period) -> Lines:
    return [
        (pgettext("day", "From"), f"{row.starts_on:%d/%m/%Y}" if row.starts_on else ""),
        (_("Until"), f"{row.ends_on:%d/%m/%Y}" if row.ends_on else ""),
    ]


def _categories(codes: Iterable[str]) -> str:
    return ", ".join(category_name(code) for code in codes)
