"""Several questions gathered into a batch and forwarded with one press (Q11: BP20 Điều 11.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from ..authority.refusals import Refused
from ..core.accounts import AdminRequest
from ..matters.deeds import Deed, act
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..regulations import QuestionKind
from ..worktime import moment
from .forms import area, forwarding
from .models import Batch, Question
from .rules import receives

#: What the clause speaks of.
KIND = QuestionKind.QUESTION.value
AT_ONCE = 200
FEWEST = 2
# Of the words of a question what the list shows.
SHOWN = 160
# What each question has for itself.
OF_ONE = ("heading", "legal_field", "others", "asked")


def received(user: Any) -> list[Question]:
    """Return the questions that wait to be forwarded, the oldest first, 200 at most; two queries
    beside those of the scope."""
    waiting = seen_by(user).filter(kind=KIND, state="received").order_by("pk")
    keys = list(waiting.values_list("subject", flat=True)[:AT_ONCE])
    return list(
        Question.objects.filter(pk__in=keys).select_related("legal_field").order_by("received_at")
    )


class BatchForm(forms.Form):
    """Which questions, of what sort, for which unit, until when, and what their askers are told."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"] = forms.MultipleChoiceField(
            label=_("Questions"),
            choices=[(str(one.pk), _line(one)) for one in questions],
            widget=forms.CheckboxSelectMultiple,
        )
        own = forwarding(Question(kind=KIND))
        self.fields.update({name: own[name] for name in own if name not in OF_ONE})
        self.fields["why"] = area(
            _("Why they are gathered, as those who asked read it"),
            help_text=_("They are told until when they have an answer as well."),
        )

    def clean_questions(self) -> list[int]:
        chosen = [int(key) for key in self.cleaned_data["questions"]]
        if len(chosen) < FEWEST:
            raise ValidationError(gettext("Choose two questions at least."))
        return chosen


def _line(question: Question) -> str:
    words = Truncator(question.text).chars(SHOWN)
    about = [question.number, moment(question.received_at), question.legal_field or "", words]
    return " · ".join(filter(None, map(str, about)))


@transaction.atomic
def forward(keys: Iterable[int], values: Mapping[str, Any], by: Any) -> Batch:
    """Forward the questions with these keys as one batch: all of them, or none.

    ``values``: ``unit``, ``topic`` and ``days`` as the forwarding of one has them, and ``why``.
    Raises ``Refused``, which names the question, and ``ValidationError``.
    """
    batch = Batch.objects.create(
        unit=values["unit"],
        topic=values.get("topic") or "",
        days=values.get("days"),
        why=values["why"].strip(),
        made_by=by,
    )
    # In one order: of two who gather the same, none waits for the other in a circle.
    rows = Matter.objects.filter(kind=KIND, subject__in=list(keys)).order_by("pk")
    questions = Question.objects.select_related("legal_field").in_bulk(
        [row.subject for row in rows]
    )
    for matter in rows:
        question = questions[matter.subject]
        own = {
            "heading": question.heading,
            "legal_field": question.legal_field,
            "topic": batch.topic,
            "unit": batch.unit,
            "days": batch.days,
            "batch": batch,
        }
        try:
            act(Deed(matter, "forward", by, text=batch.why, values=own))
        except Refused as refusal:
            raise Refused(f"{question.number}: {refusal.message}") from refusal
    return batch


def gather(request: AdminRequest) -> HttpResponse:
    """Show what waits to be forwarded; forward what was chosen."""
    if not receives(request.user):
        raise PermissionDenied
    form = BatchForm(
        request.POST if request.method == "POST" else None, questions=received(request.user)
    )
    if request.method == "POST" and form.is_valid() and _forwarded(request, form):
        return redirect("pbgdpl_questions:list")
    context = {
        "form": form,
        "page_title": gettext("Gather a batch"),
        "header_title": gettext("Gather a batch"),
        "header_icon": "folder-open-inverse",
        "media": form.media,
        "submit_button_label": gettext("Forward the batch"),
        "action_url": request.path,
        "breadcrumbs_items": [],
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "wagtailadmin/generic/form.html", context, status=status)


def _forwarded(request: AdminRequest, form: BatchForm) -> bool:
    keys = form.cleaned_data["questions"]
    try:
        batch = forward(keys, form.cleaned_data, request.user)
    except Refused as refusal:
        form.add_error("questions", refusal.message)
        return False
    except ValidationError as error:
        for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)
        return False
    said = ngettext(
        "Batch %(number)s: %(count)d question forwarded to %(unit)s.",
        "Batch %(number)s: %(count)d questions forwarded to %(unit)s.",
        len(keys),
    ) % {"number": batch.number, "count": len(keys), "unit": batch.unit}
    address = f"{reverse('pbgdpl_questions:list')}?batch={batch.pk}"
    messages.success(request, said, buttons=[messages.button(address, gettext("Show it"))])
    return True
