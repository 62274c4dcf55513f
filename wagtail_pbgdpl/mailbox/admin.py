"""The page of one mail, in the admin: as it came, and the way to make a question of it (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from ..intake.attachments import SANDBOX, Attachment, remove_stored
from ..matters.kinds import Offer
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..questions import rules
from ..questions.contact import has_said
from ..questions.models import Question
from ..questions.rules import receives
from ..regulations import QuestionKind
from .access import set_aside
from .files import take_files
from .keeping import NAME, kept
from .models import Outcome, ReceivedMail
from .reading import Mail, Unreadable, read
from .taking import can_be_answered, make_question, text_of

TEMPLATE = "wagtail_pbgdpl/admin/mail.html"


def offers(question: Question, matter: Matter, user: Any) -> Sequence[Offer]:
    """Show on the page of a question the way to the mails about it."""
    rows = ReceivedMail.objects.filter(question=question).order_by("pk")
    return [
        Offer(
            gettext_lazy("Letter as it came"),
            reverse("pbgdpl_mail", args=[row.pk]),
            says=f"{row.get_outcome_display()}, {row}",
        )
        for row in rows
    ]


def mail(request: AdminRequest, pk: int) -> HttpResponse:
    """Show a mail; make a question of one that was set aside."""
    row = _visible(request, pk)
    if row.question is not None and not _may_read(request, row.question):
        # It says who asked: that stands behind a purpose.
        return redirect("pbgdpl_question_contact", row.question.pk)
    if request.method == "POST":
        return _take_in(request, row)
    context = {
        "row": row,
        "mail": _read(row),
        "takes_in": row.question is None and bool(row.file) and receives(request.user),
        "list": reverse("pbgdpl_mails"),
    }
    response = TemplateResponse(request, TEMPLATE, context)
    add_never_cache_headers(response)
    return response


@require_safe
def whole(request: AdminRequest, pk: int) -> HttpResponse:
    """Hand out a mail as it came, to be saved."""
    row = _visible(request, pk)
    if row.question is not None and not _may_read(request, row.question):
        return redirect("pbgdpl_question_contact", row.question.pk)
    response = HttpResponse(_content(row), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    add_never_cache_headers(response)
    return response


def _visible(request: AdminRequest, pk: int) -> ReceivedMail:
    """Return the mail: of a question, for who sees that; set aside, for who sees all questions."""
    row: ReceivedMail = get_object_or_404(ReceivedMail.objects.select_related("question"), pk=pk)
    if row.question is None:
        if not set_aside(request.user).filter(pk=pk).exists():
            raise Http404
    else:
        _matter(request, row.question)
    return row


def _matter(request: AdminRequest, question: Question) -> Matter:
    found: Matter = get_object_or_404(
        seen_by(request.user), kind=question.kind, subject=question.pk
    )
    return found


def _may_read(request: AdminRequest, question: Question) -> bool:
    return has_said(request.user, _matter(request, question))


def _content(row: ReceivedMail) -> bytes:
    try:
        found = kept(row)
    except FileNotFoundError:
        found = b""
    if not found:
        raise Http404
    return found


def _read(row: ReceivedMail) -> Mail | None:
    try:
        return read(kept(row)) if row.file else None
    except (Unreadable, FileNotFoundError):
        return None


def _take_in(request: AdminRequest, row: ReceivedMail) -> HttpResponse:
    if not receives(request.user):
        raise PermissionDenied
    stored: list[Attachment] = []
    try:
        with transaction.atomic():
            question = _made(row.pk, request, stored)
    except ValidationError as error:
        remove_stored(stored)
        messages.error(request, " ".join(error.messages))
        return redirect("pbgdpl_mail", row.pk)
    except BaseException:
        remove_stored(stored)
        raise
    said = _("The letter has become question %(number)s.") % {"number": question.number}
    messages.success(request, said)
    return redirect(question.matter.address)


def _made(pk: int, request: AdminRequest, stored: list[Attachment]) -> Question:
    row = ReceivedMail.objects.select_for_update().get(pk=pk)
    if row.outcome != Outcome.SET_ASIDE or row.question_id is not None:
        raise ValidationError(_("Somebody has made a question of it already."))
    found = _read(row)
    if found is None or not can_be_answered(found):
        raise ValidationError(_("It cannot be read, or its sender cannot be answered."))
    files = take_files(found)
    text = text_of(found, files)
    if not text:
        raise ValidationError(_("It has neither a text nor a file."))
    if not rules.is_taken(QuestionKind.QUESTION):
        raise ValidationError(_("The regulation of this portal has no questions and answers."))
    question = make_question(row, found, text, files, row.at, stored, request.user)
    row.save()
    return question


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/mails/<int:pk>/", mail, name="pbgdpl_mail"),
        path("pbgdpl/mails/<int:pk>/whole/", whole, name="pbgdpl_mail_whole"),
    ]
