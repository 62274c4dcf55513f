"""What is asked before units are merged, renamed or divided, and who does it then (R5)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..core.fields import check_year
from ..core.text import nfc
from ..core.typed_choice import TypedChoices
from ..organisation.models import Unit
from ..organisation.succession import Outcome, divide, merge, rename, successor_of
from ..worktime.active import today
from .forms import FIT

LONGEST_NAME = 255


class SuccessionForm(forms.Form):
    """The day, and the decision on paper. ``act`` does what the form says."""

    title: ClassVar[Any]
    explanation: ClassVar[Any]

    on = forms.DateField(
        label=_("first day of the successor"),
        validators=[check_year],
        widget=AdminDateInput(),
        help_text=_("What ends has the day before as its last one."),
    )
    decision_number = forms.CharField(
        label=_("number of the decision"),
        max_length=100,
        help_text=_("Of the resolution or decision on paper, such as 12/NQ-HĐND."),
    )

    def __init__(self, *args: Any, chosen: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = lasting()
                field.error_messages["invalid_choice"] = _("One of the units has ended meanwhile.")
        self.preset(chosen)
        self.order_fields([one for one in self.fields if one not in ("on", "decision_number")])

    def preset(self, chosen: Unit | None) -> None:
        """Fill in the unit from which somebody came."""
        self.fields["unit"].initial = chosen

    def act(self, by: Any) -> Outcome:
        """Do it. Raises ``ValidationError`` as the functions of ``succession`` do."""
        raise NotImplementedError

    @property
    def decided(self) -> dict[str, Any]:
        return {
            "on": self.cleaned_data["on"],
            "decision": nfc(self.cleaned_data["decision_number"]),
        }


def lasting() -> Any:
    """Return the units that may be succeeded, or succeed: those that have not ended."""
    return Unit.objects.filter(ends_on=None) | Unit.objects.filter(ends_on__gte=today())


class MergeForm(SuccessionForm):
    title = _("Merge units")
    explanation = _(
        "The units end, and one unit succeeds them: one that there is, one of them, or a new one. "
        "Their contact officers go on in it; the seats of the heads end."
    )

    units = forms.ModelMultipleChoiceField(
        label=_("Units that are merged"), queryset=Unit.objects.none(), widget=TypedChoices
    )
    into = forms.ModelChoiceField(
        label=_("Into the unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("a new unit, whose name stands below"),
        widget=forms.Select(attrs=FIT),
    )
    name = forms.CharField(label=_("Name of the new unit"), max_length=LONGEST_NAME, required=False)

    def preset(self, chosen: Unit | None) -> None:
        self.fields["units"].initial = [chosen] if chosen else []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        units, into = data.get("units"), data.get("into")
        if bool(into) == bool(data.get("name")):
            self.add_error("name", _("Choose the unit above, or name a new one here: one of both."))
        if units is not None and not {one.pk for one in units} - {into.pk if into else None}:
            self.add_error("units", _("Name at least one unit that ends."))
        elif units is not None and len({*units, *filter(None, [into])}) < 2:
            self.add_error("units", _("A single unit is renamed, not merged."))
        return data

    def act(self, by: Any) -> Outcome:
        units = list(self.cleaned_data["units"])
        into = self.cleaned_data["into"] or successor_of(
            units, nfc(self.cleaned_data["name"]), self.cleaned_data["on"]
        )
        return merge(units, into, by=by, **self.decided)


class RenameForm(SuccessionForm):
    title = _("Rename a unit")
    explanation = _(
        "The unit ends under its old name, and goes on as a new unit with every seat, category and "
        "unit below it. What it supplied keeps the old name."
    )

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), widget=forms.Select(attrs=FIT)
    )
    name = forms.CharField(label=_("New name"), max_length=LONGEST_NAME)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("unit") and data["unit"].name == nfc(data.get("name", "")):
            self.add_error("name", _("The unit is called so already."))
        return data

    def act(self, by: Any) -> Outcome:
        name = nfc(self.cleaned_data["name"])
        return rename(self.cleaned_data["unit"], name=name, by=by, **self.decided)


class DivideForm(SuccessionForm):
    title = _("Divide a unit")
    explanation = _(
        "The unit ends, and several succeed it. Its seats end: who sits where is decided anew."
    )

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), widget=forms.Select(attrs=FIT)
    )
    names = forms.CharField(
        label=_("New units"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name a line; they are given the categories of the old unit."),
    )
    parts = forms.ModelMultipleChoiceField(
        label=_("Units that there are already, and that succeed it too"),
        queryset=Unit.objects.none(),
        required=False,
        widget=TypedChoices,
    )

    def clean_names(self) -> list[str]:
        lines = (" ".join(nfc(line).split()) for line in self.cleaned_data["names"].splitlines())
        names = list(dict.fromkeys(filter(None, lines)))
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("A name is longer than 255 letters."))
        return names

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("unit") in list(data.get("parts") or ()):
            self.add_error("parts", _("A unit does not succeed itself."))
        if "names" in data and "parts" in data and len(data["names"]) + len(data["parts"]) < 2:
            self.add_error("names", _("Name at least two units that succeed it."))
        return data

    def act(self, by: Any) -> Outcome:
        unit, on = self.cleaned_data["unit"], self.cleaned_data["on"]
        new = [successor_of([unit], name, on) for name in self.cleaned_data["names"]]
        return divide(unit, [*new, *self.cleaned_data["parts"]], by=by, **self.decided)


FORMS: dict[str, type[SuccessionForm]] = {
    "merge": MergeForm,
    "rename": RenameForm,
    "divide": DivideForm,
}
