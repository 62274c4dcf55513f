"""The forms of the way from a text to the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..legal.levels import Level
from ..legal.word.package import MEGABYTE, MOST_BYTES
from .models import TextReading
from .reading import ACCEPT, CONVERT, EACH, KEEP, REJECT, Reading
from .taking import MOST_SIGNS, take_file, take_pasted

#: More changes are settled in Word, where their place can be seen.
MOST_EACH = 300
REPLACE, AFTER = "replace", "after"


class SourceForm(forms.Form):
    """Where the text comes from; cleans to a :class:`TextReading` that is not saved."""

    text = forms.CharField(
        label=_("Paste the text"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 14, "autofocus": True, "spellcheck": "false"}),
        help_text=_("The whole text, from Word, a PDF or another site."),
    )
    file = forms.FileField(
        label=_("Or upload the Word file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )

    reading: TextReading

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut what is longer, and say nothing.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.fields["file"].help_text = gettext(
            "A .docx of up to %(most)d MB. The file itself is not kept."
        ) % {"most": MOST_BYTES // MEGABYTE}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        text, file = cleaned.get("text") or "", cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(text.strip()) == (file is not None):
            raise ValidationError(
                _("Paste a text or choose a file, one of the two."), code="one_of_two"
            )
        try:
            self.reading = take_file(file) if file is not None else take_pasted(text)
        except ValidationError as error:
            self.add_error("file" if file is not None else "text", error)
        return cleaned


class DecisionForm(forms.Form):
    """What has to be decided before the lines are read: tracked changes, the encoding."""

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        self.tracked = list(enumerate(reading.changes))
        self.may_each = len(self.tracked) <= MOST_EACH
        if reading.asks_for_changes:
            self._ask_for_changes()
        if reading.asks_for_encoding:
            self.fields["encoding"] = forms.ChoiceField(
                label=_("The text is not in Unicode"),
                choices=[
                    (CONVERT, _("Convert it, as shown")),
                    (KEEP, _("Leave it as it is")),
                ],
                widget=forms.RadioSelect,
            )

    def _ask_for_changes(self) -> None:
        choices = [
            (ACCEPT, _("Accept all: as the text reads with the changes")),
            (REJECT, _("Reject all: as it read before them")),
        ]
        if self.may_each:
            choices.append((EACH, _("Decide each one below")))
        self.fields["changes"] = forms.ChoiceField(
            label=_("Tracked changes"), choices=choices, widget=forms.RadioSelect
        )
        if not self.may_each:
            return
        for number, _change in self.tracked:
            self.fields[f"change-{number}"] = forms.ChoiceField(
                choices=[(ACCEPT, _("Accept")), (REJECT, pgettext_lazy("change", "Reject"))],
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("changes") != EACH:
            return cleaned
        missing = [
            str(number + 1)
            for number, _change in self.tracked
            if not cleaned.get(f"change-{number}")
        ]
        if missing:
            raise ValidationError(
                _("Decide these changes too: %(numbers)s."),
                code="undecided",
                params={"numbers": ", ".join(missing)},
            )
        return cleaned

    def each(self) -> list[tuple[int, Any, Any]]:
        """Return number, change and field of each change that may be decided alone."""
        if "changes" not in self.fields or not self.may_each:
            return [(number + 1, change, None) for number, change in self.tracked]
        return [(number + 1, change, self[f"change-{number}"]) for number, change in self.tracked]

    def save(self) -> None:
        answers: dict[str, Any] = {}
        if "changes" in self.fields:
            answers["changes"] = self.cleaned_data["changes"]
            if answers["changes"] == EACH:
                answers["each"] = {
                    str(number): self.cleaned_data[f"change-{number}"] == ACCEPT
                    for number, _change in self.tracked
                }
        if "encoding" in self.fields:
            answers["encoding"] = self.cleaned_data["encoding"]
        self.reading.answer(**answers)


class PlaceForm(forms.Form):
    """Where the text goes in a field that is not empty; nothing is chosen beforehand."""

    place = forms.ChoiceField(
        label=_("The field is not empty"),
        choices=[
            (REPLACE, _("Put the text in place of what is there")),
            (AFTER, _("Put the text after what is there")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of what is in the field.")},
    )


def levels_in(data: Any) -> dict[int, Level]:
    """Return the levels that were chosen for lines, from what a form sent; nonsense is ignored."""
    known = {level.value for level in Level}
    return {
        int(name.removeprefix("level-")): Level(value)
        for name, value in data.items()
        if name.startswith("level-") and name[6:].isdecimal() and value in known
    }
