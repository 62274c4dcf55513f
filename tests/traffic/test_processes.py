"""Eight processes that count the same pages at once, on PostgreSQL (C14)."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conftest import missing

ROOT = Path(__file__).parent.parent.parent
SERVER = {
    "host": os.environ.get("PGHOST", "127.0.0.1"),
    "port": os.environ.get("PGPORT", "5432"),
    "user": os.environ.get("PGUSER", "postgres"),
    "password": os.environ.get("PGPASSWORD", ""),
}
PROCESSES = 8


@pytest.fixture
def database() -> Iterator[str]:
    name = f"pbgdpl_{uuid.uuid4().hex[:12]}"
    try:
        server: Any = psycopg.connect(
            **SERVER, dbname="postgres", autocommit=True, connect_timeout=5
        )
    except psycopg.OperationalError:
        missing("PostgreSQL")
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def start(database: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "counting_process.py"), *arguments],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "example_site.settings.test",
            "DATABASE": "postgres",
            "PGDATABASE": database,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        },
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_processes_lose_no_count(database: str) -> None:
    """No count is lost or doubled, no process blocks another, an orderly end writes the rest."""
    prepared = start(database, "prepare")
    _out, errors = prepared.communicate(timeout=120)
    assert prepared.returncode == 0, errors
    processes = [start(database, "count", str(number)) for number in range(PROCESSES)]
    for process in processes:
        _out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        assert "deadlock" not in errors
    with psycopg.connect(**SERVER, dbname=database) as connection:  # type: ignore[arg-type]
        for table, counter, rows in (
            ("trafficday", "views", 5),
            ("trafficpage", "views", 20),
            ("trafficminute", "beats", 1),
        ):
            found, total = connection.execute(
                f"SELECT count(*), sum({counter}) FROM wagtail_pbgdpl_{table}"  # type: ignore[arg-type]  # noqa: S608
            ).fetchone()  # type: ignore[misc]
            assert total == PROCESSES * 500
            assert found >= rows
