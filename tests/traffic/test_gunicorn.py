"""A real gunicorn with four workers, PostgreSQL and Redis: every count is written, once (C14)."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.served import free_port
from tests.traffic.conftest import FIREFOX
from tests.traffic.servers import (
    POSTGRES,
    ROOT,
    environment,
    own_database,
    own_keys,
    portal_template,
)

pytestmark = pytest.mark.processes

pytest.importorskip("gunicorn")

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.traffic.gunicorn_settings"}
WORKERS = 4
VIEWS = 300
CONNECTIONS = 24  # at once
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def database(run_folder: Path) -> Iterator[str]:
    """A database with a portal."""
    with own_database(portal_template(run_folder)) as name, own_keys(name):
        yield name


@pytest.fixture
def connection(database: str) -> Iterator[Any]:
    """Nothing is counted yet."""
    with psycopg.connect(**POSTGRES, dbname=database, autocommit=True) as connected:
        for table in ("day", "page", "minute"):
            connected.execute(f"TRUNCATE wagtail_pbgdpl_traffic{table}")  # type: ignore[arg-type]
        yield connected


class Server:
    def __init__(self, database: str, home: Path, *options: str, flush: int) -> None:
        self.port = free_port()
        self.log = home / "gunicorn.log"
        config = home / "gunicorn.conf.py"
        # Read by the versions that have it: nothing of the test belongs into the user's home.
        config.write_text("control_socket_disable = True\n")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "example_site.wsgi",
                    f"--bind=127.0.0.1:{self.port}",
                    f"--workers={WORKERS}",
                    f"--timeout={PATIENCE}",
                    f"--graceful-timeout={PATIENCE}",
                    f"--config={config}",
                    *options,
                ],
                cwd=ROOT,
                env=environment(database, FLUSH_SECONDS=str(flush), **SETTINGS),
                stdout=log,
                stderr=log,
            )

    def send(self, page: int) -> int:
        """Post a view over a connection of its own; wait for the server if it is not up yet."""
        deadline = time.monotonic() + PATIENCE
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.connect()
            except ConnectionRefusedError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.1)  # the server is still starting
                continue
            headers = {
                "User-Agent": FIREFOX,
                "Content-Type": "application/x-www-form-urlencoded",
                "Sec-Fetch-Site": "same-origin",
            }
            body = f"page={page}&view=1&beat=1"
            connection.request("POST", "/pbgdpl/traffic/beacon/", body, headers)
            status = connection.getresponse().status
            connection.close()
            return status

    def stop(self) -> str:
        """End in order; return the log."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        return self.log.read_text()


def pages(connection: Any) -> list[int]:
    """The numbers of the portal and two of its categories."""
    found = connection.execute(
        "SELECT id FROM wagtailcore_page WHERE depth IN (3, 4) AND live ORDER BY path LIMIT 3"
    ).fetchall()
    return [number for (number,) in found]


def sums(connection: Any) -> list[int]:
    """What is counted: by day, by page, by minute."""
    return [
        int(connection.execute(query).fetchone()[0])
        for query in (
            "SELECT coalesce(sum(views), 0) FROM wagtail_pbgdpl_trafficday",
            "SELECT coalesce(sum(views), 0) FROM wagtail_pbgdpl_trafficpage",
            "SELECT coalesce(sum(beats), 0) FROM wagtail_pbgdpl_trafficminute",
        )
    ]


def read(server: Server, numbers: list[int]) -> None:
    """Many readers at once; the server takes every view."""
    assert server.send(numbers[0]) == 204  # it is up
    with ThreadPoolExecutor(CONNECTIONS) as readers:
        rest = [numbers[view % len(numbers)] for view in range(1, VIEWS)]
        assert set(readers.map(server.send, rest)) == {204}


@pytest.mark.parametrize(
    "options",
    [
        pytest.param([], id="sync"),
        pytest.param(
            ["--preload", "--worker-class=gthread", "--threads=4", "--max-requests=60"],
            id="threads-recycled",
        ),
    ],
)
def test_an_orderly_end_loses_nothing(
    database: str, connection: Any, tmp_path: Path, options: list[str]
) -> None:
    """The counts wait for a minute, so that it is the end of the workers that writes them."""
    numbers = pages(connection)
    server = Server(database, tmp_path, *options, flush=60)
    try:
        read(server, numbers)
    finally:
        log = server.stop()
    assert sums(connection) == [VIEWS] * 3, log
    assert "Traceback" not in log
    of_pages = connection.execute("SELECT page_id, views FROM wagtail_pbgdpl_trafficpage")
    assert dict(of_pages.fetchall()) == dict.fromkeys(numbers, VIEWS // 3)


def test_the_timer_of_a_forked_worker_writes(
    database: str, connection: Any, tmp_path: Path
) -> None:
    """Without an end, and without another request."""
    server = Server(database, tmp_path, "--preload", flush=1)
    try:
        read(server, pages(connection))
        deadline = time.monotonic() + PATIENCE
        while sums(connection) != [VIEWS] * 3 and time.monotonic() < deadline:
            time.sleep(0.2)  # until the last worker has written
        assert sums(connection) == [VIEWS] * 3
    finally:
        log = server.stop()
    assert sums(connection) == [VIEWS] * 3
    assert "Traceback" not in log
