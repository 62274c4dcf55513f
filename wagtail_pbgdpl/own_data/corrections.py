"""The correction of what is known of somebody: what it was before is kept nowhere (Q7).

Clause: Luật 91/2025/QH15.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .holders import all_holders, holder_of

FIELD_OF_REMOVED = "removed"


def fields(about: Any) -> dict[str, forms.Field]:
    """Return what the official fills in; what is known stands behind a purpose, and not here."""
    holder, found = holder_of(about), {}
    for name in holder.corrected:
        field: Any = about._meta.get_field(name)
        found[name] = field.formfield(
            required=False, help_text=gettext_lazy("Empty: it stays as it is.")
        )
    found[FIELD_OF_REMOVED] = forms.MultipleChoiceField(
        label=gettext_lazy("What is taken out"),
        choices=[(name, _label(about, name)) for name in holder.removed],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    return found


def changes(about: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the new values by the names of the fields."""
    names = holder_of(about).corrected
    found = {name: str(values.get(name) or "").strip() for name in names}
    given = {name: value for name, value in found.items() if value}
    return dict.fromkeys(values.get(FIELD_OF_REMOVED) or (), "") | given


def check(about: Any, values: Mapping[str, Any]) -> None:
    """Raises ``ValidationError`` where nothing is said, or nobody could be answered any longer."""
    changed = changes(about, values)
    if not changed:
        raise ValidationError(_("Enter what is right, or tick what is taken out."))
    for name, value in changed.items():
        field: Any = about._meta.get_field(name)
        try:
            field.clean(value, about)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    if not holder_of(about).is_reachable(about, changed):
        raise ValidationError(
            {FIELD_OF_REMOVED: _("At least one way to reach the asker has to stay.")}
        )


def apply(about: Any, values: Mapping[str, Any]) -> None:
    """Write the new values in the place of the former ones, of letters to the person too."""
    changed, before = changes(about, values), about.email
    for name, value in changed.items():
        setattr(about, name, value)
    about.save(update_fields=list(changed))
    if about.email != before:
        holder_of(about).readdress(about, before)


def named(names: Iterable[str]) -> str:
    """Say which fields were corrected, of whatever it was."""
    labels = [label for name in names if (label := _known(name))]
    return _("corrected: %(fields)s") % {"fields": ", ".join(labels)} if labels else ""


def _known(name: str) -> str:
    found = (one.model for one in all_holders() if name in one.corrected)
    return next((_label(model, name) for model in found), "")


def _label(about: Any, name: str) -> str:
    field: Any = about._meta.get_field(name)
    return str(field.verbose_name)
