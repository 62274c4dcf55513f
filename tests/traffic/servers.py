"""The PostgreSQL and the Redis of this computer, for tests that need them whatever ``DATABASE``."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.conftest import missing
from tests.once import once, template_name

ROOT = Path(__file__).parent.parent.parent
POSTGRES: dict[str, Any] = {
    "host": os.environ.get("PGHOST", "127.0.0.1"),
    "port": os.environ.get("PGPORT", "5432"),
    "user": os.environ.get("PGUSER", "postgres"),
    "password": os.environ.get("PGPASSWORD", ""),
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")


def connected() -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(**POSTGRES, dbname="postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        missing("PostgreSQL")
        raise


def portal_template(folder: Path) -> str:
    """Return the name of a database with a portal, which ``own_database`` copies; made once."""
    name = template_name("servers")

    def make(note: Path) -> None:
        with connected() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}"')
            server.execute(f'CREATE DATABASE "{name}"')
        env = environment(name, DJANGO_SETTINGS_MODULE="tests.traffic.gunicorn_settings")
        for command in (["migrate", "--verbosity=0"], ["pbgdpl_setup"]):
            done = subprocess.run(
                [sys.executable, "-m", "django", *command],
                cwd=ROOT,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        note.touch()

    once(folder / "servers.made", make)
    return name


@contextlib.contextmanager
def own_database(template: str = "template1") -> Iterator[str]:
    """Make a database, empty or a copy of another, and yield its name."""
    name = f"pbgdpl_{uuid.uuid4().hex[:12]}"
    with connected() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def own_keys(prefix: str) -> Iterator[None]:
    """Leave nothing behind in Redis that begins with ``prefix``."""
    server = redis.Redis.from_url(REDIS_URL, socket_connect_timeout=5)
    try:
        server.ping()
    except redis.RedisError:
        missing("Redis")
    try:
        yield
    finally:
        for key in server.scan_iter(match=f"{prefix}:*"):
            server.delete(key)
        server.close()


def environment(database: str, **more: str) -> dict[str, str]:
    """Return the environment of a process of Django that uses ``database``."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {
        **os.environ,
        "DATABASE": "postgres",
        "PGDATABASE": database,
        "REDIS_URL": REDIS_URL,
        "PYTHONPATH": path,
        **more,
    }
