"""Parts of public forms."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from .attachments import check_number
from .files import TAKEN, Sound, taken


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Sorted(NamedTuple):
    """The files that are taken, and why the others are not."""

    sound: list[Sound]
    problems: list[ValidationError]


class FilesField(forms.FileField):
    """Several files, each taken only for what is in it. Cleans to :class:`Sorted`, never raises.

    A form holds what is taken before it says what is not.
    """

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ",".join(f".{kind}" for kind in TAKEN))

    def clean(self, data: Any, initial: Any = None) -> Sorted:
        files = [file for file in data or [] if file]
        try:
            check_number(files)
        except ValidationError as error:
            return Sorted([], [error])
        found = Sorted([], [])
        for file in files:
            try:
                found.sound.append(taken(file))
            except ValidationError as error:
                found.problems.append(error)
        return found
