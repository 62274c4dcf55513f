from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...regulations import (
    Regulation,
    RegulationError,
    advice,
    get_regulation,
    load,
    shipped_profiles,
)
from ...regulations.data import as_data
from ...regulations.transcript import Line, transcript


class Command(BaseCommand):
    help = "Print the effective regulation in the order of the paper, each line with its clause."

    # The system checks stop at a bad profile; here its problems are the answer.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--profile",
            help="Name of a shipped profile or path of a TOML file. Default: that of the settings.",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--list", action="store_true", help="List the shipped profiles and stop."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        as_json = options["format"] == "json"
        if options["list"]:
            self._list(as_json)
            return
        profile = options["profile"]
        try:
            regulation = load(profile) if profile else get_regulation()
        except RegulationError as error:
            raise CommandError(str(error)) from error
        if as_json:
            self._write_json(as_data(regulation))
        else:
            self._write_text(regulation)
        for problem in advice(regulation.path):
            self.stderr.write(self.style.WARNING(str(problem)))

    def _list(self, as_json: bool) -> None:
        titles = {name: load(name).document.title for name in shipped_profiles()}
        if as_json:
            self._write_json(titles)
            return
        for name, title in titles.items():
            self.stdout.write(f"{name}: {title}")

    def _write_json(self, data: Any) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def _write_text(self, regulation: Regulation) -> None:
        document = regulation.document
        self.stdout.write(self.style.MIGRATE_HEADING(document.title))
        facts = (document.number, document.issuer, document.issued, document.status)
        self.stdout.write(", ".join(fact for fact in facts if fact))
        self.stdout.write(
            _("Profile %(name)s, file %(path)s")
            % {"name": regulation.name, "path": regulation.path}
        )
        for line in transcript(regulation):
            self._write_line(line)

    def _write_line(self, line: Line) -> None:
        requirement = f" [{line.requirement}]" if line.requirement else ""
        self.stdout.write(f"{line.cited}{requirement}. {line.text}")
        if line.note:
            self.stdout.write("    " + _("Note: %(note)s") % {"note": line.note})
