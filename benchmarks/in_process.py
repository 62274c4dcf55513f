"""What is done in one process of a portal: timed, counted in queries, put into a table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, database, environment, run, write


def measure_acts(
    acts: dict[str, Callable[[], Any]], rounds: int, slow: tuple[str, ...] = ()
) -> dict[str, dict[str, Any]]:
    """Return seconds, queries and seconds of a processor of each act, once the process is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, act in acts.items():
        act()
        with CaptureQueriesContext(connection) as captured:
            act()
        # Counted now: the log of queries begins anew with the next request.
        queries = len(captured)
        seconds, processor = [], []
        for _ in range(max(3, rounds // 5) if name in slow else rounds):
            begun, spent = time.perf_counter(), processor_time()
            act()
            processor.append(processor_time() - spent)
            seconds.append(time.perf_counter() - begun)
        found[name] = {"seconds": seconds, "queries": queries, "processor": processor}
    return found


def processor_time() -> float:
    """Return the seconds that this process has had of a processor, and its database with it.

    Of PostgreSQL those of its connection, where the server is on this computer and Linux tells.
    """
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    pid = connection.connection.info.backend_pid
    try:
        return own + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return own


def table(kind: str, found: dict[str, dict[str, Any]], names: Mapping[str, str], size: str) -> str:
    """Return the figures in Markdown: ``names`` title the rows, ``size`` says of what."""
    import django
    import wagtail

    lines = [
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}, Wagtail {wagtail.__version__}, "
        f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{size}; one process.",
        "",
        "| what | queries | median | quartiles |",
        "|---|---|---|---|",
    ]
    for name, title in names.items():
        low, middle, high = statistics.quantiles(found[name]["seconds"], n=4)
        lines.append(
            f"| {title} | {found[name]['queries']} | **{in_words(middle)}** "
            f"| {in_words(low)}–{in_words(high)} |"
        )
    return "\n".join(lines)


def growth(found: dict[str, dict[str, Any]], acts: Mapping[str, str], few: int, many: int) -> str:
    """Return the round of each act with the least processor time with few and with many, and their
    quotient.

    ``found`` has each act as «name few» and «name many». That is what a busy computer leaves alone.
    """
    lines = [f"| least processor time | {few:,} | {many:,} | ratio |", "|---|---|---|---|"]
    for name, title in acts.items():
        low, high = (min(found[f"{name} {count}"]["processor"]) for count in (few, many))
        lines.append(f"| {title} | {in_words(low)} | {in_words(high)} | **{high / low:.2f}** |")
    return "\n".join(lines)


def in_words(seconds: float) -> str:
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def main(
    name: str,
    about: str | None,
    names: Mapping[str, str],
    size: str,
    measure: Callable[[int], dict[str, dict[str, Any]]],
    more: Callable[[dict[str, dict[str, Any]]], str] | None = None,
) -> None:
    """Run ``benchmarks.<name>`` in a portal of its own.

    ``measure`` takes the number of rounds, and is called in a process of that portal; ``more`` says
    what stands below the table.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        import django

        django.setup()
        print(json.dumps(measure(options.rounds)))
        return
    with (
        tempfile.TemporaryDirectory(prefix="pbgdpl-bench-") as directory,
        database(options.database, Path(directory)) as settings,
    ):
        env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
        run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
        run(["-m", "django", "pbgdpl_setup"], ROOT, env)
        print(f"{options.database}: the portal is set up", file=sys.stderr)
        arguments = ["-m", f"benchmarks.{name}", "--inside", "--rounds", str(options.rounds)]
        found = json.loads(run(arguments, ROOT, env).splitlines()[-1])
    text = table(options.database, found, names, size)
    if more is not None:
        text += f"\n\n{more(found)}"
    print(text)
    if options.write:
        write(options.write, f"{name}-{options.database}", text)
