"""Files that an official takes away: how they are handed out."""

from __future__ import annotations

from importlib.util import find_spec

from django.http import HttpResponse

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def writes_word() -> bool:
    """Whether the extra ``word`` is installed."""
    return find_spec("docx") is not None


def handed_out(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to be saved under a name of plain letters; nobody on the way keeps it."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
