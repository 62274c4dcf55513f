from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import ProgressBar
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from ...exchange import signing
from ...exchange.exporting import Export
from ...exchange.problems import Refused
from ...exchange.secrecy import Lock, read_secret
from ...worktime import VIETNAM


class Command(BaseCommand):
    help = "Write the portal, or what changed of it, into a signed package for another portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The package to write; it must not be there yet.")
        parser.add_argument(
            "--key", required=True, help="File of the private Ed25519 key that signs (PEM)."
        )
        parser.add_argument(
            "--since",
            help="What changed since this day, such as 2026-07-01, or instant alone.",
        )
        parser.add_argument(
            "--persons",
            action="store_true",
            help="Also what is about persons, encrypted by one of the two below.",
        )
        parser.add_argument("--recipient", help="File of the receiver's public key (age1…).")
        parser.add_argument("--passphrase-file", help="File of a passphrase, on one line.")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["file"])
        if target.exists():
            raise CommandError(_("%(file)s is there already.") % {"file": target})
        bar = progress_bar(self.stderr)
        try:
            since = since_of(options["since"])
            lock = _lock(options)
            export = Export(
                signing.private_key(options["key"]), since=since, lock=lock, told=told(bar)
            )
            done = _written(export, target)
        except Refused as error:
            raise CommandError(str(error)) from error
        for kind, count in sorted(done.counts.items()):
            self.stdout.write(f"{kind}: {count}")
        for name in done.lost:
            self.stderr.write(_("The file of %(name)s is gone.") % {"name": name})
        self.stdout.write(
            self.style.SUCCESS(
                _("%(file)s: %(records)d records and %(files)d files.")
                % {"file": target, "records": sum(done.counts.values()), "files": done.files}
            )
        )


def progress_bar(stream: Any) -> ProgressBar:
    """Return a bar for whoever watches; of a log, none."""
    return ProgressBar(stream if stream.isatty() else None, 1)


def told(bar: ProgressBar) -> Any:
    def tell(done: int, of_all: int) -> None:
        bar.total_count = max(of_all, 1)
        bar.update(done)

    return tell


def since_of(text: str | None) -> datetime.datetime | None:
    """Return an aware instant; a day begins at midnight in Asia/Ho_Chi_Minh."""
    if not text:
        return None
    try:
        moment = parse_datetime(text) if len(text) > 10 else None
        day = None if moment else parse_date(text)
    except ValueError:
        moment = day = None
    if moment is not None:
        return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    if day is None:
        raise Refused(_("%(text)s is no date such as 2026-07-01.") % {"text": text})
    return datetime.datetime.combine(day, datetime.time(), VIETNAM)


def _lock(options: dict[str, Any]) -> Lock | None:
    ways = [options["recipient"], options["passphrase_file"]]
    if not options["persons"]:
        if any(ways):
            raise Refused(_("A key or passphrase is for personal data: say --persons."))
        return None
    if sum(map(bool, ways)) != 1:
        raise Refused(_("Personal data leave encrypted: give --recipient or --passphrase-file."))
    if options["recipient"]:
        return Lock(recipient=read_secret(options["recipient"]))
    return Lock(passphrase=read_secret(options["passphrase_file"]))


def _written(export: Export, target: Path) -> Any:
    """Write beside the target and put it in its place when it is whole; for its owner alone."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            done = export.write(file)
        # Of two who write the same, the second is refused.
        os.link(name, target)
    except FileExistsError as error:
        raise Refused(_("%(file)s is there already.") % {"file": target}) from error
    finally:
        Path(name).unlink(missing_ok=True)
    return done
