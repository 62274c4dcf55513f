"""Of which sort a consultation is, and what the public reads of each: a draft, a dialogue.

A dialogue on policy and law is a consultation with a day of its own and guests who answer by name;
what is asked there comes in, is looked at and stands in the table as comments do (C17).
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.text import LazyText
from .states import LABELS, ConsultationState


class Sort(models.TextChoices):
    DRAFT = "draft", _("draft put out for comment")
    DIALOGUE = "dialogue", _("online dialogue")


class Words(NamedTuple):
    """What pages call it: one of what is sent, all of them, and what is done."""

    heading: LazyText
    one: LazyText
    whole: LazyText
    chain: LazyText
    opening: LazyText
    closing: LazyText
    all: LazyText
    yours: LazyText
    on_the_whole: LazyText
    here: LazyText
    questions: LazyText
    outcome: LazyText
    subject: LazyText
    received: LazyText
    opens: LazyText
    over: LazyText
    told_received: LazyText
    told_withheld: LazyText
    told_outcome: LazyText
    states: dict[ConsultationState, LazyText]


S = ConsultationState
WORDS: dict[str, Words] = {
    Sort.DRAFT: Words(
        heading=_("Consultation"),
        one=pgettext_lazy("consultation", "Comment"),
        whole=_("Whole draft"),
        chain=_("What was promised, and what was done"),
        opening=_("Opening"),
        closing=_("Closing"),
        all=_("All comments"),
        yours=_("Your comment"),
        on_the_whole=_("Comment on the whole draft"),
        here=_("Comment here"),
        questions=_("Questions to the public"),
        outcome=_("Summary of comments"),
        subject=_("The draft"),
        received=_("We have received your comment"),
        opens=_("The consultation opens on %(day)s."),
        over=_(
            "The consultation closed at the end of %(day)s. Nothing is taken in any longer; what "
            "you wrote has not been kept."
        ),
        told_received=_("Your comment has been received."),
        told_withheld=_("Your comment is not shown in public. The reason:"),
        told_outcome=_("Your comment: %(verdict)s. The explanation of the drafting body:"),
        states=LABELS,
    ),
    Sort.DIALOGUE: Words(
        heading=_("Online dialogue"),
        one=_("Question for the dialogue"),
        whole=_("The dialogue as a whole"),
        chain=_("How the dialogue goes on"),
        opening=_("Questions taken from"),
        closing=_("End of the questions"),
        all=_("All questions and answers"),
        yours=_("Your question"),
        on_the_whole=_("Ask the guests"),
        here=_("Ask about this"),
        questions=_("Topics of the dialogue"),
        outcome=_("Minutes of the dialogue"),
        subject=_("The dialogue"),
        received=_("We have received your question"),
        opens=_("Questions are taken from %(day)s on."),
        over=_(
            "Questions were taken until the end of %(day)s. Nothing is taken in any longer; what "
            "you wrote has not been kept."
        ),
        told_received=_("Your question for the dialogue has been received."),
        told_withheld=_("Your question is not shown in public. The reason:"),
        told_outcome=_("Your question was answered. %(verdict)s:"),
        states=LABELS
        | {
            S.UPCOMING: _("Questions are taken soon"),
            S.OPEN: _("Questions are taken"),
            S.CLOSED: _("Closed for questions"),
            S.SUMMARISED: _("Minutes published"),
        },
    ),
}


def names_in(text: str) -> list[str]:
    """Return the guests of a field that holds one in each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
