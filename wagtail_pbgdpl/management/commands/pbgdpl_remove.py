from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from ...core.base_page import base_page_model
from ...provisioning.record import Report
from ...provisioning.records import records_in
from ...provisioning.removal import RemovalError, remove


class Command(BaseCommand):
    help = (
        "Delete the portal with its pages, files, groups, collections and workflows, and nothing "
        "else of the site: the first step of removing the package."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be deleted, and delete nothing."
        )
        parser.add_argument("--yes", action="store_true", help="Delete it.")
        parser.add_argument(
            "--records",
            type=Path,
            help="The folder in which what is deleted is kept; it is made by the command.",
        )
        parser.add_argument(
            "--root",
            type=int,
            help="Id of the page at which a site shall begin that begins at the portal. "
            "Default: the page above the portal.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_meant = options["yes"] and not options["dry_run"]
        if is_meant and options["records"] is None:
            raise CommandError(
                _("Name with --records a folder in which what is deleted is kept; it is made.")
            )
        report = self._removed(options["records"] if is_meant else None, options["root"])
        for line in report.lines:
            self.stdout.write(str(line))
        if is_meant:
            said = _("What was deleted is kept in %(folder)s.") % {"folder": options["records"]}
            self.stdout.write(self.style.SUCCESS(said))
        elif options["dry_run"]:
            self.stdout.write(_("This was a trial: nothing was changed."))
        else:
            raise CommandError(_("Nothing was deleted. Say --yes if all of this is to go."))

    def _removed(self, folder: Path | None, root: int | None) -> Report:
        """Remove the portal, in earnest where there is a ``folder`` for the records."""
        try:
            with records_in(folder) if folder else nullcontext() as records, transaction.atomic():
                report = remove(self._page(root), records)
                if records is None:
                    transaction.set_rollback(True)
                return report
        except OSError as error:
            raise CommandError(
                _("The records cannot be written, so nothing was deleted: %(error)s")
                % {"error": error}
            ) from error
        except RemovalError as error:
            raise CommandError(_("Nothing was deleted.") + f"\n{error}") from error

    def _page(self, pk: int | None) -> Any:
        if pk is None:
            return None
        page = base_page_model()._default_manager.filter(pk=pk).first()
        if page is None:
            raise CommandError(_("There is no page «%(page)s».") % {"page": pk})
        return page
