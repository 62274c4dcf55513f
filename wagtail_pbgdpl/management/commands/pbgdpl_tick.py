from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...schedule import run_jobs


class Command(BaseCommand):
    help = "Do what must happen as time passes: groups, reminders, e-mails. To be run regularly."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for outcome in run_jobs():
            if outcome.error:
                failed += 1
                self.stderr.write(f"{outcome.name}: {outcome.error}")
            else:
                self.stdout.write(f"{outcome.name}: {outcome.done}")
        if failed:
            raise CommandError(_("Jobs that failed: %(count)d.") % {"count": failed})
