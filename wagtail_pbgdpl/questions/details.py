"""What the page of a matter shows of a question, and of a part of its answer. No contact data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..matters.models import Matter
from ..worktime import moment
from . import rules
from .anonymous import without_persons
from .models import PARTS, STARS, Part, Question
from .nearest import nearest_rows

Row = tuple[object, object]


def details_of(question: Question) -> Sequence[Row]:
    """Return labels and values, those first that are decided on; what is empty is not shown.

    The way to the contact data leads over a question of its own.

    The tracking code is the asker's alone: with it and the contact data one would act as the asker.
    """
    topic = rules.topic_of(question)
    return [
        (_("heading"), question.heading),
        (_("what was asked"), question.text),
        *_clarified(question),
        *_files(question),
        *_parts(question),
        (_("answer"), question.answer),
        *_became(question),
        (_("personal data"), _erased(question))
        if question.erased_at
        else (_("contact data"), _link(question)),
        *_data_requests(question),
        *nearest_rows(question),
        (_("number of the question"), question.number),
        (_("sort of question"), topic.name if topic else ""),
        (_("legal field"), question.legal_field or ""),
        *_batch(question),
        (_("commune"), question.commune),
    ]


def details_of_part(part: Part) -> Sequence[Row]:
    question = part.question
    return [
        (_("number of the question"), question.number),
        (_("what was asked"), question.text),
        *_clarified(question),
        *_files(question),
        (_("what the unit is asked"), part.asked),
        (_("what the unit says"), part.text),
    ]


def of_data_request(question: Question) -> Sequence[Row]:
    """Return what the page of a request about the asker's own data shows of the question."""
    return [
        (_("number of the question"), _to(question.matter.address, question.number)),
        (_("personal data"), _erased(question))
        if question.erased_at
        else (_("contact data"), _link(question)),
    ]


def details_of_draft(part: Part) -> Sequence[Row]:
    """Return what an outside expert sees: nothing that tells who asked, and no file, which may."""
    question = part.question
    return [
        (_("legal field"), question.legal_field or ""),
        (_("what was asked"), without_persons(question, question.text)),
        *((label, without_persons(question, text)) for label, text in _clarified(question)),
        (_("what the expert is asked"), part.asked),
        *nearest_rows(question),
        (_("draft of the expert"), part.text),
    ]


def _became(question: Question) -> Iterator[Row]:
    if question.same_as is not None:
        yield _("the same as"), question.same_as.number
    if question.public_address:
        yield _("public answer"), _to(question.public_address, question.public_address)
    for former in question.former_ratings.all():
        yield _("rating of a former answer"), _rated(former.rating, former.comment)
    if question.rating:
        yield _("rating"), _rated(question.rating, question.rating_comment)


def _rated(stars: int, comment: str) -> str:
    return f"{stars}/{STARS}. {comment}".strip()


def _clarified(question: Question) -> Iterator[tuple[str, str]]:
    for one in question.clarifications.all():
        if one.wanted:
            yield _("what is missing"), one.wanted
        if one.text:
            yield _("what the asker added"), one.text


def _parts(question: Question) -> Iterator[Row]:
    parts = {part.pk: part for part in question.parts.select_related("unit", "expert")}
    for matter in Matter.objects.filter(kind__in=PARTS, subject__in=parts).order_by("pk"):
        part = parts[matter.subject or 0]
        # What is not signed is its writer's alone.
        said = f"\n{part.text}" if part.signed_at else ""
        yield part.whose, f"{matter.state_label}{said}"


def _batch(question: Question) -> Iterator[Row]:
    if question.batch is not None:
        address = f"{reverse('pbgdpl_questions:list')}?batch={question.batch.pk}"
        yield _("batch"), _to(address, question.batch.number)


def _data_requests(question: Question) -> Iterator[Row]:
    for one in question.open_data_requests():
        yield _("request about personal data"), _to(one.matter.address, one.get_sort_display())


def _link(question: Question) -> Any:
    address = reverse("pbgdpl_question_contact", args=[question.pk])
    return _to(address, _("Show the contact data"))


def _files(question: Question) -> Iterator[Row]:
    for file in question.files.all():
        address = reverse("pbgdpl_question_file", args=[question.pk, file.pk])
        yield _("file"), _to(address, f"{file.name} ({filesizeformat(file.size)})")


def _erased(question: Question) -> str:
    return _("erased at %(moment)s") % {"moment": moment(question.erased_at)}


def _to(address: str, text: str) -> Any:
    return format_html('<a href="{}">{}</a>', address, text)
