"""Four processes that count the same pages at once, on PostgreSQL (C14)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.traffic.servers import POSTGRES, ROOT, environment, own_database

pytestmark = pytest.mark.processes

PROCESSES = 4


@pytest.fixture
def database() -> Iterator[str]:
    with own_database() as name:
        yield name


def start(database: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "counting_process.py"), *arguments],
        cwd=ROOT,
        env=environment(database, DJANGO_SETTINGS_MODULE="example_site.settings.test"),
        stderr=subprocess.PIPE,
        text=True,
    )


def test_four_processes_lose_no_count(database: str) -> None:
    """No count is lost or doubled, no process blocks another, an orderly end writes the rest."""
    prepared = start(database, "prepare")
    _out, errors = prepared.communicate(timeout=120)
    assert prepared.returncode == 0, errors
    processes = [start(database, "count", str(number)) for number in range(PROCESSES)]
    for process in processes:
        _out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        assert "deadlock" not in errors
    with psycopg.connect(**POSTGRES, dbname=database) as connection:
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
