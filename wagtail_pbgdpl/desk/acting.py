"""The page of a matter: how it stands, what the person may do about it, what was decided before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..authority.candidates import candidates
from ..authority.refusals import Refused
from ..authority.rules import Item
from ..matters.deeds import Deed, act, may_make
from ..matters.history import describe
from ..matters.kinds import Kind, kind_of
from ..matters.lifecycle import Move
from ..matters.models import Event, Matter
from ..matters.timeliness import seen_by
from ..regulations.active import category_name, get_regulation
from .panels import of_row

LONGEST = 4000
#: The name of a button that puts something into the form and makes no move.
FILL = "fill"
Bound = Mapping[str, forms.Form]


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def grounds_field() -> forms.MultipleChoiceField:
    """The grounds of the regulation, each with its clause (R9)."""
    choices = [
        (code, f"{ground.name[:1].upper()}{ground.name[1:]} ({ground.cited})")
        for code, ground in get_regulation().refusal_grounds.items()
    ]
    return forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"),
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=bool(choices),
        error_messages={"required": gettext_lazy("Choose at least one ground of the regulation.")},
    )


class DeedForm(forms.Form):
    """What a person says to a move; ``seen`` is the mark of how the matter stood before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(
        self, *args: Any, move: Move, own: Mapping[str, forms.Field], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = list(own)
        self.fields.update(own)
        if move.grounds:
            self.fields["grounds"] = grounds_field()
        if move.words or move.needs_words:
            label = move.words or gettext_lazy("Reason")
            self.fields["text"] = forms.CharField(
                label=label, widget=area(), required=move.needs_words, max_length=LONGEST
            )


def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a matter with its history, and what the user may do; do it."""
    row = _visible(request.user, pk)
    if row.address != request.path:
        return redirect(row.address)
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        move = kind_of(row).lifecycle.moves.get(request.POST.get("way", ""))
        if move is None or move.act is None:
            raise PermissionDenied
        if FILL in request.POST:
            return _page(request, row, {move.code: _filled(request, row, move)}, status=200)
        form = bound[move.code] = form_of(request.user, row, move, request.POST)
        if form.is_valid() and carried_out(request, form, _deed(request.user, row, move, form)):
            return redirect(_afterwards(request.user, row))
        row = _visible(request.user, pk)
    return _page(request, row, bound, status=422 if bound else 200)


def _page(request: HttpRequest, row: Matter, bound: Bound, status: int) -> HttpResponse:
    context = _context(request.user, row, bound)
    return TemplateResponse(request, "wagtail_pbgdpl/admin/matter.html", context, status=status)


def _filled(request: HttpRequest, row: Matter, move: Move) -> DeedForm:
    """Return the form as it was typed, with what its kind puts in; nothing is said of mistakes."""
    typed = form_of(request.user, row, move, request.POST)
    said = {
        name: field.widget.value_from_datadict(request.POST, {}, typed.add_prefix(name))
        for name, field in typed.fields.items()
    }
    return form_of(request.user, row, move, initial=kind_of(row).filled(move, row, said))


def carried_out(request: HttpRequest, form: forms.Form, deed: Callable[[], Event]) -> bool:
    """Do what the form asks for; on a refusal say why, beside what was typed."""
    try:
        event = deed()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return False
    except ValidationError as error:
        for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)
        return False
    said = {"title": event.title, "decision": event.move_label}
    messages.success(request, _("«%(title)s»: %(decision)s.") % said)
    return True


def whose_turn(item: Item) -> dict[str, Any]:
    """Return who can make the next move, and who could but for a wait, where nobody can."""
    able = candidates(item, heeding_quiet=True)
    return {"candidates": able, "waiting_candidates": [] if able else candidates(item)}


def way(move: Move, form: forms.Form, bound: Bound, name: str = "") -> dict[str, Any]:
    """Return what the page shows of a move; ``name`` is what its form is sent under."""
    name = name or move.code
    return {
        "name": name,
        "move": move,
        "form": form,
        "heading": move.heading or move.button,
        "button": move.button,
        "open": name in bound,
    }


def form_of(user: Any, row: Matter, move: Move, data: Any = None, initial: Any = None) -> DeedForm:
    """Return the form of a move of a matter, with what its kind asks for."""
    initial = initial or (None if data else {"seen": row.mark})
    own = kind_of(row).fields(move, row, user)
    return DeedForm(data, prefix=move.code, move=move, own=own, initial=initial)


def _deed(user: Any, row: Matter, move: Move, form: DeedForm) -> Callable[[], Event]:
    said = dict(form.cleaned_data)
    values = {name: said.pop(name) for name in form.own}
    return lambda: act(Deed(row, move.code, user, values=values, **said))


def _visible(user: Any, pk: int) -> Matter:
    """Return the matter. Raises ``Http404`` where it is not theirs to see (R11)."""
    row: Matter = get_object_or_404(seen_by(user).select_related("unit"), pk=pk)
    return row


def _afterwards(user: Any, row: Matter) -> str:
    """Return where to go on: who could read it at their step alone is done with it."""
    reads = seen_by(user).filter(pk=row.pk).exists()
    return row.address if reads else reverse("pbgdpl_waiting")


def _context(user: Any, row: Matter, bound: Bound) -> dict[str, Any]:
    kind = kind_of(row)
    item = kind.item_of(row)
    return {
        "row": row,
        "title": row.title,
        "kind": kind.name,
        "category": category_name(row.category),
        "details": kind.details(row),
        "offers": kind.offers(row, user),
        "step": row.role,
        "clock": of_row(row) if kind.is_clocked else {"row": None},
        "ways": list(_ways(user, row, bound)),
        "history": _history(kind, row),
        **whose_turn(item),
    }


def _history(kind: Kind, row: Matter) -> Sequence[tuple[Event, str]]:
    """Return what happened, each with what its detail says."""
    events = row.events.select_related("matter")
    return [(event, kind.story(event) or describe(event)) for event in events]


def _ways(user: Any, row: Matter, bound: Bound) -> Iterator[dict[str, Any]]:
    for move in kind_of(row).lifecycle.moves_from(row.state):
        if not kind_of(row).fits(move, row) or not may_make(user, move, row):
            continue
        form = bound.get(move.code)
        if form is None:
            form = form_of(user, row, move)
        yield way(move, form, bound)
