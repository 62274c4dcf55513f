"""Makes the SQLite database of the tests: ``python -m tests.portal_file portal.sqlite3``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from tests.once import make_database, write


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    from django.db import connection

    make_database(connection)
    write(connection, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
