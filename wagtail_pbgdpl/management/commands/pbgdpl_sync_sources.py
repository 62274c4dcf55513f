from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...sources.models import ExternalSource, SourceRun
from ...sources.shipped import enter
from ...sources.syncing import sync, sync_due

BAD = (SourceRun.Result.FAILED, SourceRun.Result.REFUSED)


class Command(BaseCommand):
    help = "Read the linked systems whose time has come, or the named ones at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--source", action="append", metavar="CODE", help="Read this one now, due or not."
        )
        parser.add_argument(
            "--enter",
            action="store_true",
            help="Enter the systems that the package knows, switched off, and stop.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["enter"]:
            for source in enter():
                self.stdout.write(f"+ {source.code}: {source.name}")
            return
        failed = 0
        for run in self._runs(options["source"]):
            line = f"{run.source.code}: {run.get_result_display()} ({run.count})"
            if run.result in BAD:
                failed += 1
                self.stderr.write(f"{line} {run.why} {run.details}".rstrip())
            else:
                self.stdout.write(line)
        if failed:
            raise CommandError(_("Linked systems not read: %(count)d.") % {"count": failed})

    def _runs(self, codes: list[str] | None) -> Iterable[SourceRun]:
        if not codes:
            yield from sync_due(seconds=3600)
            return
        sources = {one.code: one for one in ExternalSource.objects.filter(code__in=codes)}
        for code in codes:
            if code not in sources:
                raise CommandError(_("There is no linked system %(code)s.") % {"code": code})
        for code in codes:
            run = sync(sources[code])
            if run is None:
                nothing = _("has no list, or is being read already")
                self.stdout.write(f"{code}: {nothing}")
            else:
                yield run
