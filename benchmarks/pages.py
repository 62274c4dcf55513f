"""Requests a second of the public pages, beside the bare page of a new Wagtail project.

Run from the root of the project: ``python -m benchmarks.pages`` or ``make bench``. It serves every
project by gunicorn with two sync workers and asks over eight connections. A busy computer is never
the same from one minute to the next, so each page is asked for right after the bare page, in short
rounds; a share is that of one such moment, and the table has the median of all.

PostgreSQL is found through ``PGHOST``, ``PGPORT``, ``PGUSER`` and ``PGPASSWORD``, Redis at
``REDIS_URL``.
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
GROWTH = {"article": 1.1, "home": 1.1, "first": 1.1, "last": 1.2}
CACHED_GOAL = 10
DIRECT = "wagtail_pbgdpl.serving.redis_cache.DirectRedisCache"
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

    def rate(self, seconds: float) -> float:
        return rate(self.port, self.path, seconds)


@dataclass
class Figures:
    """What was measured of one page, one entry for each round, in requests a second."""

    bare: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)
    large: list[float] = field(default_factory=list)
    cached: list[float] = field(default_factory=list)


def spread(above: list[float], below: list[float], digits: int) -> str:
    """Return the median of the quotients of each round, and their quartiles."""
    quotients = [one / other for one, other in zip(above, below, strict=True)]
    low, middle, high = statistics.quantiles(quotients, n=4)
    return f"**{middle:.{digits}f}** ({low:.{digits}f}–{high:.{digits}f})"


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
def gunicorn(module: str, cwd: Path, env: dict[str, str], workers: int = WORKERS) -> Iterator[int]:
    """Serve a project; yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--workers", str(workers), "--log-level", "error"], cwd=cwd, env=env
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


def page_cache(backend: str) -> dict[str, str]:
    """Return what turns the page cache on in an environment; ``backend``: of Django's cache."""
    redis = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
    location = redis if "redis" in backend else ""
    return {"BENCH_PAGE_CACHE": json.dumps({"BACKEND": backend, "LOCATION": location})}


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
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        bare_directory = directory / "bare"
        bare_directory.mkdir()
        env = bare_project(bare_directory, stack.enter_context(database(kind, directory)))
        port = stack.enter_context(gunicorn("bare.wsgi", bare_directory, env))
        bare = Target(port, "/")
        servers: list[tuple[int, dict]] = []
        for size in sizes:
            settings = stack.enter_context(database(kind, directory))
            env, found = loaded_portal(settings, size)
            servers.append((stack.enter_context(gunicorn("example_site.wsgi", ROOT, env)), found))
        cached = env | page_cache(DIRECT)
        servers.append((stack.enter_context(gunicorn("example_site.wsgi", ROOT, cached)), found))
        targets = {
            name: [bare, *(Target(port, found[name][0]) for port, found in servers)]
            for name in NAMES
        }
        for target in [target for of_page in targets.values() for target in of_page]:
            # The first second of a process goes by with imports.
            target.rate(2)
        figures = {name: Figures() for name in NAMES}
        for number in range(rounds):
            for name, of_page in targets.items():
                for values, target in zip(vars(figures[name]).values(), of_page, strict=True):
                    values.append(target.rate(seconds))
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    queries = {name: count for name, (_, count) in found.items()}
    return table(kind, sizes, rounds, seconds, figures, queries)


def table(
    kind: str,
    sizes: list[int],
    rounds: int,
    seconds: float,
    figures: dict[str, Figures],
    queries: dict[str, int],
) -> str:
    import django
    import wagtail

    few, many = (f"{size:,}" for size in sizes)
    bare = [value for of_page in figures.values() for value in of_page.bare]
    low, middle, high = statistics.quantiles(bare, n=4)
    head = (
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}, Wagtail {wagtail.__version__}, "
        f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{rounds} rounds of {seconds:g} s for each figure; bare page: {middle:.0f} requests/s "
        f"({low:.0f}–{high:.0f})."
    )
    lines = [
        head,
        "",
        f"| page | queries | share of the bare page at {many} | goal | time, {many} : {few} | goal "
        "| from a warm page cache | goal |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        of_page = figures[name]
        lines.append(
            f"| {title} | {queries[name]} | {spread(of_page.large, of_page.bare, 2)} "
            f"| {GOALS[name]} | {spread(of_page.small, of_page.large, 2)} | {GROWTH[name]} "
            f"| {spread(of_page.cached, of_page.bare, 1)} | {CACHED_GOAL} |"
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
    parser.add_argument("--sizes", type=int, nargs=2, default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    options = parser.parse_args()
    text = measure(options.database, options.sizes, options.rounds, options.seconds)
    print(text)
    if options.write:
        write(options.write, options.database, text)


if __name__ == "__main__":
    main()
