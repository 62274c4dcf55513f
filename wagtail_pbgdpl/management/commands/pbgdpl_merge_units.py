from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from ...organisation.models import Unit
from ...organisation.succession import merge
from ...worktime.active import today


class Command(BaseCommand):
    help = "Let one unit succeed others from a day on; what was counted under them stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("units", nargs="+", help="Codes of the units that end.")
        parser.add_argument(
            "--into",
            required=True,
            help="Code of the unit that succeeds them; one of them may itself go on.",
        )
        parser.add_argument(
            "--on", help="First day of the successor, such as 2026-07-01. Default: today."
        )
        parser.add_argument("--decision", default="", help="Number of the decision.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["on"])
        units = [_unit(code) for code in options["units"]]
        into = _unit(options["into"])
        try:
            done = merge(units, into, on=day, decision=options["decision"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for unit in done.old:
            self.stdout.write(
                _("«%(old)s» ends; «%(new)s» succeeds it from %(day)s.")
                % {"old": unit, "new": into, "day": f"{day:%d/%m/%Y}"}
            )
        for seat in done.continued:
            self.stdout.write(_("goes on: %(seat)s") % {"seat": seat})
        for seat in done.over:
            self.stdout.write(_("ends: %(seat)s") % {"seat": seat})
        if options["dry_run"]:
            transaction.set_rollback(True)
            self.stdout.write(_("Nothing was changed (trial run)."))


def _day(text: str | None) -> Any:
    if not text:
        return today()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(_("%(text)s is no date such as 2026-07-01.") % {"text": text})
    return day


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(_("There is no unit with the code “%(code)s”.") % {"code": code})
    return unit
