"""A Word file that comes with the editor's form becomes the text of the item."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from .editor import ARTICLES, WORD_BUTTON, WORD_FILE
from .field import offers_full_text
from .models import TextReading
from .pictures import store
from .reading import Reading
from .taking import take_file
from .words import left_out_of


def take_in(request: AdminRequest, page: Any) -> HttpResponse | None:
    """After the draft is saved, read the file; lead to what is asked of it, or back to the form."""
    if WORD_BUTTON not in request.POST or not offers_full_text(type(page)):
        return None
    try:
        row = _read(request, page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("pbgdpl_full_text_reading", page.pk, row.key)


def _read(request: AdminRequest, page: Any) -> TextReading:
    """Return the stored reading. Raises ``ValidationError`` where the file is not taken."""
    file = request.FILES.get(WORD_FILE)
    if file is None:
        raise ValidationError(gettext("Choose a Word file (.docx)."))
    if request.POST[WORD_BUTTON] == ARTICLES:
        row = take_file(file)
        row.page, row.user = page.pk, request.user
        row.save()
        return row
    row = take_file(file, running=True)
    row.page, row.user = page.pk, request.user
    reading = Reading(row)
    file.seek(0)
    row.answers["pictures"] = store(file.read(), reading.rows, request.user, page.title)
    row.save()
    shown = sum(one.picture in row.answers["pictures"] for one in reading.rows)
    left_out = dict(reading.word.left_out) if reading.word else {}
    for said in left_out_of(left_out | {"pictures": left_out.get("pictures", 0) - shown}):
        messages.warning(request, said)
    return row
