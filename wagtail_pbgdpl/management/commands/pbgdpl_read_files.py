from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from ...content.file_entries import read_due

A_DAY = 86_400


class Command(BaseCommand):
    help = "Read the text of the files that public pages show, and enter it into the search."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="Also the files in which a fault was found."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = read_due(again=options["again"], seconds=A_DAY)
        self.stdout.write(
            ngettext("%(count)d file read", "%(count)d files read", count) % {"count": count}
        )
