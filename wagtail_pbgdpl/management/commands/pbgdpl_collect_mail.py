from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...mailbox.imap import NotCollected, collect, is_set_up


class Command(BaseCommand):
    help = "Take in the mails of the mailbox (IMAP), as pbgdpl_tick does."

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_set_up():
            raise CommandError(_("MAIL_ADDRESS or MAIL_IMAP_HOST is empty."))
        try:
            found = collect()
        except NotCollected as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(taken)d taken in, %(set_aside)d set aside, %(left)d left") % found._asdict()
        )
