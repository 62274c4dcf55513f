"""Requests a second of the public pages, beside the bare page of a new Wagtail project.

Run from the root of the project: ``python -m benchmarks.pages`` or ``make bench``. It serves every
project by gunicorn with two sync workers, asks over eight connections, and takes the rounds in
turns, so that a busy moment of the computer hits all alike. PostgreSQL is found through ``PGHOST``,
``PGPORT``, ``PGUSER`` and ``PGPASSWORD``, Redis at ``REDIS_URL``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.http import rate

ROOT = Path(__file__).parent.parent
WORKERS = 2
NAMES = {
    "article": "article",
    "home": "home with newest items",
    "first": "category listing, first page",
    "last": "category listing, last page",
}
GOALS = {"article": 0.6, "home": 0.5, "first": 0.5, "last": 0.4}
CACHED_GOAL = 10
BARE_SETTINGS = """
from .base import *
import json, os
DEBUG = False
SECRET_KEY = "only-for-benchmarks"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": json.loads(os.environ["BENCH_DATABASE"])}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": True}
"""


@dataclass
class Target:
    """One address of one server."""

    port: int
    path: str
    rates: list[float] = field(default_factory=list)

    def measure(self, seconds: float) -> None:
        self.rates.append(rate(self.port, self.path, seconds))

    @property
    def median(self) -> float:
        return statistics.median(self.rates)


def run(arguments: list[str], cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextmanager
def database(kind: str, directory: Path) -> Iterator[dict[str, object]]:
    """Make an empty database and remove it at the end; yield its Django settings."""
    name = f"pbgdpl_bench_{uuid.uuid4().hex[:10]}"
    if kind == "sqlite":
        yield {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(directory / f"{name}.sqlite3"),
            "CONN_MAX_AGE": 600,
        }
        return
    import psycopg
    from psycopg import sql

    settings = {
        "host": os.environ.get("PGHOST", "127.0.0.1"),
        "port": os.environ.get("PGPORT", "5432"),
        "user": os.environ.get("PGUSER", "postgres"),
        "password": os.environ.get("PGPASSWORD", ""),
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **settings) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": name,
                "CONN_MAX_AGE": 600,
                **{key.upper(): value for key, value in settings.items()},
            }
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def gunicorn(module: str, cwd: Path, env: dict[str, str]) -> Iterator[int]:
    """Serve a project; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--workers", str(WORKERS), "--log-level", "error"], cwd=cwd, env=env
    )
    try:
        for _ in range(120):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def environment(module: str, settings: dict[str, object], **more: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": module,
        "BENCH_DATABASE": json.dumps(settings),
        **more,
    }


def bare_project(directory: Path, settings: dict[str, object]) -> dict[str, str]:
    """Make the project of ``wagtail start`` with its home page; return its environment."""
    starter = "from wagtail.bin.wagtail import main; main()"
    run(["-c", starter, "start", "bare", str(directory)], directory, dict(os.environ))
    (directory / "bare" / "settings" / "bench.py").write_text(BARE_SETTINGS)
    env = environment("bare.settings.bench", settings, PYTHONPATH=str(directory))
    run(["manage.py", "migrate", "--verbosity", "0"], directory, env)
    return env


def loaded_portal(settings: dict[str, object], size: int) -> tuple[dict[str, str], dict]:
    """Load the example portal; return its environment and what ``benchmarks.load`` printed."""
    env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
    run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
    run(["-m", "django", "pbgdpl_setup"], ROOT, env)
    begun = time.monotonic()
    found = json.loads(run(["-m", "benchmarks.load", str(size)], ROOT, env).splitlines()[-1])
    print(f"{size:,} pages loaded in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return env, found


def measure(kind: str, sizes: list[int], rounds: int, seconds: float) -> str:
    """Return the table in Markdown."""
    redis = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        bare_directory = directory / "bare"
        bare_directory.mkdir()
        env = bare_project(bare_directory, stack.enter_context(database(kind, directory)))
        port = stack.enter_context(gunicorn("bare.wsgi", bare_directory, env))
        bare = Target(port, "/")
        plain: dict[tuple[int, str], Target] = {}
        cached: dict[str, Target] = {}
        queries: dict[str, int] = {}
        for size in sizes:
            settings = stack.enter_context(database(kind, directory))
            env, found = loaded_portal(settings, size)
            port = stack.enter_context(gunicorn("example_site.wsgi", ROOT, env))
            for name, (path, count) in found.items():
                plain[size, name] = Target(port, path)
                queries[name] = count
        if redis:
            env = env | {"BENCH_PAGE_CACHE": redis}
            port = stack.enter_context(gunicorn("example_site.wsgi", ROOT, env))
            cached = {name: Target(port, path) for name, (path, _) in found.items()}
        targets = [bare, *plain.values(), *cached.values()]
        for target in targets:
            rate(target.port, target.path, 1)
        for number in range(rounds):
            for target in targets:
                target.measure(seconds)
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return table(kind, sizes, rounds, seconds, bare, plain, cached, queries)


def table(
    kind: str,
    sizes: list[int],
    rounds: int,
    seconds: float,
    bare: Target,
    plain: dict[tuple[int, str], Target],
    cached: dict[str, Target],
    queries: dict[str, int],
) -> str:
    import django
    import wagtail

    small, large = sizes[0], sizes[-1]
    head = (
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}, Wagtail {wagtail.__version__}, "
        f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"median of {rounds} rounds of {seconds:g} s; bare page: {bare.median:.0f} requests/s "
        f"({min(bare.rates):.0f}–{max(bare.rates):.0f})."
    )
    lines = [
        head,
        "",
        f"| page | queries | requests/s at {small:,} | requests/s at {large:,} "
        f"| share of the bare page | goal | {large:,} : {small:,} (time) |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        few, many = plain[small, name].median, plain[large, name].median
        lines.append(
            f"| {title} | {queries[name]} | {few:.0f} | {many:.0f} | {many / bare.median:.2f} "
            f"| {GOALS[name]} | {few / many:.2f} |"
        )
    for name, target in cached.items():
        lines.append(
            f"| {NAMES[name]}, warm page cache | 0 | | {target.median:.0f} "
            f"| {target.median / bare.median:.1f} | {CACHED_GOAL} | |"
        )
    return "\n".join(lines)


def write(path: Path, kind: str, text: str) -> None:
    """Put the table between the marks of its database in a document."""
    begin, end = f"<!-- begin {kind} -->", f"<!-- end {kind} -->"
    document = path.read_text()
    before, rest = document.split(begin)
    _, after = rest.split(end)
    path.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    options = parser.parse_args()
    text = measure(options.database, options.sizes, options.rounds, options.seconds)
    print(text)
    if options.write:
        write(options.write, options.database, text)


if __name__ == "__main__":
    main()
