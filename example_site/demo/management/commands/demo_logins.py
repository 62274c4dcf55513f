from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ...people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Print the users of the demo, at least one for each role of the regulation."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{settings.WAGTAILADMIN_BASE_URL}/admin/ · password: {PASSWORD}")
        width = max(len(person.username) for person in PEOPLE)
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<{width}}  {person.role_name} ({person.title})")
