"""A notice as an e-mail, handed to the mail server."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_noop

from . import replies
from .models import Notice

#: What is written down where no exception says it; shown in the reader's language.
GONE = gettext_noop("The account is gone or switched off.")
NOT_TAKEN = gettext_noop("The mail server took no message.")
CAME_BACK = gettext_noop("Came back from the mail server")
SAID = frozenset({GONE, NOT_TAKEN, CAME_BACK})

# About this message alone. Every other fault of the connection is the server's.
_OF_THE_MESSAGE = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)


class NotSent(Exception):
    """The message was not taken; the text says why."""

    #: Whether this attempt was the last one.
    given_up = False


class Refused(NotSent):
    """The server takes no message of this kind, or to this address."""


class Silent(NotSent):
    """The server does not answer, or not as one should."""


def send(notice: Notice) -> None:
    """Hand the notice to the mail server. Raises ``Refused`` or ``Silent``, and nothing else."""
    try:
        count = _message(notice).send()
    except _OF_THE_MESSAGE as error:
        raise Refused(_text(error)) from error
    except OSError as error:
        # So are all errors of smtplib and of the network.
        raise Silent(_text(error)) from error
    except Exception as error:
        raise Refused(_text(error)) from error
    if not count:
        raise Refused(NOT_TAKEN)


def sender() -> str:
    """Return the address that Wagtail's own notifications come from."""
    own: str = getattr(settings, "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL", "")
    return own or settings.DEFAULT_FROM_EMAIL


def _message(notice: Notice) -> EmailMessage:
    domain = parseaddr(sender())[1].rpartition("@")[2] or "localhost"
    address = replies.reply_address(notice)
    return EmailMessage(
        subject=notice.subject,
        body=notice.text,
        from_email=sender(),
        to=[notice.address],
        reply_to=[address] if address else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": replies.identifier(notice, domain),
        },
    )


def _text(error: Exception) -> str:
    # PostgreSQL stores no NUL.
    return f"{type(error).__name__}: {error}".replace("\x00", "")
