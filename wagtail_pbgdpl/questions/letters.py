"""Letters to who asked: the receipt, what is missing, until when, the answer (Q2, Q3, Q6).

They name number and tracking code, and nothing that the asker wrote: an e-mail is read by others.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from ..intake.tracking import grouped
from ..matters.models import Event, Matter
from ..notices.letters import Letter, absolute, register
from ..notices.replies import are_read
from ..notices.telling import tell
from ..worktime import moment
from .models import Question

#: What replies to these letters are about: «asker:» and the key of the question.
ASKER = "asker"

VARIABLES = (
    "number: of the question; code: its tracking code; says: what has happened, a sentence; "
    "words: of the official, or the answer, if any; due: until when it is to be answered, if that "
    "is known; unit: its name, if one has it; address: of the page on which the asker sees where "
    "it stands; reply: what comes of a reply by e-mail, if one is taken"
)


RECEIVED = register(
    "question_received",
    gettext_lazy("receipt of a question"),
    gettext_lazy("%(number)s: received"),
    VARIABLES,
    template="question",
)
ASKED = register(
    "question_asked",
    gettext_lazy("question that needs more information"),
    gettext_lazy("%(number)s: more information is needed"),
    VARIABLES,
    template="question",
)
EXTENDED = register(
    "question_extended",
    gettext_lazy("extended time limit of a question"),
    gettext_lazy("%(number)s: new time limit"),
    VARIABLES,
    template="question",
)
TRANSFERRED = register(
    "question_transferred",
    gettext_lazy("transfer of a question"),
    gettext_lazy("%(number)s: transferred"),
    VARIABLES,
    template="question",
)
ANSWERED = register(
    "question_answered",
    gettext_lazy("answer to a question"),
    gettext_lazy("%(number)s: answer"),
    VARIABLES,
    template="question",
)
CLOSED = register(
    "question_closed",
    gettext_lazy("question that is not answered"),
    gettext_lazy("%(number)s: result"),
    VARIABLES,
    template="question",
)

# By the move after which it is sent.
LETTERS = {
    "ask_more": ASKED,
    "extend": EXTENDED,
    "transfer": TRANSFERRED,
    "approve": ANSWERED,
    "board_approve": ANSWERED,
    "out_of_scope": CLOSED,
    "duplicate": CLOSED,
}


def received(question: Question, matter: Matter, words: str = "") -> None:
    """Tell the asker that it was received, under which number and code, with further ``words``."""
    _tell(RECEIVED, question, matter, _said_at_first, words, question.number)


def tell_the_asker(question: Question, matter: Matter, event: Event, words: str = "") -> None:
    """Tell the asker of a move, where the asker is told of it and can be reached by e-mail."""
    if (letter := LETTERS.get(event.move)) is not None:
        _tell(letter, question, matter, partial(_said_of, event.move, question), words, event)


def _said_at_first() -> str:
    return _("Your letter has been received. Keep its number and its tracking code.")


def _said_of(move: str, question: Question) -> str:
    match move:
        case "ask_more":
            return _("To answer you, we need more information:")
        case "extend":
            return _("Your question is being worked on and needs more time. The reason:")
        case "transfer":
            return _("Your question has been transferred to the unit that is competent for it.")
        case "out_of_scope":
            return _("Your question is out of the scope of the portal. The reason:")
        case "duplicate":
            return _("The same was asked before, and is answered there.")
    return _("The answer to your question:")


def _tell(
    letter: Letter, question: Question, matter: Matter, says: Any, words: str, about: Any
) -> None:
    if question.email:
        variables = partial(_variables, question, matter, says, words)
        tell(letter, [question.email], variables, about=about, reply=f"{ASKER}:{question.pk}")


def _variables(question: Question, matter: Matter, says: Any, words: str) -> dict[str, Any]:
    return {
        "number": question.number,
        "code": grouped(question.code),
        "says": says(),
        "words": words,
        "due": moment(matter.limit),
        "unit": str(matter.unit or ""),
        "address": _public(reverse("wagtail_pbgdpl:question_status")),
        "reply": _what_a_reply_does(matter),
    }


def _what_a_reply_does(matter: Matter) -> str:
    if not are_read() or not matter.is_open:
        return ""
    return _(
        "To add something, reply to this e-mail from the address to which it was sent. Leave out "
        "numbers of identity cards, bank accounts and telephones."
    )


def _public(path: str) -> str:
    """Return the address as the public knows it, which the admin's may not be."""
    site = Site.objects.filter(is_default_site=True).first()
    return f"{site.root_url}{path}" if site else absolute(path)
