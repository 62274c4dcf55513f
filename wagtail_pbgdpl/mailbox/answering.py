"""Replies to letters of the portal: what an asker adds, and a draft of the unit.

Whose letter it was, its token says, and nothing else; who replies says so in ``From``, which
anybody can write, so that it must agree besides.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..intake import limits, sending
from ..intake.attachments import Attachment
from ..intake.models import KEY_LENGTH
from ..matters.deeds import Deed, Refused, act
from ..notices import replies
from ..notices.models import Notice
from ..questions import cases
from ..questions.kinds import DRAFT
from ..questions.letters import ASKER
from ..questions.models import Question
from . import letters
from .files import attach, take_files
from .models import Outcome, Reason, ReceivedMail
from .plain import new_part
from .reading import Mail

# A thread of letters names many.
MOST_TOKENS = 20
PURPOSE = "mail_added"


class NotTaken(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def about(notice: Notice) -> Question | None:
    """Return the question that replies to a letter are about."""
    code, _colon, key = notice.reply.partition(":")
    if code not in (ASKER, DRAFT) or not key.isdigit():
        return None
    found: Question | None = Question.objects.filter(pk=int(key), erased_at=None).first()
    return found


def answer(row: ReceivedMail, mail: Mail, tokens: list[str], stored: list[Attachment]) -> None:
    """Let a reply do what it may; ``row`` is told, and not saved.

    Officials and the person whose letter it was are told where it does nothing.
    """
    notice = next(filter(None, map(replies.notice_of, tokens[:MOST_TOKENS])), None)
    if notice is None:
        row.reason = Reason.WRONG_TOKEN
        letters.wait(row)
        return
    row.question = about(notice)
    try:
        row.outcome = _done(row, notice, mail, stored)
    except NotTaken as error:
        row.reason = error.reason
        letters.wait(row)
        letters.return_to_reader(row, notice, notice.recipient)


def _done(row: ReceivedMail, notice: Notice, mail: Mail, stored: list[Attachment]) -> Outcome:
    question = row.question
    if question is None:
        raise NotTaken(Reason.NO_REPLY)
    by = notice.recipient
    known = by.email if by is not None else notice.address
    # An account that is gone has left its letters behind.
    if (by is None) is not notice.reply.startswith(f"{ASKER}:") or not _same(known, mail.address):
        raise NotTaken(Reason.OTHER_SENDER)
    if by is None:
        mark = limits.mark_of_text(known.lower(), row.at)
        if not limits.may_send(mark, False, row.at, PURPOSE):
            raise NotTaken(Reason.TOO_MANY)
        sending.send_once(
            row.key[:KEY_LENGTH], PURPOSE, lambda: _add(question, mail, stored), mark=mark
        )
        return Outcome.ADDED
    return _draft(question, mail, by)


def _add(question: Question, mail: Mail, stored: list[Attachment]) -> str:
    files = take_files(mail)
    text = new_part(mail.text)
    if not text and files.sound:
        text = _("(The letter has no text, only files.)")
    try:
        cases.added(question, text)
    except Refused as error:
        raise NotTaken(Reason.CLOSED) from error
    except ValidationError as error:
        raise NotTaken(Reason.EMPTY) from error
    attach(question, files, stored)
    return str(question.pk)


def _draft(question: Question, mail: Mail, by: object) -> Outcome:
    matter = question.matter
    # Where there is a draft or an answer, a mail that was on its way never takes its place.
    if matter.state != "with_unit":
        raise NotTaken(Reason.ELSEWHERE)
    values = {"answer": new_part(mail.text)}
    try:
        act(Deed(matter, "draft", by, seen=matter.mark, values=values))  # type: ignore[arg-type]
    except Refused as error:
        raise NotTaken(Reason.NOT_ALLOWED) from error
    except ValidationError as error:
        raise NotTaken(Reason.EMPTY) from error
    return Outcome.DRAFT


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().lower() == other.strip().lower()
