"""Makes answers of the questions that stand as blocks on index pages (C6).

They are public already, so what becomes public here shows nothing new. All the same the journal
says of each that no board decided it. What is not complete, or stands in a draft alone, goes the
way of the board.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ..blocks.question import QuestionAnswerBlock
from ..core.discovery import concrete_models
from ..core.text import nfc
from ..organisation.models import Unit
from ..worktime.active import today
from .actions import add_draft, publish
from .answers import AnswerMixin
from .indexes import QuestionIndexMixin

LONGEST_TITLE = 255


@dataclass(frozen=True, slots=True)
class Made:
    """An answer that was made; ``problems`` say why it is a draft."""

    page: Any
    problems: tuple[str, ...] = ()


def questions_of(index_page: Any) -> list[Any]:
    """Return the values of the question blocks in the public version of ``index_page``."""
    return [
        block.value
        for block in index_page.questions
        if isinstance(block.block, QuestionAnswerBlock) and block.value["question"].strip()
    ]


def make_answers(*, user: Any = None) -> Iterator[Made]:
    """Make an answer of each question block of the live index pages of C6, and yield what was made.

    A question that an answer below the same index page asks already is left out, so it may run
    again. The blocks stay. ``user`` is whom the journal names.
    """
    for model in concrete_models(QuestionIndexMixin):
        for index_page in model._default_manager.live():
            yield from _answers_of(index_page, user)


def _answers_of(index_page: Any, user: Any) -> Iterator[Made]:
    kinds = [one for one in concrete_models(AnswerMixin) if one.can_exist_under(index_page)]
    if not kinds:
        return
    kind = kinds[0]
    for value in questions_of(index_page):
        question = nfc(value["question"]).strip()
        if not kind._default_manager.child_of(index_page).filter(question_text=question).exists():
            yield _make(kind, index_page, question, value, user)


def _make(kind: type[Any], index_page: Any, question: str, value: Any, user: Any) -> Made:
    page = kind(title=short(question), question_text=question)
    answered_by = nfc(value["answered_by"] or "").strip()
    page.unit = Unit.objects.on(today()).filter(name=answered_by).first() if answered_by else None
    page.author = page.source = answered_by
    page.body = [("rich_text", value["answer"])]
    if basis := (value["legal_basis"] or "").strip():
        page.legal_basis = [("legal_basis", {"name": basis})]
    add_draft(index_page, page, user=user)
    try:
        with transaction.atomic():
            live = publish(page, user=user, at=index_page.last_published_at)
    except ValidationError as error:
        # What the attempt set is rolled back in the tables, not in the object.
        draft = kind._default_manager.get(pk=page.pk)
        return Made(draft, tuple(_problems(draft, error)))
    return Made(live)


def _problems(page: Any, error: ValidationError) -> Iterator[str]:
    """Say what is wrong with which field."""
    names = {field.name: str(field.verbose_name) for field in page._meta.concrete_fields}
    for name, messages in error.update_error_dict({}).items():
        text = " ".join(ValidationError(messages).messages)
        yield f"{names[name]}: {text}" if name in names else text


def short(question: str) -> str:
    """Return a question as a title: its first line, cut between words where it is too long."""
    line = " ".join(question.splitlines()[0].split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(" ,;.") + "…"
