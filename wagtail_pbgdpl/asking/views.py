"""Asking, and the receipt. No session, no cookie, no account.

Nothing here rests on what a browser sends by itself, so that there is nothing that another site
could forge for somebody: the key of a form is signed, and what lets somebody in stands in the
address. Hence no token of Django's, and no cookie for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..face.frame import frame
from ..intake import opening, tokens
from ..intake.forms import LookupForm
from ..intake.tracking import grouped
from ..questions import cases
from ..questions.models import Question, QuestionFile
from ..regulations import QuestionKind
from . import story
from .entry import ENTRIES, is_taken
from .forms import QuestionForm

ASK = "wagtail_pbgdpl/pages/ask.html"
RECEIPT = "wagtail_pbgdpl/pages/ask_receipt.html"
LOOKUP = "wagtail_pbgdpl/pages/ask_lookup.html"
EXPIRED = "wagtail_pbgdpl/pages/ask_expired.html"
WRONG = 422
View = Callable[..., HttpResponseBase]


def opened(purpose: str) -> Callable[[View], View]:
    """Let a view be asked with a token for ``purpose``, and hand it the key of the question.

    410 once the token is too old. Raises ``Http404`` for one that is none.
    """

    def with_key(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            try:
                pk = tokens.read(token, purpose)
            except tokens.Expired:
                return expired(request)
            except tokens.Forged as error:
                raise Http404(_("There is no such page.")) from error
            return view(request, pk, **kwargs)

        return answered

    return with_key


@csrf_exempt
@tokens.private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Take in a question, feedback or a petition (Q1: BK21 Điều 12.1c).

    Raises ``Http404`` where the regulation has no category for it.
    """
    if not is_taken(kind):
        raise Http404(_("The regulation of this portal has no questions and answers."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = QuestionForm(*sent, kind=kind, request=request)
    result, before_sending = form.earlier_result(), False
    if not result and form.is_valid():
        before_sending = form.shows_alike_first()
        if not before_sending:
            result = form.send_once(lambda: _received(form, kind)).result
    if result:
        return redirect("wagtail_pbgdpl:asked", tokens.token_for(int(result), tokens.RECEIPT))
    context = {
        "form": form,
        "kind": kind,
        "entry": ENTRIES[QuestionKind(kind)],
        "before_sending": before_sending,
    }
    is_wrong = form.is_bound and not before_sending
    return _page(request, ASK, context, status=WRONG if is_wrong else 200)


def _received(form: QuestionForm, kind: str) -> str:
    said = form.cleaned_data
    about = {name: said[name] for name in form.about if name in said}
    question = cases.receive(kind, said["text"], form.sender(), at=form.now, **about)
    form.attach(lambda: QuestionFile(question=question))
    return str(question.pk)


@tokens.private
@require_safe
@opened(tokens.RECEIPT)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show number and tracking code to who has just sent something. For half an hour."""
    question = get_object_or_404(Question, pk=pk)
    matter = question.matter
    context = {
        "question": question,
        "matter": matter,
        "code": grouped(question.code),
        "clock": story.clock_of(question, matter),
        "asked_for": opening.asked_for(question),
        "address": request.build_absolute_uri(reverse("wagtail_pbgdpl:question_status")),
    }
    return _page(request, RECEIPT, context)


@csrf_exempt
@tokens.private
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest, about: str = "question") -> HttpResponse:
    """Let in who has a tracking code and knows who sent it in: a question, a comment on a draft.

    ``about``: what the page speaks of; the codes of all are taken.
    """
    form = LookupForm(*[request.POST] if request.method == "POST" else [], request=request)
    problem = ""
    if form.is_bound and form.is_valid():
        form.count()
        said = form.cleaned_data
        found = opening.opened(said["code"], said["fact"], form.now)
        if found is not None:
            return redirect(found.opens, tokens.token_for(found.pk, found.purpose))
        problem = _(
            "Nothing was found with this code and these particulars. Check both. After ten wrong "
            "tries a code is locked for an hour."
        )
        # A new key: the next try is a form of its own.
        form = LookupForm(request=request, initial={name: said[name] for name in ("code", "fact")})
    context = {"form": form, "problem": problem, "about": about}
    is_wrong = bool(problem) or form.is_bound
    return _page(request, LOOKUP, context, status=WRONG if is_wrong else 200)


def expired(request: HttpRequest, written: str = "") -> HttpResponse:
    """Say that the address was good for half an hour. ``written``: what would be lost."""
    return _page(request, EXPIRED, {"written": written}, status=410)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {**frame(request), **context}, status=status)
