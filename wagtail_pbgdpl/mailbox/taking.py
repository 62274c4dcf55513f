"""What comes of a mail: one transaction, from its first look to its last letter.

A mail comes a second time when a connection broke before the server heard that it was taken in. So
its row stands first, under a key of its own: of two, one makes it, and the other finds it.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ..conf import settings
from ..core.accounts import User
from ..intake import limits, sending
from ..intake.attachments import Attachment, remove_stored
from ..intake.models import KEY_LENGTH
from ..matters import record
from ..notices import outbox, replies
from ..questions import cases, rules
from ..questions.models import Question
from ..regulations import QuestionKind
from . import keeping, letters, manners
from .answering import about, answer
from .files import Taken, attach, take_files
from .models import Outcome, Reason, ReceivedMail
from .reading import Mail, Unreadable, read

logger = logging.getLogger(__name__)

PURPOSE = "mail"
NAME_LENGTH = 120
LONGEST_ADDRESS = 254
LONGEST = 20_000
_SALT = "wagtail_pbgdpl.mailbox"


class Later(Exception):
    """The mail cannot be taken in at present; it has to be brought again."""


@dataclass(frozen=True, slots=True)
class Result:
    """``first``: whether the mail was not known yet. ``row``: what became of it."""

    row: ReceivedMail
    first: bool


def take_in(raw: bytes, whole_size: int = 0, *, now: datetime.datetime | None = None) -> Result:
    """Take a mail in. ``whole_size``: in bytes, where ``raw`` is the head of a larger one alone.

    Raises ``Later`` where the portal is full for now, and the errors of a database or a storage
    that does not work; then nothing has happened.
    """
    now = now or timezone.now()
    try:
        return _Taking(raw, whole_size, now).done()
    except (Later, OperationalError, InterfaceError, OSError):
        raise
    except Exception:
        # A mail that nobody has thought of must not come again and again, nor be lost.
        logger.exception("A mail could not be taken in; it is set aside.")
        return _Taking(raw, whole_size, now, failed=True).done()


class _Taking:
    """One mail on its way; ``failed``: nothing is tried with it any more."""

    def __init__(
        self, raw: bytes, whole_size: int, now: datetime.datetime, *, failed: bool = False
    ) -> None:
        self.raw, self.whole_size, self.now, self.failed = raw, whole_size, now, failed
        self.stored: list[Attachment] = []
        self.mail = Mail()

    def done(self) -> Result:
        try:
            with transaction.atomic():
                return self._taken()
        except BaseException:
            # Of what is rolled back no file may stay.
            remove_stored(self.stored)
            raise

    def _taken(self) -> Result:
        is_readable = self._read()
        key = key_of(self.mail, self.raw)
        defaults = {
            "at": self.now,
            "outcome": Outcome.SET_ASIDE,
            "reason": Reason.UNREADABLE,
            "size": self.whole_size or len(self.raw),
            "sender": self.mail.address[:LONGEST_ADDRESS],
            "subject": self.mail.subject[:255],
        }
        row, first = ReceivedMail.objects.get_or_create(key=key, defaults=defaults)
        if not first:
            return Result(row, first)
        if not self.failed:
            row.outcome, row.reason = Outcome.SET_ASIDE, ""
            if self.whole_size:
                self._set_aside(row, self._why_not_at_all() or Reason.TOO_LARGE)
            elif not is_readable:
                self._set_aside(row, Reason.UNREADABLE)
            else:
                self._route(row)
        if not self.whole_size:
            self.stored.append(row)
            keeping.keep(row, self.raw)
        row.save()
        return Result(row, first)

    def _read(self) -> bool:
        try:
            self.mail = read(self.raw)
        except Unreadable:
            return False
        return True

    def _why_not_at_all(self) -> Reason | None:
        """Say why a mail is nobody's letter."""
        if manners.is_automatic(self.mail, settings.MAIL_ADDRESS):
            return Reason.AUTOMATIC
        return Reason.BOUNCE if manners.is_a_bounce(self.mail) else None

    def _route(self, row: ReceivedMail) -> None:
        mail = self.mail
        if manners.is_a_bounce(mail):
            self._note_bounce(row)
        elif manners.is_automatic(mail, settings.MAIL_ADDRESS):
            self._set_aside(row, Reason.AUTOMATIC)
        elif tokens := reply_tokens(mail):
            answer(row, mail, tokens, self.stored)
        else:
            self._ask(row)

    def _set_aside(self, row: ReceivedMail, reason: Reason) -> None:
        row.outcome, row.reason = Outcome.SET_ASIDE, reason
        if row.is_of_a_program:
            return
        letters.wait(row)
        if can_be_answered(self.mail):
            letters.return_to_sender(row, self.mail.address)

    def _mark(self) -> str:
        return limits.mark_of_text(self.mail.address.lower(), self.now)

    def _note_bounce(self, row: ReceivedMail) -> None:
        row.outcome, row.reason = Outcome.SET_ASIDE, Reason.BOUNCE
        action, status, letter = self.mail.report or ("failed", "", "")
        found = [letter, *self.mail.all("in-reply-to", "references", "to", "delivered-to")]
        notices = filter(None, map(replies.notice_of, replies.tokens_in(found)))
        notice = next(notices, None)
        # What is only late may still arrive.
        if notice is None or action not in ("failed", ""):
            return
        if outbox.came_back(notice, status):
            row.question = about(notice)
            if notice.recipient is None and row.question is not None:
                row.reason = Reason.NOT_ARRIVED
                letters.wait(row)

    def _ask(self, row: ReceivedMail) -> None:
        mail = self.mail
        files = take_files(mail)
        text = text_of(mail, files)
        if not can_be_answered(mail):
            self._set_aside(row, Reason.NO_SENDER)
        elif not rules.is_taken(QuestionKind.QUESTION):
            self._set_aside(row, Reason.NOT_TAKEN)
        elif not text:
            self._set_aside(row, Reason.EMPTY)
        elif not limits.may_send("", False, self.now, PURPOSE):
            raise Later(_("Very many questions came by e-mail within an hour."))
        elif not limits.may_send(self._mark(), False, self.now, PURPOSE):
            self._set_aside(row, Reason.TOO_MANY)
        else:
            sending.send_once(
                row.key[:KEY_LENGTH],
                PURPOSE,
                lambda: str(make_question(row, mail, text, files, self.now, self.stored).pk),
                mark=self._mark(),
            )


