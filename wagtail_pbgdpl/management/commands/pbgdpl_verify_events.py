from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...matters.seals import faults, last_seal


class Command(BaseCommand):
    help = "Prove that nothing in the history of matters was altered, removed or put in between."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--noted",
            default="",
            metavar="NUMBER:SEAL",
            help="A seal that this command printed before; it must still be there.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for fault in faults(options["noted"]):
            count += 1
            self.stdout.write(f"{fault.number}: {fault.what}")
        if count:
            raise CommandError(_("Faults in the history: %(count)d.") % {"count": count})
        self.stdout.write(
            _("The history is as it was written. Last seal: %(seal)s")
            % {"seal": last_seal() or "–"}
        )
