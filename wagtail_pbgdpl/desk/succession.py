"""Units are merged, renamed and divided in the admin: a form, what would come of it, and a press.

What is shown before is what was done and taken back; what is done on the press is the same, or
nothing (R5, R10, R12).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..core.accounts import AdminRequest, User
from ..core.history import name_of
from ..core.text import number_in
from ..matters import addresses
from ..matters.kinds import kind_named
from ..matters.models import Matter
from ..matters.publications import PUBLICATION
from ..organisation.admin import may_keep_units
from ..organisation.models import Seat, Unit
from ..organisation.succession import Outcome
from ..regulations.active import category_name
from .succession_forms import FORMS, SuccessionForm

SEEN_WITH = "wagtail_pbgdpl.view_matter"


class Held(NamedTuple):
    """How many matters of a kind an old unit has; they keep its name, and go by its successor."""

    unit: str
    kind: str
    number: int
    open: int
    address: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What was done, in words: compared, and shown."""

    units: list[tuple[str, str]]
    successors: list[tuple[str, str]]
    goes_on: list[str]
    ends: list[str]
    below: list[str]
    held: list[Held]

    @property
    def digest(self) -> str:
        return salted_hmac(__name__, repr(asdict(self)), algorithm="sha256").hexdigest()


def succession(request: AdminRequest, kind: str) -> HttpResponse:
    """Ask, show what would come of it, and do it; for those who keep the units alone."""
    if kind not in FORMS:
        raise Http404
    if not may_keep_units(request.user):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = FORMS[kind](request.POST if is_sent else None, chosen=_chosen(request))
    if not is_sent or not form.is_valid() or "again" in request.POST:
        return _page(request, form)
    try:
        preview, outcome = _do(form, request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form)
    except IntegrityError:
        # Somebody enters a unit of this name at the same moment.
        _say_changed(request)
        return _page(request, form)
    if outcome is None:
        if "seen" in request.POST:
            _say_changed(request)
        return _page(request, form, preview)
    names = ", ".join(f"«{unit}»" for unit in outcome.successors)
    messages.success(
        request,
        _("Done: from %(day)s the successor is %(names)s.")
        % {"day": f"{form.cleaned_data['on']:%d/%m/%Y}", "names": names},
    )
    return redirect("pbgdpl_units:inspect", outcome.successors[0].pk)


def _say_changed(request: AdminRequest) -> None:
    text = _("Something changed since you looked. Nothing was done; please look again.")
    messages.error(request, text)


def _do(form: SuccessionForm, by: User, *, seen: str) -> tuple[Preview, Outcome | None]:
    """Do what the form says, and keep it if it comes to what was seen before."""
    with transaction.atomic():
        outcome = form.act(by)
        preview = _preview(outcome, by)
        if not constant_time_compare(preview.digest, seen):
            transaction.set_rollback(True)
            return preview, None
    return preview, outcome


def _preview(outcome: Outcome, user: User) -> Preview:
    return Preview(
        units=[(unit.name, f"{unit.ends_on:%d/%m/%Y}") for unit in outcome.old],
        successors=[
            (unit.name, ", ".join(category_name(code) for code in unit.categories))
            for unit in outcome.successors
        ],
        goes_on=_named(outcome.continued),
        ends=_named(outcome.over),
        below=sorted(f"{unit.name} → {unit.parent}" for unit in outcome.moved),
        held=list(_held(outcome.old, user)),
    )


def _named(seats: Iterable[Seat]) -> list[str]:
    """Name the seats with their persons: two of one role are told apart."""
    return sorted(f"{seat.role_name}: {name_of(seat.user)} ({seat.unit})" for seat in seats)


def _held(units: list[Unit], user: User) -> Iterable[Held]:
    rows = (
        Matter.objects.filter(unit__in=units)
        .order_by("unit__name", "kind")
        .values_list("unit_id", "unit__name", "kind")
        .annotate(number=Count("pk"), still=Count("pk", filter=Q(closed_at=None)))
    )
    may_open = user.has_perm(SEEN_WITH)
    for unit_id, unit, kind, number, is_open in rows:
        name = _("Pages") if kind == PUBLICATION else capfirst(str(kind_named(kind).name))
        yield Held(unit, name, number, is_open, _address(kind, unit_id) if may_open else "")


def _address(kind: str, unit_id: int) -> str:
    if kind == PUBLICATION:
        return f"{reverse('pbgdpl_ledger')}?unit={unit_id}"
    return addresses.matters(kind, unit_id, "")


def _chosen(request: AdminRequest) -> Unit | None:
    key = number_in(request.GET.get("unit", ""))
    return Unit.objects.filter(pk=key).first() if key is not None else None


def _page(
    request: AdminRequest, form: SuccessionForm, preview: Preview | None = None
) -> HttpResponse:
    title = str(form.title)
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/succession.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("pbgdpl_units:index"), "label": _("Units")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "header_icon": "group",
            "form": form,
            "media": form.media,
            "sent": _sent(request) if preview else (),
            "preview": preview,
            "back": reverse("pbgdpl_units:index"),
        },
    )


def _sent(request: AdminRequest) -> list[tuple[str, str]]:
    """Return what was sent, to be sent again with the press."""
    passed_over = ("csrfmiddlewaretoken", "seen", "again")
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in passed_over
        for value in values
    ]


def urls() -> list[URLPattern]:
    return [path("pbgdpl/units/succession/<slug:kind>/", succession, name="pbgdpl_succession")]
