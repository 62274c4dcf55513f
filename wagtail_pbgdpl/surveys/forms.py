"""The form of a survey, made of its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..core.text import nfc
from ..intake.forms import PublicForm
from .answering import Answers
from .blocks import choices_of


class SurveyForm(PublicForm):
    """One field for each question; no name, no file."""

    purpose = "survey"
    takes_files = False
    asks_consent = False

    def __init__(self, *args: Any, survey: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: By the name of its field, the words of the question.
        self.asked: dict[str, str] = {}
        for number, child in enumerate(survey["questions"], start=1):
            name = f"q{number}"
            self.fields[name] = _field(child)
            self.asked[name] = nfc(child.value["text"].strip())

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    @property
    def offered(self) -> Answers:
        """All questions with all of their choices."""
        return {
            text: [value for value, _label in self.fields[name].choices]  # type: ignore[attr-defined]
            for name, text in self.asked.items()
        }

    @property
    def answers(self) -> Answers:
        """What was chosen in a valid form."""
        return {text: _chosen(self.cleaned_data[name]) for name, text in self.asked.items()}


def _chosen(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return list(value)


def _field(child: Any) -> forms.Field:
    said = child.value
    options = {
        "label": said["text"],
        "required": bool(said.get("required")),
        "error_messages": {"required": _("Please choose an answer.")},
    }
    choices = [(word, word) for word in choices_of(child)]
    if child.block_type == "several":
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **options
        )
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
