from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from ...content.answers_from_blocks import make_answers


class Command(BaseCommand):
    help = "Make a page of each question that stands as a block on an index page of C6."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would happen, and change nothing."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        made = list(make_answers())
        for one in made:
            if one.page.live:
                self.stdout.write(_("public: %(title)s") % {"title": one.page.title})
            else:
                self.stdout.write(
                    _("draft: %(title)s (%(problems)s)")
                    % {"title": one.page.title, "problems": " ".join(one.problems)}
                )
        public = sum(one.page.live for one in made)
        self.stdout.write(
            _("%(public)d answers made public, %(drafts)d left as drafts for the board.")
            % {"public": public, "drafts": len(made) - public}
        )
        if options["dry_run"]:
            transaction.set_rollback(True)
            self.stdout.write(_("Nothing was changed (trial run)."))
