"""Letters to who comments on a draft or asks in a dialogue, and to invited bodies (C12, C17).

They name number and tracking code, and nothing that the author wrote.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ..intake.tracking import grouped
from ..notices.letters import Letter, public, register
from ..notices.models import Notice
from ..notices.telling import tell
from ..own_data.models import DataRequest
from ..own_data.requests import said_of
from .models import Comment, Consultation

VARIABLES = (
    "number: of the comment; code: its tracking code; title: of the draft; place: the provision; "
    "subject: «the draft» or «the dialogue»; says: what has happened, a sentence; words: of the "
    "officials, if any; address: of the page on which the author sees where it stands; draft: the "
    "address of the draft"
)

RECEIVED = register(
    "comment_received",
    gettext_lazy("receipt of a comment on a draft"),
    gettext_lazy("%(number)s: received"),
    VARIABLES,
    template="comment",
)
WITHHELD = register(
    "comment_withheld",
    gettext_lazy("comment on a draft that is not shown"),
    gettext_lazy("%(number)s: not shown"),
    VARIABLES,
    template="comment",
)
OUTCOME = register(
    "comment_outcome",
    gettext_lazy("what became of a comment on a draft"),
    gettext_lazy("%(number)s: what became of what you wrote"),
    VARIABLES,
    template="comment",
)
DATA_ASKED = register(
    "comment_data_asked",
    gettext_lazy("receipt of a request about personal data"),
    gettext_lazy("%(number)s: your request about your personal data"),
    VARIABLES,
    template="comment",
)
DATA_DECIDED = register(
    "comment_data_decided",
    gettext_lazy("decision on a request about personal data"),
    gettext_lazy("%(number)s: decision on your personal data"),
    VARIABLES,
    template="comment",
)
DATA_ERASED = register(
    "comment_data_erased",
    gettext_lazy("erasure of personal data"),
    gettext_lazy("%(number)s: your personal data have been erased"),
    VARIABLES,
    template="comment",
    passing=True,
)
INVITED = register(
    "consultation_invited",
    gettext_lazy("invitation to comment on a draft"),
    gettext_lazy("Invitation to comment: «%(title)s»"),
    "title: of the draft; until: the last day; address: of the draft; words: of the unit, if any",
)

LETTERS = (RECEIVED, WITHHELD, OUTCOME, DATA_ASKED, DATA_DECIDED)


def received(comment: Comment) -> None:
    """Tell the author that it was received, under which number and code."""
    _tell(RECEIVED, comment, lambda: str(comment.consultation.words.told_received), "")


def withheld(comment: Comment, words: str, event: Any) -> None:
    """Tell the author that it is not shown, and why."""
    says = lambda: str(comment.consultation.words.told_withheld)  # noqa: E731
    _tell(WITHHELD, comment, says, words, stage=event.pk)


def outcome(comment: Comment) -> None:
    """Tell an author who wanted it what became of their words."""
    answer = comment.answer
    if comment.wants_answer and answer is not None:
        # Of a dialogue, another answer is another letter.
        stage = answer.pk if comment.consultation.is_dialogue else ""
        _tell(OUTCOME, comment, partial(_verdict, comment, answer), answer.text, stage=stage)


def _verdict(comment: Comment, answer: Any) -> str:
    return str(comment.consultation.words.told_outcome) % {"verdict": answer.heading}


def asked_about_data(request: DataRequest, event: Any) -> None:
    """Tell the author that a request about the data was received."""
    _tell(DATA_ASKED, request.about, partial(said_of, request), "", stage=event.pk)


def decided_on_data(request: DataRequest, event: Any, erased_address: str = "") -> None:
    """Tell the author what was decided. ``erased_address``: the e-mail address that is erased now;
    the letter to it is kept until it is delivered, and no longer."""
    comment, says = request.about, partial(said_of, request, event.move)
    if erased_address:
        variables = partial(_variables, comment, says, "")
        tell(DATA_ERASED, [erased_address], variables, about=event)
    elif event.move in ("data_grant", "data_refuse"):
        _tell(DATA_DECIDED, comment, says, event.text, stage=event.pk)


def readdress(comment: Comment, before: str) -> None:
    """Let no letter keep an e-mail address of the author that holds no longer."""
    rows = to_the_author(comment)
    rows.exclude(sent_at=None).delete()
    if not comment.email:
        rows.delete()
    for notice in rows.select_for_update():
        notice.readdress(before, comment.email)


def to_the_author(comment: Comment) -> QuerySet[Notice]:
    """Return all letters to the author."""
    found = Q(pk=None)
    for letter in LETTERS:
        found |= Q(key__startswith=f"{letter.begins(comment.number)}")
    rows: QuerySet[Notice] = Notice.objects.filter(found)
    return rows


def invited(consultation: Consultation, title: str, address: str, words: str, event: Any) -> None:
    """Write to an invited body at the e-mail address that was entered."""
    said = {
        "title": title,
        "until": f"{consultation.closes_on:%d/%m/%Y}",
        "address": draft_address(consultation),
        "words": words,
    }
    tell(INVITED, [address], lambda: said, about=event)


def draft_address(consultation: Consultation) -> str:
    return public(reverse("wagtail_pbgdpl:draft", args=[consultation.page]))


def _tell(letter: Letter, comment: Comment, says: Any, words: str, **about: Any) -> None:
    if comment.email:
        variables = partial(_variables, comment, says, words)
        tell(letter, [comment.email], variables, about=comment.number, **about)


def _variables(comment: Comment, says: Any, words: str) -> dict[str, Any]:
    return {
        "number": comment.number,
        "code": grouped(comment.code),
        "title": comment.consultation.matter.title,
        "subject": str(comment.consultation.words.subject),
        "place": comment.label,
        "says": says(),
        "words": words,
        "address": public(reverse("wagtail_pbgdpl:comment_status")),
        "draft": draft_address(comment.consultation),
    }
