from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from wagtail_pbgdpl.provisioning.portal import SetupError

from ...loader import load


class Command(BaseCommand):
    help = (
        "Fill the default site with the demo portal: categories, users for each role, the five "
        "source regulations and example content. Run it again: it makes only what is missing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Anybody can read the password of its people, and among them is who approves.
        if not getattr(settings, "ALLOW_DEMO", False):
            raise CommandError(
                "The demo makes accounts whose password is published, so these settings do not "
                "take it. Use example_site.settings.demo, or set ALLOW_DEMO = True where nobody "
                "else can sign in."
            )
        try:
            result = load()
        except SetupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            self.style.SUCCESS(f"{result.made} pages made, {result.present} were there already.")
        )
        # The timed command does so where it runs.
        if find_spec("pypdf"):
            call_command("pbgdpl_read_files", stdout=self.stdout)
        call_command("demo_logins", stdout=self.stdout)
