"""Commenting on a draft, what others comment, and where one's own comment stands (C12).

As with questions: no session, no cookie, no account, and nothing that rests on what a browser sends
by itself. When it closes, the server's clock says.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..asking.own_data import OwnData, handed_out
from ..asking.views import WRONG, opened
from ..consultations import cases, letters, lifecycle, shown
from ..consultations.carrying import changes_of
from ..consultations.chain import chain
from ..consultations.counting import tally
from ..consultations.models import Comment, CommentFile, Consultation
from ..consultations.places import commenting
from ..consultations.states import ConsultationState
from ..core.base_page import page_of
from ..core.text import number_in
from ..face.frame import frame
from ..intake import tokens
from ..intake.attachments import download
from ..intake.opening import asked_for
from ..intake.tracking import grouped
from ..matters.deeds import Refused
from ..serving.listing import is_public
from .forms import CommentForm, CorrectionForm

COMMENT = "wagtail_pbgdpl/pages/comment.html"
COMMENTS = "wagtail_pbgdpl/pages/comments.html"
CHANGES = "wagtail_pbgdpl/pages/draft_changes.html"
RECEIPT = "wagtail_pbgdpl/pages/comment_receipt.html"
STATUS = "wagtail_pbgdpl/pages/comment_status.html"
RECEIVED = "comment_receipt"
GONE = 410
NEARBY, PER_PAGE = 20, 50


@require_safe
def draft(request: HttpRequest, page: int) -> HttpResponseBase:
    """Lead to the page of a draft, wherever it is by now."""
    return redirect(_found(page)[0].get_url())


@csrf_exempt
@tokens.private
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, page: int, anchor: str = "") -> HttpResponse:
    """Show what was commented on a provision, or on the whole, and take a comment in.

    410 where the consultation has closed since the form was opened: what was written is shown, to
    be copied. Raises ``Http404`` for a provision that the draft has not.
    """
    about, consultation = _found(page)
    version = consultation.version(number_in(request.POST.get("version", ""), 4))
    place = version.place(anchor) if version else None
    if version is None or place is None:
        raise Http404(_("There is no such page."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CommentForm(*sent, request=request, initial={"version": version.number})
    form.fields["text"].label = consultation.words.yours
    result, closed = form.earlier_result(), ""
    state = consultation.state()
    if not result and form.is_bound:
        # Said at once, whatever else is wrong with the form.
        closed = "" if state is ConsultationState.OPEN else cases.closed_words(consultation)
        if not closed and form.is_valid():
            try:
                result = form.send_once(lambda: _received(form, consultation, anchor)).result
            except cases.Closed as error:
                closed = error.messages[0]
            except ValidationError as error:
                form.add_error(None, error)
    if result:
        return redirect("wagtail_pbgdpl:comment_received", tokens.token_for(int(result), RECEIVED))
    rows = shown.comments(consultation, anchor)
    context = {
        "form": form if state is ConsultationState.OPEN and not closed else None,
        "closed": closed,
        "written": form.data.get("text", "") if closed else "",
        "page_of_draft": about,
        "place": place,
        "count": rows.count(),
        "comments": shown.as_shown(rows[:NEARBY], consultation),
        "consultation": consultation,
        "words": consultation.words,
        "state_label": consultation.words.states[state],
        "days_left": consultation.days_left,
        "all_address": _all_of(page, anchor),
    }
    status = GONE if closed else WRONG if form.is_bound else 200
    return _page(request, COMMENT, context, status=status)


def _all_of(page: int, anchor: str) -> str:
    address = reverse("wagtail_pbgdpl:comments", args=[page])
    return f"{address}?dieu={anchor}" if anchor else address


def _received(form: CommentForm, consultation: Consultation, anchor: str) -> str:
    said = form.cleaned_data
    made = cases.receive(consultation, anchor, said["text"], form.sender(), **form.about)
    form.attach(lambda: CommentFile(comment=made))
    return str(made.pk)


@require_safe
def comments(request: HttpRequest, page: int) -> HttpResponse:
    """List all comments that are shown, with the answers once the summary is published."""
    about, consultation = _found(page)
    version, anchor = consultation.latest_version, request.GET.get("dieu", "")
    place = version.place(anchor) if version and anchor else None
    rows = shown.comments(consultation, place.anchor if place else None)
    pages = Paginator(rows, PER_PAGE)
    one = pages.get_page(request.GET.get("trang"))
    state = consultation.state()
    context = {
        "page_of_draft": about,
        "place": place,
        "consultation": consultation,
        "state": state,
        "words": consultation.words,
        "state_label": consultation.words.states[state],
        "comments": shown.as_shown(one.object_list, consultation),
        "page_of_items": one,
        "query_prefix": f"dieu={place.anchor}&" if place else "",
        "total": pages.count,
        "tally": tally(consultation),
        "chain": chain(consultation, consultation.matter),
        "commenting": commenting(consultation, state),
    }
    return _page(request, COMMENTS, context)


@require_safe
def changes(request: HttpRequest, page: int, number: int) -> HttpResponse:
    """Show what a version changes of the one before. Raises ``Http404`` for the first."""
    about, consultation = _found(page)
    version = get_object_or_404(consultation.versions, number=number)
    shown_changes = changes_of(version)
    if not shown_changes:
        raise Http404(_("There is no such page."))
    context = {"page_of_draft": about, "version": version, "changes": shown_changes}
    return _page(request, CHANGES, context)


@tokens.private
@require_safe
@opened(RECEIVED)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show number and tracking code to who has just sent a comment. For half an hour."""
    row = get_object_or_404(Comment.objects.select_related("consultation"), pk=pk, erased_at=None)
    context = {
        "comment": row,
        "words": row.consultation.words,
        "code": grouped(row.code),
        "draft": page_of(row.consultation.page),
        "until": cases.until(row),
        "asked_for": asked_for(row),
        "address": request.build_absolute_uri(reverse("wagtail_pbgdpl:comment_status")),
    }
    return _page(request, RECEIPT, context)


