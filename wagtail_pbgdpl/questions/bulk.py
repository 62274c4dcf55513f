"""The same done to several questions at one press: each by its own deed, under the same rules.

What is refused is told by row, with the reason; the others go (Q1, Q2, R11, R12).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from ..core.text import number_in
from ..matters.deeds import Deed, Refused, act
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from . import rules
from .forms import FIT, area, days_field, field_of_law, sorts, unit_field, units_given
from .kinds import KINDS
from .lifecycle import QUESTION
from .models import Question
from .subjects import question_of

#: At one press.
MOST = 100
Values = Callable[[Question, Mapping[str, Any]], dict[str, Any]]


class ClassifyForm(forms.Form):
    legal_field = field_of_law(required=True)
    text = area(gettext_lazy("Reason"), required=False)


class ForwardForm(forms.Form):
    """What all rows have in common; heading and co-ordinating units are each question's own."""

    topic = forms.ChoiceField(
        label=gettext_lazy("Sort of question"), required=False, widget=forms.Select(attrs=FIT)
    )
    legal_field = field_of_law(
        required=False, help_text=gettext_lazy("Empty: each question keeps its own.")
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Lead unit"), queryset=None)
    days = days_field()
    text = area(gettext_lazy("To the unit"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = {code: one for kind in KINDS for code, one in rules.topics_for(kind).items()}
        fields: dict[str, Any] = self.fields
        fields["topic"].choices = sorts(topics)
        given = {rules.category_for(kind, code) for kind in KINDS for code in ["", *topics]}
        fields["unit"] = unit_field(gettext_lazy("Lead unit"), units_given(given))


def _classified(question: Question, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"legal_field": said["legal_field"]}


def _forwarded(question: Question, said: Mapping[str, Any]) -> dict[str, Any]:
    topics = rules.topics_for(question.kind)
    return {
        "topic": next(iter(topics)) if len(topics) == 1 else said["topic"],
        "heading": question.heading,
        "legal_field": said["legal_field"] or question.legal_field,
        "unit": said["unit"],
        "days": said["days"],
        "others": [],
    }


#: By the move: its form, and what it says of one question.
WAYS: dict[str, tuple[type[forms.Form], Values]] = {
    "classify": (ClassifyForm, _classified),
    "forward": (ForwardForm, _forwarded),
}


class Refusal(NamedTuple):
    row: Matter
    why: str


def bulk(request: AdminRequest, way: str) -> HttpResponse:
    """Ask for what is said to all rows chosen; do it to each.

    Raises ``Http404`` for another move, ``PermissionDenied`` for who forwards nothing.
    """
    if way not in WAYS:
        raise Http404
    if not rules.receives(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    rows, missing = _chosen(request.user, sent.getlist("id"))
    form = WAYS[way][0](request.POST if request.method == "POST" else None)
    refused: list[Refusal] = []
    if not rows and not missing:
        messages.warning(request, _("Choose at least one question."))
        return redirect(_back())
    if request.method == "POST" and form.is_valid():
        done, refused = _all(request, way, rows, form.cleaned_data)
        _say(request, done)
        if not refused and not missing:
            return redirect(_back())
        # What went is no longer chosen.
        rows = [one.row for one in refused]
    context = {
        "form": form,
        "move": QUESTION.moves[way],
        "rows": rows,
        "refused": refused,
        "missing": missing,
        "back": _back(),
        "marks": _marks(request, rows, refused),
    }
    wrong = form.is_bound and (refused or missing or not form.is_valid())
    template = "wagtail_pbgdpl/admin/bulk.html"
    return TemplateResponse(request, template, context, status=422 if wrong else 200)


def _back() -> str:
    return reverse("pbgdpl_questions:list")


def _chosen(user: Any, keys: Sequence[str]) -> tuple[list[Matter], int]:
    """Return the rows that the user sees, and of how many others nothing is said (R11)."""
    wanted = list(dict.fromkeys(keys))[:MOST]
    numbers = [number for key in wanted if (number := number_in(key)) is not None]
    rows = seen_by(user).filter(kind__in=KINDS, pk__in=numbers).select_related("unit")
    found = list(rows.order_by("pk"))
    return found, len(wanted) - len(found)


def _all(
    request: AdminRequest, way: str, rows: Sequence[Matter], said: Mapping[str, Any]
) -> tuple[int, list[Refusal]]:
    done, refused = 0, []
    for row in rows:
        values = WAYS[way][1](question_of(row), said)
        seen = request.POST.get(f"seen-{row.pk}", "")
        try:
            act(Deed(row, way, request.user, text=said["text"], seen=seen, values=values))
            done += 1
        except Refused as refusal:
            refused.append(Refusal(row, refusal.message))
        except ValidationError as error:
            refused.append(Refusal(row, " ".join(error.messages)))
    return done, refused


def _marks(
    request: AdminRequest, rows: Sequence[Matter], refused: Sequence[Refusal]
) -> list[tuple[Matter, str, str]]:
    """Return each row with why it was refused, and how it stood before the person."""
    why = {one.row.pk: one.why for one in refused}
    return [
        (row, why.get(row.pk, ""), request.POST.get(f"seen-{row.pk}") or row.mark) for row in rows
    ]


def _say(request: AdminRequest, done: int) -> None:
    if done:
        said = ngettext("%(count)d question: done.", "%(count)d questions: done.", done)
        messages.success(request, said % {"count": done})
