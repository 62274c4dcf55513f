from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.base import ProgressBar
from django.utils.translation import gettext as _

from ...search import index


class Command(BaseCommand):
    help = "Enter what is public into the index of the search anew, while it is searched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--changed",
            action="store_true",
            help="Only what was changed by ways that tell nobody, such as an import.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["changed"]:
            changed = index.compare()
            self.stdout.write(_("Entries changed: %(count)d.") % {"count": changed})
            return
        total = index.size()
        shown: Any = self.stdout if options["verbosity"] and total else None
        bar, done = ProgressBar(shown, total), 0
        for count in index.rebuild():
            done += count
            bar.update(done)
        self.stdout.write(_("Entries made: %(count)d.") % {"count": done})
