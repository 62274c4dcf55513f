"""Carry out the table of ways with whatever package comes first on the path; print what succeeded.

``python -m tests.gates.unguarded`` answers with one object in JSON: for each way whether it led
round the board. Each is tried by one person, the one who comes furthest in a plain Wagtail.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

ORDER = ("superuser", "ungrouped", "chief", "operator", "secretary", "officer", "head", "member")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, serialize=False)
    answer = json.dumps(results())
    print(f"\n{answer}")


def results() -> dict[str, bool]:
    from django.db import transaction
    from wagtail.models import Site

    from tests.gates.conftest import begin
    from tests.gates.everything import WAYS
    from wagtail_pbgdpl.provisioning.portal import set_up
    from wagtail_pbgdpl.regulations.active import get_regulation

    set_up(get_regulation(), Site.objects.get().root_page)
    found = {}
    with transaction.atomic():
        world = begin()
        for rows in WAYS.attempts():
            row = min(rows, key=lambda one: ORDER.index(one.who) if one.who in ORDER else 99)
            found[str(row)] = _succeeds(row, world)
        transaction.set_rollback(True)
    return found


def _succeeds(row: Any, world: Any) -> bool:
    from django.db import transaction

    from tests.gates.conftest import kept_files
    from tests.gates.test_gates import carry_out

    with kept_files(), transaction.atomic():
        try:
            with transaction.atomic():
                return carry_out(row, world.again())
        except Exception as error:
            print(f"{row}: {error!r}", file=sys.stderr)
            return False
        finally:
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
