"""The mailbox on its server (IMAP): mails are fetched, and leave it once they are taken in.

A mail that was committed is moved or deleted after that; where the connection breaks in between, it
is fetched again and known.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from ..conf import settings
from ..intake.files import MEGABYTE
from .models import Outcome
from .reading import Unreadable, read
from .taking import Later, Result, reply_tokens, take_in

logger = logging.getLogger(__name__)

TIMEOUT = 30
# Enough to know who sent it.
HEAD = 65_536
# Flagged is what stays in the box, because it is too large: people may see to it.
WANTED = "UNDELETED UNFLAGGED"
# So many times as many are looked at for replies while no more questions are taken.
LOOKED_AT = 10
FLAG = "\\Flagged"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class NotCollected(Exception):
    """The mailbox could not be read to its end; what was taken in by then stays so."""


class Collected(NamedTuple):
    """How many mails became something, were set aside, and are left for a later run."""

    taken: int = 0
    set_aside: int = 0
    left: int = 0


def is_set_up() -> bool:
    return bool(settings.MAIL_ADDRESS and settings.MAIL_IMAP_HOST)


def collect() -> Collected:
    """Take in up to ``MAIL_PER_RUN`` mails, oldest first.

    Raises ``NotCollected`` where the server cannot be reached, does not answer, or knows the
    account or the folder no more, and where a mail could not be taken in at present.
    """
    try:
        with _mailbox() as mailbox:
            return _collect(_Box(mailbox))
    except (OSError, imaplib.IMAP4.error, _library().ImapToolsError) as error:
        raise NotCollected(f"{type(error).__name__}: {error}") from error


def _library() -> Any:
    try:
        import imap_tools
    except ImportError as error:
        raise NotCollected(
            _("The library imap-tools is not installed (wagtail-pbgdpl[mail]).")
        ) from error
    return imap_tools


@contextmanager
def _mailbox() -> Iterator[Any]:
    library = _library()
    host, port = settings.MAIL_IMAP_HOST, settings.MAIL_IMAP_PORT
    match settings.MAIL_IMAP_SECURITY:
        case "ssl":
            context = ssl.create_default_context()
            opened = library.MailBox(host, port, timeout=TIMEOUT, ssl_context=context)
        case "starttls":
            context = ssl.create_default_context()
            opened = library.MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=context)
        case _:
            opened = library.MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    try:
        opened.login(settings.MAIL_IMAP_USER, settings.MAIL_IMAP_PASSWORD, None)
        opened.folder.set(settings.MAIL_IMAP_FOLDER)
        yield opened
    finally:
        _leave(opened)


def _leave(mailbox: Any) -> None:
    try:
        mailbox.logout()
    except Exception:
        # Whatever went wrong before is what counts.
        logger.debug("The mail server did not say good-bye.", exc_info=True)


class _Box:
    """The open mailbox, with what ``imap-tools`` has no words for."""

    def __init__(self, mailbox: Any) -> None:
        self.mailbox = mailbox

    def numbers(self) -> list[str]:
        found: list[str] = self.mailbox.uids(WANTED, charset=None)
        return sorted(found, key=int)

    def size(self, uid: str) -> int | None:
        """Return the size in bytes; ``None`` where the mail is gone."""
        for part in self._fetched(uid, "(RFC822.SIZE)"):
            if isinstance(part, bytes) and (found := _SIZE.search(part)):
                return int(found[1])
        return None

    def head(self, uid: str) -> bytes:
        return self._body(uid, f"(BODY.PEEK[HEADER]<0.{HEAD}>)")

    def whole(self, uid: str) -> bytes:
        return self._body(uid, "(BODY.PEEK[])")

    def _body(self, uid: str, what: str) -> bytes:
        parts = [part[1] for part in self._fetched(uid, what) if isinstance(part, tuple)]
        return parts[0] if parts else b""

    def _fetched(self, uid: str, what: str) -> list[Any]:
        status, found = self.mailbox.client.uid("FETCH", uid, what)
        if status != "OK":
            raise NotCollected(f"FETCH: {status} {found!r}"[:200])
        return list(found or [])

    def leave_flagged(self, uid: str) -> None:
        self.mailbox.flag(uid, FLAG, True)

    def finish(self, uid: str) -> None:
        """Take a mail that is committed out of the folder."""
        folder = settings.MAIL_IMAP_DONE_FOLDER
        if folder:
            if not self.mailbox.folder.exists(folder):
                self.mailbox.folder.create(folder)
            self.mailbox.move(uid, folder)
        else:
            self.mailbox.delete(uid)


class _Broken(Exception):
    """A mail could not be stored. The connection is as it was."""


def _collect(box: _Box) -> Collected:
    numbers = box.numbers()
    taken = set_aside = seen = 0
    is_full, broken = False, ""
    for uid in numbers[: settings.MAIL_PER_RUN * LOOKED_AT]:
        if taken + set_aside >= settings.MAIL_PER_RUN:
            break
        if is_full and not _is_reply(box.head(uid)):
            continue
        try:
            outcome = _take(box, uid)
        except Later:
            is_full = True
            continue
        except (OperationalError, InterfaceError) as error:
            raise NotCollected(f"{type(error).__name__}: {error}") from error
        except (OSError, imaplib.IMAP4.error, _library().ImapToolsError):
            raise
        except Exception as error:
            # One that cannot even be set aside keeps none of the others back.
            logger.exception("A mail was left in the mailbox.")
            broken = f"{type(error).__name__}: {error}"
            continue
        seen += 1
        taken += outcome not in (None, Outcome.SET_ASIDE)
        set_aside += outcome == Outcome.SET_ASIDE
    if broken:
        raise NotCollected(broken)
    return Collected(taken, set_aside, len(numbers) - seen)


def _is_reply(head: bytes) -> bool:
    """Whether a mail has its place even while the portal takes no more questions."""
    try:
        return bool(reply_tokens(read(head)))
    except Unreadable:
        return False


def _take(box: _Box, uid: str) -> str | None:
    """Take one mail in, and then out of the box; ``None`` where it is gone or was known."""
    size = box.size(uid)
    if size is None:
        return None
    if size > settings.MAIL_MEGABYTES * MEGABYTE:
        # Not one byte of its files is fetched.
        result = _taken_in(box.head(uid), size)
        box.leave_flagged(uid)
    else:
        raw = box.whole(uid)
        if not raw:
            return None
        result = _taken_in(raw, 0)
        box.finish(uid)
    return result.row.outcome if result.first else None


def _taken_in(raw: bytes, whole_size: int) -> Result:
    try:
        return take_in(raw, whole_size=whole_size)
    except OSError as error:
        raise _Broken(f"{type(error).__name__}: {error}") from error
