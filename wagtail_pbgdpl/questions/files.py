"""The files that came with a question, for whom may see it (Q1, R11)."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..core.accounts import AdminRequest
from ..intake.attachments import download
from ..matters.timeliness import seen_by
from .kinds import KINDS
from .models import PART, QuestionFile


@require_safe
def question_file(request: AdminRequest, pk: int, file: int) -> FileResponse:
    """Hand out a file of a question, to be saved.

    For who sees the question, and for a unit that was asked for a part of the answer.
    """
    row: QuestionFile = get_object_or_404(QuestionFile, pk=file, question=pk)
    parts = row.question.parts.values("pk")
    seen = seen_by(request.user)
    # A guessed number, another unit's case: neither is there.
    if not (
        seen.filter(kind__in=KINDS, subject=pk).exists()
        or seen.filter(kind=PART, subject__in=parts).exists()
    ):
        raise Http404
    try:
        return download(row)
    except FileNotFoundError:
        raise Http404 from None
