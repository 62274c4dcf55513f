"""Replies to letters of the portal: what an asker adds, a unit's draft of an answer or of a part.

Whose letter it was, its token says, and nothing else; who replies says so in ``From``, which
anybody can write, so that it must agree besides.
"""

from __future__ import annotations

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..core.accounts import User
from ..intake import limits, sending
from ..intake.attachments import Attachment
from ..intake.models import KEY_LENGTH
from ..matters.deeds import Deed, Refused, act
from ..matters.models import Matter
from ..notices import replies
from ..notices.models import Notice
from ..questions import cases
from ..questions.kinds import DRAFT
from ..questions.letters import ASKER
from ..questions.models import PART, Question
from ..questions.parts import PART_DRAFT
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
    if code not in (ASKER, DRAFT, PART_DRAFT) or not key.isdigit():
        return None
    rows = Question.objects.filter(erased_at=None)
    wanted = {"parts": int(key)} if code == PART_DRAFT else {"pk": int(key)}
    found: Question | None = rows.filter(**wanted).first()
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
    return _draft(_Drafted.of(notice, question), mail, by)


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


class _Drafted(NamedTuple):
    """What a reply drafts: the answer of the lead unit, or the part of another one."""

    matter: Matter
    #: In which nobody has drafted anything yet.
    state: str
    move: str
    field: str

    @classmethod
    def of(cls, notice: Notice, question: Question) -> _Drafted:
        code, _colon, key = notice.reply.partition(":")
        if code == PART_DRAFT:
            part = Matter.objects.get(kind=PART, subject=int(key))
            return cls(part, "part_asked", "part_draft", "part")
        return cls(question.matter, "with_unit", "draft", "answer")


def _draft(drafted: _Drafted, mail: Mail, by: User) -> Outcome:
    matter = drafted.matter
    # Where there is a draft or an answer, a mail that was on its way never takes its place.
    if matter.state != drafted.state:
        raise NotTaken(Reason.ELSEWHERE)
    values = {drafted.field: new_part(mail.text)}
    try:
        act(Deed(matter, drafted.move, by, seen=matter.mark, values=values))
    except Refused as error:
        raise NotTaken(Reason.NOT_ALLOWED) from error
    except ValidationError as error:
        raise NotTaken(Reason.EMPTY) from error
    return Outcome.DRAFT


def _same(one: str, other: str) -> bool:
    return bool(one) and one.strip().lower() == other.strip().lower()
