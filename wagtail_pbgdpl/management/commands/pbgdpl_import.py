from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...exchange import signing
from ...exchange.importing import Done, Import
from ...exchange.package import LARGEST
from ...exchange.problems import NotTaken, Refused
from ...exchange.secrecy import Key, read_secret
from ...exchange.taking import Fate
from .pbgdpl_export import progress_bar, told

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Take a package of another portal in: all of it, or nothing. A second time nothing changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The package.")
        parser.add_argument(
            "--sender", required=True, help="File of the sender's public Ed25519 key (PEM)."
        )
        parser.add_argument(
            "--map-units", help="CSV file: code of the unit in the package, code of the unit here."
        )
        parser.add_argument(
            "--map-users", help="CSV file: user name in the package, user name here."
        )
        parser.add_argument(
            "--number-prefix",
            default="",
            help="Put before the numbers of the questions that come, such as BC-.",
        )
        parser.add_argument("--identity", help="File of the private key of age for personal data.")
        parser.add_argument("--passphrase-file", help="File of the passphrase, on one line.")
        parser.add_argument(
            "--without-persons", action="store_true", help="Leave personal data closed."
        )
        parser.add_argument(
            "--max-gigabytes", type=int, default=LARGEST // 1024**3, help="Of all that is unpacked."
        )
        parser.add_argument("--report", help="CSV file for the records that cannot be taken.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = progress_bar(self.stderr)
        try:
            done = Import(
                options["file"],
                signing.public_key(options["sender"]),
                units=read_map(options["map_units"]),
                accounts=read_map(options["map_users"]),
                number_prefix=options["number_prefix"],
                key=_key(options),
                without_persons=options["without_persons"],
                is_trial=options["dry_run"],
                largest=options["max_gigabytes"] * 1024**3,
                told=told(bar),
            ).run()
        except Refused as error:
            raise CommandError(_("%(error)s Nothing was changed.") % {"error": error}) from error
        except NotTaken as error:
            self._refused(error, options["report"])
        else:
            self._say(done, is_trial=options["dry_run"])

    def _refused(self, error: NotTaken, report: str | None) -> None:
        for row in error.rows[:SHOWN]:
            self.stderr.write(str(row))
        if report:
            with Path(report).open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([_("kind"), _("line"), _("identifier"), _("why")])
                writer.writerows(error.rows)
        raise CommandError(
            _("%(count)d records cannot be taken. Nothing was changed.")
            % {"count": len(error.rows)}
        )

    def _say(self, done: Done, *, is_trial: bool) -> None:
        self.stdout.write(
            _("Package of «%(portal)s», made at %(at)s.")
            % {"portal": done.statement.get("portal"), "at": done.statement.get("at")}
        )
        for kind, counts in sorted(done.counts.items()):
            words = [
                _("%(count)d made") % {"count": counts[Fate.CREATED]},
                _("%(count)d brought up to date") % {"count": counts[Fate.UPDATED]},
                _("%(count)d there already") % {"count": counts[Fate.UNCHANGED]},
                _("%(count)d kept as they are here") % {"count": counts[Fate.KEPT]},
            ]
            self.stdout.write(f"{kind}: {', '.join(words)}")
        if done.adjusted:
            self.stdout.write(
                _("%(count)d stand here under other codes, addresses or names of files.")
                % {"count": done.adjusted}
            )
        if is_trial:
            self.stdout.write(_("Nothing was changed (trial run)."))
        else:
            self.stdout.write(self.style.SUCCESS(_("The package was taken in.")))


def read_map(path: str | None) -> dict[str, str]:
    """Return the pairs of a CSV file; an empty second column says that it goes under the first.

    Raises ``Refused``.
    """
    if not path:
        return {}
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(_("%(file)s cannot be read.") % {"file": path}) from error
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        if row[0].startswith("#"):
            continue
        if len(row) != 2 or not all(row) or row[0] in found:
            raise Refused(
                _("%(file)s, line %(number)d: write the former name and the new one, each once.")
                % {"file": path, "number": number}
            )
        found[row[0]] = row[1]
    return found


def _key(options: dict[str, Any]) -> Key | None:
    if options["identity"]:
        return Key(identity=read_secret(options["identity"]))
    if options["passphrase_file"]:
        return Key(passphrase=read_secret(options["passphrase_file"]))
    return None
