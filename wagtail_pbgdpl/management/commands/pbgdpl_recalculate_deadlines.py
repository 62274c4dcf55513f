from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from ...matters.recalculation import recalculate
from ...worktime import VIETNAM


class Command(BaseCommand):
    help = "Move the open time limits to where the present calendar and regulation put them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would move, and move nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        moved = 0
        for move in recalculate(dry_run=options["dry_run"]):
            moved += 1
            why = _("the regulation") if move.rule_changed else _("the calendar")
            self.stdout.write(
                f"{move.row.pk} {move.row.title}: {_moment(move.before)} → {_moment(move.after)}"
                f" ({why}; {move.row.clause or '–'})"
            )
        self.stdout.write(_("Time limits moved: %(count)d.") % {"count": moved})
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed (trial run)."))


def _moment(at: datetime.datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else _("no fixed end")
