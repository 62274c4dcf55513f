"""The PostgreSQL and the Redis of this computer, for tests that need them whatever ``DATABASE``."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests.conftest import missing

ROOT = Path(__file__).parent.parent.parent
POSTGRES: dict[str, Any] = {
    "host": os.environ.get("PGHOST", "127.0.0.1"),
    "port": os.environ.get("PGPORT", "5432"),
    "user": os.environ.get("PGUSER", "postgres"),
    "password": os.environ.get("PGPASSWORD", ""),
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")


@contextlib.contextmanager
def own_database() -> Iterator[str]:
    """Make an empty database and yield its name."""
    name = f"pbgdpl_{uuid.uuid4().hex[:12]}"
    try:
        server = psycopg.connect(**POSTGRES, dbname="postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        missing("PostgreSQL")
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
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
