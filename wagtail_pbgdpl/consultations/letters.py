"""Letters to who comments on a draft, and to bodies that are invited to (C12).

They name number and tracking code, and nothing that the author wrote.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..intake.tracking import grouped
from ..notices.letters import Letter, public, register
from ..notices.models import Notice
from ..notices.telling import tell
from .models import Comment, Consultation

VARIABLES = (
    "number: of the comment; code: its tracking code; title: of the draft; place: the provision; "
    "says: what has happened, a sentence; words: of the officials, if any; address: of the page on "
    "which the author sees where it stands; draft: the address of the draft"
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
    gettext_lazy("%(number)s: what became of your comment"),
    VARIABLES,
    template="comment",
)
INVITED = register(
    "consultation_invited",
    gettext_lazy("invitation to comment on a draft"),
    gettext_lazy("Invitation to comment: «%(title)s»"),
    "title: of the draft; until: the last day; address: of the draft; words: of the unit, if any",
)

LETTERS = (RECEIVED, WITHHELD, OUTCOME)


def received(comment: Comment) -> None:
    """Tell the author that it was received, under which number and code."""
    _tell(RECEIVED, comment, lambda: _("Your comment has been received."), "")


def withheld(comment: Comment, words: str, event: Any) -> None:
    """Tell the author that it is not shown, and why."""
    says = lambda: _("Your comment is not shown in public. The reason:")  # noqa: E731
    _tell(WITHHELD, comment, says, words, stage=event.pk)


def outcome(comment: Comment) -> None:
    """Tell an author who wanted it what became of their words."""
    answer = comment.answer
    if comment.wants_answer and answer is not None:
        _tell(OUTCOME, comment, partial(_verdict, answer), answer.text)


def _verdict(answer: Any) -> str:
    return _("Your comment: %(verdict)s. The explanation of the drafting body:") % {
        "verdict": answer.get_verdict_display()
    }


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
        "place": comment.label,
        "says": says(),
        "words": words,
        "address": public(reverse("wagtail_pbgdpl:comment_status")),
        "draft": draft_address(comment.consultation),
    }
