"""From a question that was answered to the page of its answer, and back (Q4, Q6, Q7).

Clauses: BK21 Điều 12.1c; BP20 Điều 11.5.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..authority.refusals import Refused
from ..authority.rules import Item
from ..core.accounts import AdminRequest
from ..core.discovery import concrete_models
from ..matters.kinds import Offer
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..questions import publication
from ..questions.anonymous import without_persons
from ..questions.models import Question
from ..workflows.rights import Act, may_on
from ..worktime.deadline import local_day
from .actions import add_draft
from .answers import AnswerMixin
from .answers_from_blocks import short
from .obligations import index_page_of

#: States of a question in which a page of its answer may be begun.
ANSWERED = ("answered", "to_publish")


def page_of(question: Question) -> Any:
    """Return the page of the answer, the public one first; ``None`` where there is none."""
    for model in concrete_models(AnswerMixin):
        pages = model._default_manager.filter(question_number=question.pk, alias_of=None)
        if page := pages.order_by("-live", "pk").first():
            return page
    return None


def may_begin(user: Any, matter: Matter) -> bool:
    """Whether the user may add an item of the unit to the category of the question."""
    if matter.state not in ANSWERED:
        return False
    index = index_page_of(matter.category)
    return (
        index is not None
        and _model_below(index) is not None
        and index.permissions_for_user(user).can_add_subpage()
        and bool(may_on(user, Act.ADD, Item(category=matter.category, unit=matter.unit_id)))
    )


@transaction.atomic
def begin(question: Question, user: Any) -> Any:
    """Return the page of the answer, made as a draft in the name of ``user`` where there is none.

    What the asker wrote is not taken over, and what is taken of the answer is without the asker and
    without identifiers. The name stands there only where the asker agreed. Raises
    ``PermissionDenied`` where the user may not add it, or the question has no answer.
    """
    rows = Matter.objects.select_for_update(of=("self",)).select_related("unit")
    matter = rows.get(kind=question.kind, subject=question.pk)
    question = Question.objects.select_related("legal_field").get(pk=question.pk)
    if (page := page_of(question)) is not None:
        return page
    if not may_begin(user, matter):
        raise PermissionDenied
    index = index_page_of(matter.category)
    page = _draft(_model_below(index), question, matter)
    add_draft(index, page, user=user)
    return page


def _draft(model: Any, question: Question, matter: Matter) -> Any:
    page = model(
        title=_title(question),
        question_number=question.pk,
        asker_name=question.public_name,
        answered_on=local_day(matter.closed_at) if matter.closed_at else None,
        unit=matter.unit,
        author=str(matter.unit or ""),
        source=str(matter.unit or ""),
    )
    if answer := without_persons(question, question.answer):
        page.body = [("rich_text", linebreaks(answer, autoescape=True))]
    if question.legal_field is not None:
        page.legal_fields = [question.legal_field]
    return page


def _title(question: Question) -> str:
    if question.heading:
        return short(without_persons(question, question.heading))
    if question.legal_field is not None:
        return short(_("Answer on %(field)s") % {"field": question.legal_field})
    return _("Answer to a question of the public")


def _model_below(index: Any) -> Any:
    models = (one for one in concrete_models(AnswerMixin) if one.can_create_at(index))
    return next(models, None)


@require_POST
def draft(request: AdminRequest, pk: int) -> HttpResponse:
    """Begin the page of the answer and lead to it; a second press leads to the same."""
    question = get_object_or_404(Question, pk=pk)
    # A guessed number, another unit's case: neither is there (R11).
    if not seen_by(request.user).filter(kind=question.kind, subject=pk).exists():
        raise Http404
    page = begin(question, request.user)
    if page.live:
        follow_publication(instance=page)
    else:
        messages.info(
            request,
            _(
                "Edit the question and the answer so that they tell nothing of who asked, then "
                "submit the page for moderation."
            ),
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


def urls() -> list[URLPattern]:
    return [path("pbgdpl/questions/<int:pk>/page/", draft, name="pbgdpl_question_page")]


def offers(question: Question, matter: Matter, user: Any) -> list[Offer]:
    """Offer the page of the answer: where it is, or to begin it."""
    page = page_of(question)
    if page is not None:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        seen = page.permissions_for_user(user).can_edit()
        return [Offer(_("Page of the answer"), address, says=_said(page))] if seen else []
    if not may_begin(user, matter):
        return []
    return [
        Offer(
            _("Write the page of the answer"),
            reverse("pbgdpl_question_page", args=[question.pk]),
            by_post=True,
            says=_(
                "Makes a draft of the answer, without what the asker wrote and without identifiers."
            ),
        )
    ]


def _said(page: Any) -> str:
    return _("It is public.") if page.live else _("It is a draft.")


def follow_publication(*, instance: Any, **kwargs: Any) -> None:
    """The answer to a question is public: its matter is told, whatever the way in."""
    question = _question_of(instance)
    if question is None:
        return
    try:
        publication.published(question.number, instance.get_url() or "")
    except Refused:
        # It was opened again: the new answer is published anew.
        return


def follow_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """The answer was taken down: its address leads nowhere."""
    if (question := _question_of(instance)) is not None:
        publication.taken_down(question.pk)


def _question_of(page: Any) -> Question | None:
    if page.question_number is None or not page.counts_in_ledger:
        return None
    found: Question | None = Question.objects.filter(pk=page.question_number).first()
    return found


def forget_asker(*, question: Question, **kwargs: Any) -> None:
    """Take an erased asker out of the page of the answer and of its versions.

    What the public reads was edited for it and stays, without the name. Of the versions before it
    nobody knows what they hold: they become what is public. A draft that never was public goes.
    """
    for model in concrete_models(AnswerMixin):
        for page in model._default_manager.filter(question_number=question.pk):
            if page.first_published_at is None:
                page.delete()
            else:
                _forget_in_versions(page)
                model._default_manager.filter(pk=page.pk).update(asker_name="")


def _forget_in_versions(page: Any) -> None:
    public = page.live_revision
    for revision in page.revisions.all():
        before = public is not None and revision.pk < public.pk
        revision.content = dict(public.content if before else revision.content)
        revision.content["asker_name"] = ""
        revision.save(update_fields=["content"])
