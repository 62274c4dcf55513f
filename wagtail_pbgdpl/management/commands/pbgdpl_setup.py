from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from ...core.base_page import base_page_model
from ...provisioning.next_step import next_steps
from ...provisioning.portal import SetupError, set_up
from ...provisioning.record import Outcome, Report
from ...regulations import Regulation, RegulationError, load
from ...regulations.active import get_regulation


class Command(BaseCommand):
    help = (
        "Build the portal from the regulation: category pages, groups, collections, settings and "
        "reference tables. Run it again after an upgrade: it makes only what is missing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", help="Name of a shipped profile or path of a TOML file.")
        parser.add_argument(
            "--parent",
            help="Id or slug of the page that the portal goes below. Default: the site's root.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be made, and make nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        regulation = self._regulation(options["profile"])
        parent = self._parent(options["parent"])
        try:
            with transaction.atomic():
                report = set_up(regulation, parent)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except SetupError as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            raise CommandError(
                _("Another set-up seems to run at the same time; nothing was changed: %(error)s")
                % {"error": error}
            ) from error
        self._print(report, dry_run=options["dry_run"], verbosity=options["verbosity"])
        if not options["dry_run"]:
            for sentence in next_steps(regulation):
                self.stdout.write(sentence)

    def _regulation(self, profile: str | None) -> Regulation:
        try:
            regulation = load(profile) if profile else get_regulation()
        except RegulationError as error:
            raise CommandError(str(error)) from error
        if profile and regulation.path != _configured_path():
            self.stderr.write(
                _(
                    "The settings name another profile: set WAGTAIL_PBGDPL['PROFILE'] to "
                    "«%(profile)s», or the portal goes on by the old one."
                )
                % {"profile": profile}
            )
        return regulation

    def _parent(self, wanted: str | None) -> Any:
        if wanted is None:
            site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
            if site is None:
                raise CommandError(_("There is no default site: name a page with --parent."))
            return site.root_page
        pages = (
            base_page_model()._default_manager.filter(pk=int(wanted))
            if wanted.isdecimal()
            else base_page_model()._default_manager.filter(slug=wanted)
        )
        found = list(pages[:5])
        if not found:
            raise CommandError(_("There is no page «%(page)s».") % {"page": wanted})
        if len(found) > 1:
            listed = ", ".join(f"{page.pk} ({page.url_path})" for page in found)
            raise CommandError(
                _("Several pages are called «%(page)s»; name one by its id: %(listed)s")
                % {"page": wanted, "listed": listed}
            )
        return found[0]

    def _print(self, report: Report, *, dry_run: bool, verbosity: int) -> None:
        for line in report.lines:
            if verbosity > 1 or line.outcome is not Outcome.PRESENT:
                stream = self.stderr if line.outcome is Outcome.WARNED else self.stdout
                stream.write(str(line))
        summary = _(
            "%(made)d made, %(present)d were there, %(removed)d removed since and left so."
        ) % {outcome.value: report.count(outcome) for outcome in Outcome}
        self.stdout.write(self.style.SUCCESS(summary))
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was changed."))


def _configured_path() -> Path | None:
    try:
        return get_regulation().path
    except RegulationError:
        return None
