"""Why a source could not be read or was not taken over: codes, and their words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "address": _("The address is not allowed."),
    "redirect": _("It leads on to a host that is not allowed."),
    "private": _("The name leads to a private or local address."),
    "name": _("The name of the host is not known."),
    "connection": _("The host does not answer."),
    "tls": _("The certificate of the host is not trusted."),
    "time": _("The answer took too long."),
    "size": _("The answer is too large."),
    "status": _("The host answers with an error."),
    "busy": _("The host asks to come later."),
    "encoding": _("The answer is packed in a way that was not asked for."),
    "charset": _("The characters of the answer cannot be read."),
    "broken": _("The answer is broken or of another kind."),
    "hostile": _("The answer has parts that could do harm."),
    "error": _("The answer says that there was an error."),
    "mapping": _("The mapping finds nothing in the answer."),
    "records": _("None of the records can be read."),
    "empty": _("The list is empty, and had records before."),
    "loss": _("The list lost more than a fifth of its records at once."),
    "stuck": _("The attempt before did not end."),
    "unexpected": _("Something unexpected happened."),
}


def words(reason: str) -> str:
    return str(REASONS.get(reason, reason))


class SourceError(Exception):
    """A source could not be read. ``reason`` is one of ``REASONS``.

    ``wait``: for how many seconds the source asks not to be asked again. ``bytes``: how many came.
    """

    def __init__(self, reason: str, details: str = "", *, wait: int = 0, size: int = 0) -> None:
        super().__init__(f"{reason}: {details}" if details else reason)
        self.reason = reason
        self.details = details
        self.wait = wait
        self.size = size
