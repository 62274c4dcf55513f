from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...questions.tallies import keep_all, wrong


class Command(BaseCommand):
    help = "Count the questions of all months anew, and keep the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Compare what is kept, and keep nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            count = len(keep_all(anew=True))
            self.stdout.write(_("Months counted: %(count)d.") % {"count": count})
            return
        found = [str(tally) for tally in wrong()]
        for name in found:
            self.stdout.write(name)
        if found:
            raise CommandError(_("Kept figures that are wrong: %(count)d.") % {"count": len(found)})
        self.stdout.write(_("The kept figures are right."))