@csrf_exempt
@tokens.private
@require_http_methods(["GET", "HEAD", "POST"])
@opened(Comment.purpose)
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where a comment stands, or do what its author wants: correct, withdraw."""
    rows = Comment.objects.select_related("consultation", "answer", "version")
    row: Comment = get_object_or_404(rows, pk=pk, erased_at=None)
    way = request.POST.get("way", "") if request.method == "POST" else ""
    form = CorrectionForm(*[request.POST] if way == "correct" else [], request=request)
    data, problem = OwnData(request, row), ""
    try:
        if way == "withdraw":
            cases.withdraw(row)
            return redirect(request.path)
        if (way == "data" and data.ask()) or (way == "data_withdraw" and data.withdraw()):
            return redirect(request.path)
        if way == "correct" and (form.earlier_result() or form.is_valid()):
            form.send_once(lambda: _corrected(row, form))
            return redirect(request.path)
    except cases.Closed as error:
        problem = error.messages[0]
    except Refused:
        problem = _("This is no longer possible: the comment stands elsewhere now.")
    except ValidationError as error:
        if way == "correct":
            form.add_error("text", error)
        elif not data.say(error):
            problem = " ".join(error.messages)
    form.fields["text"].label = row.consultation.words.yours
    context = _standing(row) | {"form": form, "problem": problem, "token_path": request.path}
    context |= data.context()
    if problem:
        context["written"] = request.POST.get("text", "")
    elif not form.is_bound:
        form.initial["text"] = context["text"]
    return _page(request, STATUS, context, status=WRONG if way else 200)


@tokens.private
@require_safe
@opened(Comment.purpose)
def copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the copy of an author's own data. Raises ``Http404`` before one was granted."""
    return handed_out(get_object_or_404(Comment, pk=pk, erased_at=None))


def _corrected(row: Comment, form: CorrectionForm) -> str:
    cases.correct(row, form.cleaned_data["text"])
    return str(row.pk)


def _standing(row: Comment) -> dict[str, Any]:
    matter, wording = row.matter, row.wording
    withheld = matter.events.filter(move="comment_withhold").order_by("-pk").first()
    return {
        "comment": row,
        "matter": matter,
        "words": row.consultation.words,
        "code": grouped(row.code),
        "draft": page_of(row.consultation.page),
        "text": wording.text if wording else "",
        "pieces": shown.pieces_of(wording) if wording else [],
        "is_black_out": wording is not None and wording.blackouts.exists(),
        "why": withheld.text if withheld and matter.state == lifecycle.WITHHELD else "",
        "answer": row.answer if shown.has_public_answer(row, matter) else None,
        "may_change": cases.may_change(row, matter),
        "until": cases.until(row),
        "files": list(row.files.all()),
        "draft_address": letters.draft_address(row.consultation),
    }


@tokens.private
@require_safe
@opened(Comment.purpose)
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Hand out a file to who sent it. Raises ``Http404`` for those of other comments."""
    found = get_object_or_404(CommentFile, pk=number, comment_id=pk, comment__erased_at=None)
    try:
        return download(found)
    except FileNotFoundError as error:
        raise Http404(_("There is no such page.")) from error


def _found(number: int) -> tuple[Any, Consultation]:
    """Return a draft that everybody may read, with its consultation. Raises ``Http404``."""
    page = page_of(number)
    if page is None or not is_public(page):
        raise Http404(_("There is no such page."))
    return page, get_object_or_404(Consultation, page=number)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {**frame(request), **context}, status=status)
