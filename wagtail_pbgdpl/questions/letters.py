"""Letters to who asked: the receipt, what is missing, until when, the answer (Q2, Q3, Q6).

They name number and tracking code, and nothing that the asker wrote: an e-mail is read by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..intake.tracking import grouped
from ..matters.models import Event, Matter
from ..notices.letters import LETTERS as ALL
from ..notices.letters import Letter, public, register
from ..notices.models import Notice
from ..notices.replies import are_read
from ..notices.telling import tell
from ..own_data.models import DATA_REQUEST, DataRequest
from ..own_data.requests import said_of
from ..worktime import moment
from .models import Question

#: What the letters of this room, and of others about questions, begin with.
ABOUT_QUESTIONS = "question_"
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

DATA_ASKED = register(
    "question_data_asked",
    gettext_lazy("receipt of a request about personal data"),
    gettext_lazy("%(number)s: your request about your personal data"),
    VARIABLES,
    template="question",
)
DATA_DECIDED = register(
    "question_data_decided",
    gettext_lazy("decision on a request about personal data"),
    gettext_lazy("%(number)s: decision on your personal data"),
    VARIABLES,
    template="question",
)
DATA_ERASED = register(
    "question_data_erased",
    gettext_lazy("erasure of personal data"),
    gettext_lazy("%(number)s: your personal data have been erased"),
    VARIABLES,
    template="question",
    passing=True,
)
BATCHED = register(
    "question_batched",
    gettext_lazy("question forwarded in a batch"),
    gettext_lazy("%(number)s: forwarded"),
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


def asked_about_data(request: DataRequest, matter: Matter, event: Event) -> None:
    """Tell the asker that a request about the data was received, and until when it is decided."""
    _tell(DATA_ASKED, request.about, matter, partial(said_of, request), "", event)


def decided_on_data(
    request: DataRequest, matter: Matter, event: Event, erased_address: str = ""
) -> None:
    """Tell the asker what was decided. ``erased_address``: the e-mail address that is erased now;
    the letter to it is kept until it is delivered, and no longer."""
    says = partial(said_of, request, event.move)
    if erased_address:
        variables = partial(_variables, request.about, matter, says, "")
        tell(DATA_ERASED, [erased_address], variables, about=event)
    elif event.move in ("data_grant", "data_refuse"):
        _tell(DATA_DECIDED, request.about, matter, says, event.text, event)


def to_the_asker(question: Question, matter: Matter) -> QuerySet[Notice]:
    """Return all letters to the asker, whatever the address was."""
    found = Q(pk=None)
    for begins in _begin(question, matter):
        found |= Q(key__startswith=begins)
    letters: QuerySet[Notice] = Notice.objects.filter(found)
    return letters


def readdress(question: Question, before: str) -> None:
    """Let no letter keep an e-mail address of the asker that holds no longer.

    What is not sent yet goes to the new one, if there is one; what was sent, the events tell.
    """
    rows = to_the_asker(question, question.matter)
    rows.exclude(sent_at=None).delete()
    if not question.email:
        rows.delete()
    for notice in rows.select_for_update():
        notice.readdress(before, question.email)


def _begin(question: Question, matter: Matter) -> Iterator[str]:
    """Yield what the keys of all letters to the asker begin with."""
    sorts = [letter for name, letter in ALL.items() if name.startswith(ABOUT_QUESTIONS)]
    of_data = Matter.objects.filter(
        kind=DATA_REQUEST, subject__in=question.data_requests.values("pk")
    )
    events = Event.objects.filter(Q(matter=matter) | Q(matter__in=of_data))
    for about in [question.number, *events.order_by().values_list("pk", flat=True)]:
        yield from (letter.begins(about) for letter in sorts)


def batched(question: Question, matter: Matter, event: Event) -> None:
    """Tell the asker that the question was gathered with others: why, and until when (Q11)."""
    if question.batch is not None:
        _tell(BATCHED, question, matter, _said_of_the_batch, question.batch.why, event)


def _said_of_the_batch() -> str:
    return _(
        "Your question was gathered with others of the same sort and forwarded to the unit that "
        "answers them:"
    )


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
        "address": public(reverse("wagtail_pbgdpl:question_status")),
        "reply": _what_a_reply_does(matter),
    }


def _what_a_reply_does(matter: Matter) -> str:
    if not are_read() or not matter.is_open:
        return ""
    return _(
        "To add something, reply to this e-mail from the address to which it was sent. Leave out "
        "numbers of identity cards, bank accounts and telephones."
    )
