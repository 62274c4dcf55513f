"""What an asker wants done with their own data: the form, what became of it, and the copy (Q7)."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..intake import tokens
from ..matters.models import Event, Matter
from ..questions import data_copy
from ..questions.models import DATA_REQUEST, DataRequest, Question
from .forms import DataForm
from .views import opened

COPY = "wagtail_pbgdpl/pages/data_copy.html"
PREFIX = "du-lieu"


class Asked(NamedTuple):
    """``due``: until when it is decided, while it is open; ``why``: it was refused."""

    key: int
    what: str
    at: datetime.datetime
    state: str
    says: str
    due: datetime.datetime | None
    closed_at: datetime.datetime | None
    why: str
    has_copy: bool

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def form_of(request: HttpRequest, is_sent: bool) -> DataForm:
    return DataForm(*[request.POST] if is_sent else [], request=request, prefix=PREFIX)


def asked_of(question: Question) -> list[Asked]:
    """Return what was asked for, the latest first; three queries, one where nothing was."""
    requests = list(question.data_requests.order_by("-pk"))
    if not requests:
        return []
    keys = [one.pk for one in requests]
    matters = {
        one.subject: one for one in Matter.objects.filter(kind=DATA_REQUEST, subject__in=keys)
    }
    refused = Event.objects.filter(matter__in=matters.values(), move="data_refuse")
    why = dict(refused.values_list("matter_id", "text"))
    return [_asked(one, matters[one.pk], why) for one in requests]


def _asked(request: DataRequest, matter: Matter, why: dict[int, str]) -> Asked:
    return Asked(
        request.pk,
        request.get_sort_display(),
        request.asked_at,
        matter.state,
        str(matter.state_label),
        matter.limit,
        matter.closed_at,
        why.get(matter.pk, ""),
        request.sort == DataRequest.Sort.COPY and matter.state == "data_granted",
    )


@tokens.private
@require_safe
@opened(tokens.STATUS)
def copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the copy of an asker's own data, to be saved.

    410 once the token is too old. Raises ``Http404`` for one that is none, and before a copy was
    granted.
    """
    question = get_object_or_404(
        Question.objects.select_related("legal_field"), pk=pk, erased_at=None
    )
    if not data_copy.is_granted(question):
        raise Http404(_("There is no such page."))
    response = HttpResponse(render_to_string(COPY, data_copy.copy_of(question)))
    response["Content-Disposition"] = f'attachment; filename="{question.number}.html"'
    response["Content-Security-Policy"] = "sandbox"
    return response
