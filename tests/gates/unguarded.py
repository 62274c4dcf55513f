"""Carry out the table of ways with whatever package comes first on the path; print what succeeded.

``python -m tests.gates.unguarded portal.sqlite3`` answers with one object in JSON: for each way
whether it led round the board. Every sixth is tried, by one person, the one who comes furthest in a
plain Wagtail.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

#: Enough to see whether the table tries what it says.
STRIDE = 6
ORDER = ("superuser", "ungrouped", "chief", "operator", "secretary", "officer", "head", "member")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.once import load

    setup_test_environment()
    load(connection, Path(sys.argv[1]))
    answer = json.dumps(results())
    print(f"\n{answer}")


def results() -> dict[str, bool]:
    from django.db import transaction

    from tests.gates.conftest import begin
    from tests.gates.everything import WAYS

    found = {}
    with transaction.atomic():
        world = begin()
        for rows in WAYS.attempts()[::STRIDE]:
            row = min(rows, key=lambda one: ORDER.index(one.who) if one.who in ORDER else 99)
            found[str(row)] = _succeeds(row, world)
        transaction.set_rollback(True)
    return found


def _succeeds(row: Any, world: Any) -> bool:
    from django.db import transaction

    from tests.gates.test_gates import carry_out
    from tests.kept import kept_files

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
