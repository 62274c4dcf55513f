"""Mails that no person has written to the portal: they are neither questions nor answered. Pure.

RFC 3834 and what programs do beside it.
"""

from __future__ import annotations

import re

from .reading import Mail

_BULK = re.compile(r"\b(bulk|junk|list|auto_reply)\b", re.IGNORECASE)
_BY_PROGRAMS = (
    *("x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-autorespond-from"),
    *("list-id", "list-unsubscribe", "list-post", "list-help", "x-mailing-list"),
)
_NOBODY = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|khong-?tra-?loi|bounces?|auto(-?reply)?)"
    r"([+.-].*)?@",
    re.IGNORECASE,
)


def is_a_bounce(mail: Mail) -> bool:
    """Whether a mail server reports on a letter, or sends it back."""
    return mail.report is not None or ("return-path" in mail.headers and _has_null_path(mail))


def _has_null_path(mail: Mail) -> bool:
    return all(value.strip() in ("<>", "") for value in mail.all("return-path"))


def is_automatic(mail: Mail, own: str) -> bool:
    """Whether a program has sent it; ``own``: the address of the portal's mailbox."""
    said = mail.one("auto-submitted").partition(";")[0].strip().lower()
    if said not in ("", "no"):
        return True
    if any(_BULK.search(value) for value in mail.all("precedence")):
        return True
    if any(name in mail.headers for name in _BY_PROGRAMS):
        return True
    return bool(_NOBODY.match(mail.address)) or is_own(mail, own)


def is_own(mail: Mail, own: str) -> bool:
    """Whether it says to come from the mailbox itself."""
    name, _at, domain = mail.address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}" == own.lower()
