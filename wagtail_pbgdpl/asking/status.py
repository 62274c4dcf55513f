"""Where a question stands, for who asked it: the page, its files, and what they may do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..face.frame import frame
from ..intake import tokens
from ..intake.attachments import download
from ..intake.tracking import grouped
from ..matters.deeds import Refused
from ..matters.models import Matter
from ..questions import cases
from ..questions.lifecycle import ON_ITS_WAY
from ..questions.models import Question, QuestionFile
from . import own_data, story
from .forms import RatingForm, SupplyForm
from .views import WRONG, expired, opened

TEMPLATE = "wagtail_pbgdpl/pages/ask_status.html"
WITHDRAWABLE = (*ON_ITS_WAY, "needs_information")


class Desk:
    """What the asker sees at one request, and the forms that the state of the case allows."""

    def __init__(self, request: HttpRequest, question: Question) -> None:
        self.request, self.question = request, question
        self.matter: Matter = question.matter
        way = request.POST.get("way") if request.method == "POST" else ""
        self.supply = SupplyForm(*self._sent(way == "supply", files=True), request=request)
        self.rating = RatingForm(*self._sent(way == "rate"))
        self.data = own_data.OwnData(request, question)
        self.problem = ""

    def _sent(self, is_sent: bool, files: bool = False) -> list[Any]:
        if not is_sent:
            return []
        return [self.request.POST, self.request.FILES] if files else [self.request.POST]

    def act(self, way: str) -> bool:
        """Do what was sent. ``False`` where something is wrong; it stands in the forms then."""
        doing = {
            "supply": self._supply,
            "withdraw": self._withdraw,
            "rate": self._rate,
            "data": self.data.ask,
            "data_withdraw": self.data.withdraw,
        }.get(way)
        return doing is not None and self._done(doing)

    def _done(self, doing: Callable[[], bool]) -> bool:
        try:
            return doing()
        except Refused:
            self.problem = _("This is no longer possible: the case stands elsewhere now.")
        except ValidationError as error:
            self._say(error)
        self.matter = self.question.matter
        return False

    def _say(self, error: ValidationError) -> None:
        """Say at its field what is wrong with a form that names it, else at the top."""
        if not self.data.say(error):
            self.problem = " ".join(error.messages)

    def _supply(self) -> bool:
        form = self.supply
        if form.earlier_result():
            return True
        if not form.is_valid():
            return False
        form.send_once(self._add)
        return True

    def _add(self) -> str:
        cases.supplied(self.question, self.supply.cleaned_data["text"])
        self.supply.attach(lambda: QuestionFile(question=self.question))
        return str(self.question.pk)

    def _withdraw(self) -> bool:
        cases.withdraw(self.question)
        return True

    def _rate(self) -> bool:
        if not self.rating.is_valid():
            return False
        said = self.rating.cleaned_data
        cases.rate(self.question, said["rating"], said["comment"])
        return True

    def context(self) -> dict[str, Any]:
        question, matter = self.question, self.matter
        return {
            "question": question,
            "matter": matter,
            "code": grouped(question.code),
            "stands": story.stands(matter),
            "answer": question.answer if story.has_answer(matter) else "",
            "clarifications": list(question.clarifications.all()),
            "files": list(question.files.all()),
            "clock": story.clock_of(question, matter),
            "happened": story.happened(question, matter),
            "problem": self.problem,
            "supply": self.supply if matter.state == "needs_information" else None,
            # What was written and is no longer wanted is shown all the same.
            "written": self.supply.data.get("text", "") if self.supply.is_bound else "",
            "may_withdraw": matter.state in WITHDRAWABLE,
            **self.data.context(),
            "rating": self.rating if cases.may_rate(question, matter) else None,
        }


@csrf_exempt
@tokens.private
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case, or do what its asker wants: add, withdraw, rate.

    410 once the token is too old. Raises ``Http404`` for one that is none.
    """
    try:
        pk = tokens.read(token, tokens.STATUS)
    except tokens.Expired:
        return expired(request, _written(request))
    except tokens.Forged as error:
        raise Http404(_("There is no such page.")) from error
    desk = Desk(request, _question(pk))
    if request.method == "POST" and desk.act(request.POST.get("way", "")):
        return redirect(request.path)
    context = {**frame(request), **desk.context(), "until": tokens.ends_at(token, tokens.STATUS)}
    return render(request, TEMPLATE, context, status=WRONG if request.method == "POST" else 200)


@tokens.private
@require_safe
@opened(tokens.STATUS)
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Hand out a file to who sent it. Raises ``Http404`` for those of other questions."""
    found = get_object_or_404(QuestionFile, pk=number, question_id=pk, question__erased_at=None)
    try:
        return download(found)
    except FileNotFoundError as error:
        raise Http404(_("There is no such page.")) from error


def _written(request: HttpRequest) -> str:
    names = ("text", "comment", f"{own_data.PREFIX}-text")
    return next((text for name in names if (text := request.POST.get(name))), "")


def _question(pk: int) -> Question:
    rows = Question.objects.select_related("legal_field", "batch")
    return get_object_or_404(rows, pk=pk, erased_at=None)
