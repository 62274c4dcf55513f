"""The files of a mail: taken by what is in them, as those of a form."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..conf import settings
from ..intake.attachments import Attachment
from ..intake.files import Sound, plain_name, taken
from ..questions.models import Question, QuestionFile
from .reading import Mail


@dataclass(slots=True)
class Taken:
    """The files that are taken, and why the others are not."""

    sound: list[Sound] = field(default_factory=list)
    problems: list[ValidationError] = field(default_factory=list)


class _Upload(io.BytesIO):
    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)


def take_files(mail: Mail) -> Taken:
    """Take up to ``INTAKE_FILES`` of the files of a mail."""
    found = Taken()
    for file in mail.files:
        upload: Any = _Upload(file.name, file.content)
        try:
            if len(found.sound) >= settings.INTAKE_FILES:
                raise _one_too_many(file.name)
            found.sound.append(taken(upload))
        except ValidationError as error:
            found.problems.append(error)
    return found


def _one_too_many(name: str) -> ValidationError:
    return ValidationError(
        _("The file «%(name)s» is one too many: up to %(most)s may come with it."),
        code="number",
        params={"name": plain_name(name), "most": settings.INTAKE_FILES},
    )


def attach(question: Question, files: Taken, stored: list[Attachment]) -> None:
    """Put the files to the question; ``stored`` learns of each, in case all is rolled back."""
    for sound in files.sound:
        row = QuestionFile(question=question)
        stored.append(row)
        row.keep(sound)
        row.save()
