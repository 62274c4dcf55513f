"""What somebody wants done with their own data, where what they sent stands (Q7).

The form, what became of it, and the copy; of a question, of a comment, of whatever has a holder.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..core.text import number_in
from ..intake import tokens
from ..matters.models import Event, Matter
from ..own_data import copies, requests
from ..own_data.models import DATA_REQUEST, DataRequest
from ..questions.models import Question
from ..regulations.active import get_regulation
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


class OwnData:
    """The part of a status page that is about the person's own data; ``about``: what they sent.

    What is wrong with the form stands in ``form``.
    """

    def __init__(self, request: HttpRequest, about: Any) -> None:
        self.request, self.about = request, about
        way = request.POST.get("way") if request.method == "POST" else ""
        sent = [request.POST] if way == "data" else []
        self.form = DataForm(*sent, request=request, prefix=PREFIX)

    def ask(self) -> bool:
        """Take in what was sent; ``False`` where something is wrong with it.

        Raises ``ValidationError`` where it cannot be asked for now.
        """
        if self.form.earlier_result():
            return True
        if not self.form.is_valid():
            return False
        self.form.send_once(self._take_in)
        return True

    def _take_in(self) -> str:
        said = self.form.cleaned_data
        return str(requests.ask(self.about, said["sort"], said["text"], self.form.now).pk)

    def withdraw(self) -> bool:
        """Close a request. Raises ``Http404`` for another's, ``Refused`` where it is decided."""
        key = number_in(self.request.POST.get("number", ""))
        found = self.about.data_requests.filter(pk=key).first() if key is not None else None
        if found is None:
            raise Http404(_("There is no such page."))
        requests.withdraw(found)
        return True

    def say(self, error: ValidationError) -> bool:
        """Put what is wrong at its field; ``False`` where it is none of the form's."""
        names = getattr(error, "message_dict", {}).keys()
        if not (self.form.is_bound and names <= self.form.fields.keys()):
            return False
        self.form.add_error(None, error)
        return True

    @property
    def written(self) -> str:
        return str(self.form.data.get(f"{PREFIX}-text", "")) if self.form.is_bound else ""

    def context(self) -> dict[str, Any]:
        return {
            "data_form": self.form,
            "data_asked": asked_of(self.about),
            "data_days": get_regulation().data_requests.answer_working_days,
            "copy_address": f"{self.request.path}ban-sao/",
        }


def asked_of(about: Any) -> list[Asked]:
    """Return what was asked for, the latest first; three queries, one where nothing was."""
    requests = list(about.data_requests.order_by("-pk"))
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
    return handed_out(question)


def handed_out(about: Any) -> HttpResponse:
    """Return the copy as a file. Raises ``Http404`` before one was granted."""
    if not copies.is_granted(about):
        raise Http404(_("There is no such page."))
    response = HttpResponse(render_to_string(COPY, copies.copy_of(about)))
    response["Content-Disposition"] = f'attachment; filename="{about.number}.html"'
    response["Content-Security-Policy"] = "sandbox"
    return response
