from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...conf import settings
from ...intake.files import MEGABYTE
from ...mailbox.imap import HEAD
from ...mailbox.taking import take_in

# Of sysexits.h: the mail server keeps the mail and tries again. Any other would send it back.
TRY_AGAIN = getattr(os, "EX_TEMPFAIL", 75)


class Command(BaseCommand):
    help = "Take in one mail from the standard input, as a mail server pipes it."
    # What is wrong elsewhere in the portal must not send a letter back to who wrote it.
    requires_system_checks: list[str] = []
    stealth_options = ("stream",)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_ADDRESS:
            raise CommandError(
                _("MAIL_ADDRESS is empty: the portal takes no letters in."), returncode=TRY_AGAIN
            )
        stream = options.get("stream") or sys.stdin.buffer
        try:
            result = take_in(*_read(stream))
        except Exception as error:
            # The mail server keeps the letter, whatever went wrong here.
            raise CommandError(f"{type(error).__name__}: {error}", returncode=TRY_AGAIN) from error
        row = result.row
        said = row.get_reason_display() or row.get_outcome_display()
        self.stdout.write(str(said if result.first else _("known already")))


def _read(stream: Any) -> Any:
    most = settings.MAIL_MEGABYTES * MEGABYTE
    raw = stream.read(most + 1)
    if len(raw) <= most:
        return (raw,)
    size = len(raw)
    # Read to its end, so that the mail server is not cut off, and kept nowhere.
    while chunk := stream.read(MEGABYTE):
        size += len(chunk)
    return raw[:HEAD], size
