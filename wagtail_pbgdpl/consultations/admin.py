"""Consultations in the Wagtail admin: what is done there beside their matters' pages."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from ..core.accounts import AdminRequest
from ..desk.contact import contact_page
from ..intake.attachments import download
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from .entering import enter
from .models import COMMENT, Comment, CommentFile
from .output import output
from .table import table


def contact(request: AdminRequest, pk: int) -> HttpResponse:
    """Show how the author is reached to who sees the comment and says once what for."""
    comment = get_object_or_404(Comment, pk=pk, erased_at=None)
    # A guessed number, another unit's: neither is there (R11).
    matter: Matter = get_object_or_404(seen_by(request.user), kind=COMMENT, subject=pk)
    return contact_page(request, matter, comment)


@require_safe
def comment_file(request: AdminRequest, pk: int, file: int) -> FileResponse:
    """Hand out a file of a comment to who sees the comment, to be saved."""
    row: CommentFile = get_object_or_404(CommentFile, pk=file, comment=pk)
    get_object_or_404(seen_by(request.user), kind=COMMENT, subject=pk)
    try:
        return download(row)
    except FileNotFoundError:
        raise Http404 from None


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/consultations/<int:pk>/", table, name="pbgdpl_consultation_table"),
        path("pbgdpl/consultations/<int:pk>/enter/", enter, name="pbgdpl_consultation_enter"),
        re_path(
            r"^pbgdpl/consultations/(?P<pk>\d{1,18})/table\.(?P<form>docx|xlsx)$",
            output,
            name="pbgdpl_consultation_output",
        ),
        path(
            "pbgdpl/consultations/comments/<int:pk>/contact/",
            contact,
            name="pbgdpl_comment_contact",
        ),
        path(
            "pbgdpl/consultations/comments/<int:pk>/files/<int:file>/",
            comment_file,
            name="pbgdpl_comment_file",
        ),
    ]
