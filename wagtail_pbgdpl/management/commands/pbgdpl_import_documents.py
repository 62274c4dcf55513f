from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...core.accounts import users
from ...imports.checking import Entry
from ...imports.importing import Report, run
from ...imports.tables import MOST_BYTES, read
from ...imports.template import template


class Command(BaseCommand):
    help = "Make drafts of documents from a table: of all rows, or of none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="A table that ends in .xlsx, .csv or .jsonl.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )
        parser.add_argument(
            "--skip-refused", action="store_true", help="Leave out the rows that are refused."
        )
        parser.add_argument("--user", help="User name of the person in whose name it is done.")
        parser.add_argument(
            "--template", action="store_true", help="Write an empty workbook to FILE instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            if options["template"]:
                # A table that somebody has filled in is not written over.
                with path.open("xb") as file:
                    file.write(template())
                return
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        try:
            rows = read(path.name, content)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        report = run(
            rows,
            _user(options["user"]),
            is_trial=options["dry_run"],
            skips_refused=options["skip_refused"],
        )
        for entry in report.entries:
            self._say(entry)
        self._sum_up(report, is_trial=options["dry_run"])

    def _say(self, entry: Entry) -> None:
        state = _("refused") if entry.errors else _("can be taken")
        name = entry.title or entry.number
        self.stdout.write(
            _("Row %(row)d, %(state)s: %(name)s")
            % {"row": entry.place, "state": state, "name": name}
        )
        for note in (*entry.errors, *entry.warnings):
            where = f" [{note.page}]" if note.page is not None else ""
            self.stdout.write(f"  - {note.text}{where}")

    def _sum_up(self, report: Report, *, is_trial: bool) -> None:
        counts = {"good": len(report.good), "refused": len(report.refused)}
        if report.is_done:
            self.stdout.write(_("%(good)d drafts made, %(refused)d rows left out.") % counts)
            return
        self.stdout.write(_("%(good)d rows can be taken, %(refused)d are refused.") % counts)
        if not is_trial:
            raise CommandError(_("Nothing was imported."))
        self.stdout.write(_("Nothing was changed (trial run)."))


def _user(name: str | None) -> Any:
    if not name:
        return None
    user = users().filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no active user «%(name)s».") % {"name": name})
    return user
