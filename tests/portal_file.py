"""Makes the SQLite database of the tests, from one in which the migrations of others have run.

``python -m tests.portal_file stock.sqlite3 portal.sqlite3``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from tests.once import load, make_database, write


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    from django.db import connection

    begun, target = map(Path, sys.argv[1:])
    load(connection, begun)
    make_database(connection)
    write(connection, target)


if __name__ == "__main__":
    main()
