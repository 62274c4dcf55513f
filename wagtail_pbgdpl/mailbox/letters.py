"""Letters about mails: to who wrote, why nothing came of it; to officials, that one waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..authority.candidates import candidates
from ..conf import settings
from ..core.accounts import User
from ..intake.finders import identifiers
from ..intake.labels import IDENTIFIERS
from ..intake.limits import HOUR
from ..intake.sender import RETENTION_DAYS
from ..notices.letters import Letter, absolute, register
from ..notices.models import Notice
from ..notices.telling import tell
from ..questions import rules
from ..worktime.active import today
from .models import Reason, ReceivedMail

_SAYS = "says: why nothing came of the letter, and what to do"

RETURNED = register(
    "mail_returned",
    gettext_lazy("letter that could not be taken in"),
    gettext_lazy("Your letter could not be taken in"),
    _SAYS,
)
#: Its name begins as all of the letters to an asker, which go when the asker is erased.
RETURNED_TO_ASKER = register(
    "question_mail_returned",
    gettext_lazy("letter about a question that could not be taken in"),
    gettext_lazy("Your letter could not be taken in"),
    _SAYS,
    template="mail_returned",
)
WAITS = register(
    "mail_waits",
    gettext_lazy("letter that came of itself to nothing"),
    gettext_lazy("A letter to the portal has to be looked at"),
    "reason: why nothing came of it; number: of the question that it is about, if any; days: for "
    "how many days such letters are kept; address: of their list in the admin",
)

SAID = {
    Reason.TOO_LARGE: gettext_lazy(
        "Your letter is larger than the portal takes. Send it again with smaller files."
    ),
    Reason.EMPTY: gettext_lazy(
        "Your letter had neither a text nor a file. Write your question into the letter itself."
    ),
    Reason.NOT_TAKEN: gettext_lazy("This portal takes in no questions."),
    Reason.OTHER_SENDER: gettext_lazy(
        "A reply to a letter of the portal to you came from another address than yours. Nothing "
        "was done with it. If it was you, send it again from this address."
    ),
    Reason.NO_REPLY: gettext_lazy(
        "You replied to a letter that takes no replies. Nothing was done with it."
    ),
    Reason.CLOSED: gettext_lazy(
        "You replied to a letter about a question that is closed. Nothing was added to it. If you "
        "want to know more, ask a new question and name the number of the former."
    ),
    Reason.NOT_ALLOWED: gettext_lazy(
        "Your reply did not become a draft: you may not draft the answer to this question now."
    ),
    Reason.ELSEWHERE: gettext_lazy(
        "Your reply did not become a draft: the question stands elsewhere now. Look at it in the "
        "admin."
    ),
}


# Who wrote knows what to do.
_SETTLED = frozenset({Reason.EMPTY, Reason.NOT_TAKEN})


def wait(row: ReceivedMail) -> None:
    """Tell who classifies questions that a letter has to be looked at, where one has to.

    Of a question once a day, and of those about none once a day, so that whoever sends many fills
    no other box.
    """
    if row.question is None and row.reason in _SETTLED:
        return
    about = row.question.number if row.question else ""
    tell(WAITS, candidates(rules.receiving()), partial(_waits, row), about=about, day=today())


def _waits(row: ReceivedMail) -> dict[str, Any]:
    return {
        "reason": capfirst(str(row.get_reason_display())),
        "number": row.question.number if row.question else "",
        "days": settings.MAIL_KEPT_DAYS,
        "address": absolute(reverse("pbgdpl_mails")),
    }


def return_to_sender(row: ReceivedMail, address: str) -> None:
    """Tell who wrote, without an account and a question, why nothing came of it; once a day.

    Not more than sendings may come in an hour: the addresses may be forged, and theirs who have
    them are not to be flooded from here.
    """
    lately = Notice.objects.of(RETURNED).filter(created_at__gt=row.at - HOUR)
    if lately.count() < settings.INTAKE_IN_ALL_UNSOLVED:
        _say(RETURNED, row, address, day=today())


def return_to_reader(row: ReceivedMail, notice: Notice, user: User | None) -> None:
    """Tell the person to whom the letter went why nothing came of the reply to it."""
    if user is not None:
        _say(RETURNED, row, user, about=row)
    elif row.question is not None:
        _say(RETURNED_TO_ASKER, row, notice.address, about=row.question.number, day=today())


def _say(letter: Letter, row: ReceivedMail, to: Any, **about: Any) -> None:
    if (says := SAID.get(Reason(row.reason))) is not None:
        tell(letter, [to], lambda: {"says": str(says)}, **about)


def receipt(text: str, problems: Iterable[ValidationError]) -> str:
    """Return what the receipt of a question says that came by mail, in the portal's language.

    What is kept of it, why and for how long; what in it tells who somebody is; which files were
    not taken. None of it is quoted: an e-mail is read by others.
    """
    with translation.override(django_settings.LANGUAGE_CODE):
        said = [*_kept(), *_found(text), *_not_taken(list(problems))]
        return "\n\n".join(said)


def _kept() -> Sequence[str]:
    return (
        _(
            "You wrote to the portal by e-mail. It keeps your name and your e-mail address "
            "(encrypted), what you wrote and sent, and the letter as it came (encrypted), in order "
            "to forward and to answer your question and to tell you where it stands, and for "
            "nothing else. None of these is published. Your personal data are erased %(days)d days "
            "after the case is closed, or before if you ask for it (Luật 91/2025/QH15)."
        )
        % {"days": RETENTION_DAYS},
        _(
            "To see where the question stands, open the page below with the tracking code and the "
            "e-mail address from which you wrote."
        ),
    )


def _found(text: str) -> Iterable[str]:
    kinds = list(dict.fromkeys(str(IDENTIFIERS[one.kind]) for one in identifiers(text)))
    if kinds:
        yield _(
            "Your letter holds what tells who somebody is: %(kinds)s. It is not published. Leave "
            "out what is not needed when you write again."
        ) % {"kinds": ", ".join(kinds)}


def _not_taken(problems: list[ValidationError]) -> Iterable[str]:
    if problems:
        listed = "\n".join(f"- {text}" for one in problems for text in one.messages)
        yield _("These files were not taken:") + "\n" + listed
