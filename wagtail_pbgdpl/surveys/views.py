"""The page of a survey: its questions while it is open, its results when it is closed.

It sets one cookie of its own, for this address alone and until the survey closes: a number that is
drawn, under signature. What is kept of it is a digest by a key that is thrown away with the survey.
No session, and no token of Django's: a form that another site sends comes without the cookie.
"""

from __future__ import annotations

import datetime
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..face.frame import frame
from ..worktime import VIETNAM
from . import answering
from .blocks import State
from .finding import Found, find
from .forms import SurveyForm
from .results import results

TEMPLATE = "wagtail_pbgdpl/pages/survey.html"
COOKIE = "pbgdpl_survey"
_SALT = "wagtail_pbgdpl.surveys"
WRONG, TOO_LATE = 422, 409


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, page_id: int, block: str) -> HttpResponse:
    """Ask, count, and say that it was counted; with the results once it is closed (P9).

    422 for a form with mistakes, 409 for one that comes outside the days. Raises ``Http404`` where
    no public page has the survey.
    """
    found = find(page_id, str(block))
    if found is None:
        raise Http404(_("There is no such survey."))
    token = _token(request)
    state = State.CLOSED if answering.is_closed(found) else found.value.state
    if state != State.OPEN:
        return _not_open(request, found, state)
    if answering.has_answered(found, token):
        return _page(request, found, {"is_counted": True})
    if request.method != "POST":
        form = SurveyForm(survey=found.value, request=request)
        return _asked(request, found, form, token)
    form = SurveyForm(request.POST, survey=found.value, request=request)
    return _sent(request, found, form, token)


def _sent(request: HttpRequest, found: Found, form: SurveyForm, token: str) -> HttpResponse:
    if form.is_valid() and not token:
        form.add_error(
            None,
            _(
                "Your browser did not keep the cookie by which the portal knows that it has not "
                "answered yet. It holds nothing about you. Allow it, and send the form once more."
            ),
        )
    if not form.is_valid():
        return _asked(request, found, form, token, status=WRONG)

    def make() -> str:
        answering.count(found, form.answers, form.offered, token)
        return "counted"

    try:
        form.send_once(make)
    except answering.NotOpen:
        return _not_open(request, found, State.CLOSED)
    except answering.Answered:
        pass
    return redirect(request.path)


def _asked(
    request: HttpRequest, found: Found, form: SurveyForm, token: str, status: int = 200
) -> HttpResponse:
    response = _page(request, found, {"form": form}, status)
    if not token:
        _set_token(request, response, found.value["closes_on"])
    return response


def _not_open(request: HttpRequest, found: Found, state: State) -> HttpResponse:
    context: dict[str, Any] = {"state": state, "is_late": request.method == "POST"}
    if state == State.CLOSED:
        context["survey_results"] = results(found.page.pk, found.block)
    return _page(request, found, context, TOO_LATE if request.method == "POST" else 200)


def _page(
    request: HttpRequest, found: Found, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    about = {"survey": found.value, "survey_page": found.page}
    return render(request, TEMPLATE, frame(request) | about | context, status=status)


def _token(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(COOKIE, "", salt=_SALT) or "")


def _set_token(request: HttpRequest, response: HttpResponse, closes_on: datetime.date) -> None:
    end = datetime.datetime.combine(
        closes_on + datetime.timedelta(days=1), datetime.time(), VIETNAM
    )
    response.set_signed_cookie(
        COOKIE,
        secrets.token_urlsafe(24),
        salt=_SALT,
        max_age=max(1, int((end - timezone.now()).total_seconds())),
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