def make_question(
    row: ReceivedMail,
    mail: Mail,
    text: str,
    files: Taken,
    now: datetime.datetime,
    stored: list[Attachment],
    by: User | None = None,
) -> Question:
    """Let a mail be a question, by the same way as a form; ``row`` is not saved.

    ``by``: the official who wants it, if one does.
    """
    sender = {
        "full_name": (mail.name or mail.address)[:NAME_LENGTH],
        "email": mail.address,
    }
    receipt = letters.receipt(text, files.problems)
    question = cases.receive(QuestionKind.QUESTION, text, sender, at=now, receipt=receipt)
    attach(question, files, stored)
    record.note(question.matter, "by_mail", by)
    row.outcome, row.reason, row.question = Outcome.QUESTION, "", question
    return question


def text_of(mail: Mail, files: Taken) -> str:
    """Return what a mail asks: subject and text, up to 20,000 signs; empty for nothing at all."""
    subject = mail.subject if any(char.isalpha() for char in mail.subject) else ""
    if not mail.text and not subject and not files.sound:
        return ""
    text = mail.text or _("(The letter has no text but its subject and its files.)")
    whole = "\n\n".join(filter(None, [subject, text]))
    if len(whole) > LONGEST:
        rest = "\n\n" + _("(Cut here. The whole is in the letter as it came.)")
        whole = whole[: LONGEST - len(rest)] + rest
    return whole


def reply_tokens(mail: Mail) -> list[str]:
    """Return what in a mail looks like the token of a letter: of its addresses first."""
    headers = (
        *("delivered-to", "x-original-to", "envelope-to", "to", "cc"),
        *("in-reply-to", "references"),
    )
    return replies.tokens_in(mail.all(*headers))


def key_of(mail: Mail, raw: bytes) -> str:
    """Return by what a mail is known again; nobody can tell from it whose it was."""
    # What a mail is called, its sender chooses: another's mail must not be taken for known.
    known = f"{mail.address.lower()} {mail.identifier}" if mail.identifier else ""
    text = known or hashlib.sha256(raw).hexdigest()
    return str(salted_hmac(_SALT, text, algorithm="sha256").hexdigest())


def can_be_answered(mail: Mail) -> bool:
    """Whether it says to come from an address to which a letter can go."""
    if len(mail.address) > LONGEST_ADDRESS:
        return False
    try:
        validate_email(mail.address)
    except ValidationError:
        return False
    return True
