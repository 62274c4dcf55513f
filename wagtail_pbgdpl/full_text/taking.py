"""Takes in a text that was pasted or uploaded; says in words why a file is not taken."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..core.text import LazyText, nfc
from ..intake.files import plain_name
from ..legal.word import reader
from ..legal.word.errors import Reason, WordError
from ..legal.word.package import MEGABYTE, MOST_BYTES
from ..legal.word.text import as_json
from .models import NAME_LENGTH, TextReading
from .reading import Reading

#: Signs of a pasted text; the longest codes have two thirds of this.
MOST_SIGNS = 1_000_000

WHY_NOT: dict[Reason, LazyText] = {
    Reason.PDF: _(
        "This is a PDF, in which the lines of the text are not kept. Open it, select the text, and "
        "paste it into the box; or upload the Word file (.docx)."
    ),
    Reason.OLD_WORD: _(
        "This is a file of an old Word (.doc). Open it in Word or LibreOffice, save it as .docx, "
        "and upload that."
    ),
    Reason.RTF: _(
        "This is an RTF file, whatever it is called. Open it in Word or LibreOffice, save it as "
        ".docx, and upload that."
    ),
    Reason.LOCKED: _(
        "This file is protected by a password. Open it, save it without one, and upload that."
    ),
    Reason.OTHER: _("This is no Word file (.docx). Save the text as .docx, or paste it."),
    Reason.DAMAGED: _(
        "This file is damaged and cannot be read. Open it in Word, save it anew as .docx, and "
        "upload that; or paste the text."
    ),
    Reason.EMPTY: _("This file is empty."),
    Reason.LARGE: _(
        "This file is too large: up to %(most)d MB, and no more text than a long code has. Take "
        "the pictures out, or paste the text in parts."
    ),
    Reason.SLOW: _("This file takes too long to read. Paste the text instead."),
}
NO_TEXT: LazyText = _("There is no text in it.")
#: The longest codes have a quarter of this.
MOST_LINES = 20_000
TOO_MANY: LazyText = _("The text has more than %(most)d lines. Take it in parts.")
_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u200b\ufeff]")


def take_pasted(text: str) -> TextReading:
    """Return a reading of a pasted text, not saved. Raises ``ValidationError``."""
    tidied = _CONTROLS.sub("", nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
    if not tidied.strip():
        raise ValidationError(NO_TEXT, code="empty")
    return _checked(TextReading(content={"text": tidied}))


def take_file(file: Any, **answers: Any) -> TextReading:
    """Return a reading of an uploaded Word file, not saved. Raises ``ValidationError``.

    ``file`` has ``name``, ``size`` (bytes) and ``read``. The file itself is not kept. ``answers``
    are known beforehand.
    """
    try:
        if file.size > MOST_BYTES:
            raise WordError(Reason.LARGE)
        text = reader.read(file.read())
    except WordError as error:
        raise ValidationError(
            WHY_NOT[error.reason],
            code=error.reason.value,
            params={"most": MOST_BYTES // MEGABYTE},
        ) from None
    if not text.blocks:
        raise ValidationError(NO_TEXT, code="empty")
    name = plain_name(file.name)[:NAME_LENGTH]
    row = TextReading(name=name, content={"word": as_json(text)}, answers=answers)
    return _checked(row)


def _checked(row: TextReading) -> TextReading:
    if Reading(row).count > MOST_LINES:
        raise ValidationError(TOO_MANY, code="lines", params={"most": MOST_LINES})
    return row
