"""System checks of the mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.core import checks
from django.utils.translation import gettext as _

from ..conf import settings

TAG = "wagtail_pbgdpl"
_HERE = ("localhost", "127.0.0.1", "::1")


@checks.register(TAG)
def check_mailbox(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """E016: a mailbox is to be read and cannot be."""
    return [
        checks.Error(_("The mailbox cannot be read."), hint=hint, id="wagtail_pbgdpl.E016")
        for hint in _missing()
    ]


def _missing() -> Iterator[str]:
    if not settings.MAIL_IMAP_HOST:
        return
    if not settings.MAIL_ADDRESS:
        yield _("Name the address of the mailbox in MAIL_ADDRESS.")
    if find_spec("imap_tools") is None:
        yield _("Install imap-tools: pip install wagtail-pbgdpl[mail].")


@checks.register(TAG, deploy=True)
def check_mailbox_security(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W023: mails and the password of their box go over the network in plain text (X1)."""
    host = settings.MAIL_IMAP_HOST
    if not host or settings.MAIL_IMAP_SECURITY != "none" or host in _HERE:
        return []
    return [
        checks.Warning(
            _("Letters of the public are fetched from %(host)s without encryption.")
            % {"host": host},
            hint=_("Set MAIL_IMAP_SECURITY to 'ssl' or 'starttls'."),
            id="wagtail_pbgdpl.W023",
        )
    ]
