"""A text put into the draft of an answer, by a press and without JavaScript (Q3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .desk_models import AnswerText
from .models import Question

#: The field of the form of a draft.
INSERTED = "inserted"


class InsertSelect(forms.Select):
    """A choice with the button that puts it in."""

    template_name = "wagtail_pbgdpl/admin/insert_select.html"


def fields_for(question: Question) -> dict[str, forms.Field]:
    """Return the field, where there are texts: those of the question's legal field come first."""
    mine = Case(
        When(legal_field=question.legal_field_id, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    fits = Q(legal_field=None) | Q(legal_field=question.legal_field_id)
    rows = AnswerText.objects.filter(fits).order_by(mine, "title", "pk")
    if not rows.exists():
        return {}
    return {
        INSERTED: forms.ModelChoiceField(
            label=gettext_lazy("Put a text into the answer"),
            queryset=rows,
            required=False,
            widget=InsertSelect(attrs={"class": "w-w-full"}),
            help_text=gettext_lazy("It is added at the end. Nothing is sent by that."),
        )
    }


def put_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields hold once the text chosen was added to the answer."""
    key = str(said.get(INSERTED) or "")
    text = AnswerText.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    answer = str(said.get("answer") or "").rstrip()
    if text is not None:
        answer = "\n\n".join(filter(None, [answer, text.text]))
    return {**said, "answer": answer, INSERTED: ""}


def check(values: Mapping[str, Any]) -> None:
    """Raises ``ValidationError`` where a text was chosen and not put in: nobody means that."""
    if values.get(INSERTED):
        raise ValidationError({INSERTED: _("Press «Insert» first, or choose nothing here.")})
