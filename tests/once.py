"""What is made once a run, by whichever process needs it first, and copied for the others."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of one run share, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(place: Path, make: Callable[[Path], None]) -> Path:
    """Let the first process make a file or folder at ``place``; return it.

    ``make`` gets another path to write to: what it left half-made is not taken for whole.
    """
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            half = place.with_name(f"{place.name}.half")
            if half.is_dir():
                shutil.rmtree(half)
            half.unlink(missing_ok=True)
            make(half)
            half.rename(place)
    return place


def take_database(connection: Any, folder: Path) -> None:
    """Give the process its test database: made once a run, with a portal, and copied.

    The migrations run in the first process that needs a database.
    """
    take = _take_postgres if connection.vendor == "postgresql" else _take_sqlite
    take(connection, folder)


def make_database(connection: Any) -> None:
    """Run the migrations, and set up a portal of the default profile below the site's root."""
    from wagtail.models import Site

    from wagtail_pbgdpl.provisioning.portal import set_up
    from wagtail_pbgdpl.regulations.active import get_regulation

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    set_up(get_regulation(), Site.objects.get().root_page)


def keep_index(*, on: bool) -> None:
    """Let the search index follow what is saved, or not: a tenth of the time of most tests."""
    from django.db.models.signals import post_delete, post_save
    from modelsearch import index, signal_handlers

    from wagtail_pbgdpl.content import search_following

    (search_following.connect if on else search_following.disconnect)()
    for model in index.get_indexed_models():
        for signal, handler in (
            (post_save, signal_handlers.post_save_signal_handler),
            (post_delete, signal_handlers.post_delete_signal_handler),
        ):
            (signal.connect if on else signal.disconnect)(handler, sender=model)


def write(connection: Any, file: Path) -> None:
    """Write the SQLite database of the tests to a file."""
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)


def load(connection: Any, file: Path) -> None:
    """Fill the SQLite database of the tests from a file."""
    _connect_to(connection, connection.creation._get_test_db_name())
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as source:
        source.backup(connection.connection)


def stock(folder: Path) -> Path:
    """Return a SQLite database with the tables of Django and Wagtail, in Vietnamese.

    Their migrations take longer than all others; a portal begins on a copy, as it does in the site
    of a province. From nothing they run in ``test_wheel.py`` and on PostgreSQL.
    """

    def make(file: Path) -> None:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.stock_settings",
            "DATABASE_PATH": str(file),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0"]
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)

    return once(folder / "stock.sqlite3", make)


def portal_file(folder: Path) -> Path:
    """Return a SQLite database with the portal of the tests, made once in ``folder``.

    In a process of its own, as the run may be on PostgreSQL.
    """

    def make(file: Path) -> None:
        env = os.environ | {"DATABASE": "sqlite", "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "tests.portal_file", str(stock(folder)), str(file)]
        subprocess.run(command, env=env, check=True, capture_output=True)

    return once(folder / "database.sqlite3", make)


def _take_sqlite(connection: Any, folder: Path) -> None:
    def make(file: Path) -> None:
        load(connection, stock(folder))
        make_database(connection)
        write(connection, file)

    load(connection, once(folder / "database.sqlite3", make))


def _take_postgres(connection: Any, folder: Path) -> None:
    copy, template = connection.creation._get_test_db_name(), template_name()

    def make(note: Path) -> None:
        connection.settings_dict["TEST"]["NAME"] = template
        make_database(connection)
        with connection.cursor() as cursor:
            # Else the server plans for tables of thousands of rows.
            cursor.execute("ANALYZE")
        note.touch()

    once(folder / "database.made", make)
    # Nobody may be connected to what is copied.
    _connect_to(connection, copy)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')


def _connect_to(connection: Any, name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def template_name(whose: str = "tests") -> str:
    """Return the name of the database on PostgreSQL that those of ``whose`` are copies of.

    The run on the other database, which may go on at the same time, has another.
    """
    run = os.environ.get("DATABASE", "sqlite")
    return f"test_{os.environ.get('PGDATABASE', 'postgres')}_{run}_{whose}"


def drop_templates() -> None:
    """Take them away again, where the server answers."""
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(
            host=os.environ.get("PGHOST", "127.0.0.1"),
            port=os.environ.get("PGPORT", "5432"),
            user=os.environ.get("PGUSER", "postgres"),
            password=os.environ.get("PGPASSWORD", ""),
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        ) as server,
    ):
        for whose in ("tests", "servers"):
            server.execute(f'DROP DATABASE IF EXISTS "{template_name(whose)}"')
