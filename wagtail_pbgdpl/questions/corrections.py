"""The correction of what is known of an asker: what it was before is kept nowhere (Q7).

Clause: Luật 91/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..intake.sender import WAYS
from . import letters
from .models import Question

CORRECTED = ("full_name", *WAYS, "commune")
# A person is called something.
REMOVED = tuple(name for name in CORRECTED if name != "full_name")
FIELD_OF_REMOVED = "removed"


def fields() -> dict[str, forms.Field]:
    """Return what the official fills in; what is known stands behind a purpose, and not here."""
    found: dict[str, forms.Field] = {}
    for name in CORRECTED:
        field: Any = Question._meta.get_field(name)
        found[name] = field.formfield(
            required=False, help_text=gettext_lazy("Empty: it stays as it is.")
        )
    found[FIELD_OF_REMOVED] = forms.MultipleChoiceField(
        label=gettext_lazy("What is taken out"),
        choices=[(name, _label(name)) for name in REMOVED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    return found


def changes(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the new values by the names of the fields."""
    found = {name: str(values.get(name) or "").strip() for name in CORRECTED}
    given = {name: value for name, value in found.items() if value}
    return dict.fromkeys(values.get(FIELD_OF_REMOVED) or (), "") | given


def check(question: Question, values: Mapping[str, Any]) -> None:
    """Raises ``ValidationError`` where nothing is said, or nobody could be answered any longer."""
    changed = changes(values)
    if not changed:
        raise ValidationError(_("Enter what is right, or tick what is taken out."))
    for name, value in changed.items():
        field: Any = question._meta.get_field(name)
        try:
            field.clean(value, question)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    if not any(changed.get(name, getattr(question, name)) for name in WAYS):
        raise ValidationError(
            {FIELD_OF_REMOVED: _("At least one way to reach the asker has to stay.")}
        )


def apply(question: Question, values: Mapping[str, Any]) -> None:
    """Write the new values in the place of the former ones, of letters to the asker too."""
    changed, before = changes(values), question.email
    for name, value in changed.items():
        setattr(question, name, value)
    question.save(update_fields=list(changed))
    if question.email != before:
        letters.readdress(question, before)


def named(names: Iterable[str]) -> str:
    """Say which fields were corrected."""
    labels = ", ".join(_label(name) for name in names if name in CORRECTED)
    return _("corrected: %(fields)s") % {"fields": labels} if labels else ""


def _label(name: str) -> str:
    field: Any = Question._meta.get_field(name)
    return str(field.verbose_name)
