"""How long the ledger takes with many open rows: due panel, first page of the report, export.

Run from the root of the project: ``python -m benchmarks.ledger`` or, for the other database,
``python -m benchmarks.ledger --database sqlite``. It fills an empty portal with 5,000 open rows and
20,000 closed ones over 120 units and every category, and asks in one process, without a network.
PostgreSQL is found as by ``benchmarks.pages``.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, database, environment, run, write

OPEN, CLOSED, UNITS = 5_000, 20_000, 120
REPORT = "/admin/reports/pbgdpl/ledger/"
NAMES = {
    "panel": "due panel",
    "page": "report, first page",
    "late": "report, first page of what is late",
    "xlsx": "report, all 25,000 rows as XLSX",
}


def fill(opened: int, closed: int) -> None:
    """Enter the rows; a third of the open ones are late, most of the closed were in time."""
    from django.db import connection
    from django.utils import timezone

    from tests.factories import UnitFactory
    from wagtail_pbgdpl.ledger.models import Publication
    from wagtail_pbgdpl.regulations.active import get_regulation

    chance = random.Random(2026)  # noqa: S311
    now = timezone.now()
    units = UnitFactory.create_batch(UNITS)
    codes = list(get_regulation().categories)
    rows = []
    for number in range(opened + closed):
        is_open = number % ((opened + closed) // opened) == 0
        days = chance.uniform(-10, 20) if is_open else -chance.uniform(10, 2000)
        due_at = now + datetime.timedelta(days=days)
        published = None if is_open else due_at + datetime.timedelta(days=chance.uniform(-10, 2))
        rows.append(
            Publication(
                title=f"Công văn số {number}/STP-PBGDPL về phổ biến, giáo dục pháp luật",
                category=chance.choice(codes),
                unit=chance.choice(units),
                rule="T2",
                clause="Điều 12 khoản 1 điểm b",
                started_on=(due_at - datetime.timedelta(days=14)).date(),
                due_at=due_at,
                first_published_at=published,
            )
        )
    Publication.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acts() -> dict[str, Callable[[], Any]]:
    """Return what is measured, as the Trưởng Ban does it."""
    from django.template.loader import render_to_string
    from django.test import Client, RequestFactory

    from tests.factories import seated
    from wagtail_pbgdpl.ledger.panels import DuePanel

    chief = seated("chief")
    client = Client()
    client.force_login(chief)

    def panel() -> str:
        request = RequestFactory().get("/admin/")
        request.user = type(chief).objects.get(pk=chief.pk)
        found = DuePanel(request)
        return render_to_string(found.template_name, found.get_context_data({}), request)

    def get(**values: str) -> Callable[[], Any]:
        def ask() -> None:
            response = client.get(REPORT, values)
            assert response.status_code == 200, response.status_code

        return ask

    return {
        "panel": panel,
        "page": get(),
        "late": get(state="late"),
        "xlsx": get(export="xlsx"),
    }


def measure_acts(
    acts: dict[str, Callable[[], Any]], rounds: int, slow: tuple[str, ...] = ()
) -> dict[str, dict[str, Any]]:
    """Return seconds and queries of each act, once the process is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for name, act in acts.items():
        act()
        with CaptureQueriesContext(connection) as captured:
            act()
        # Counted now: the log of queries begins anew with the next request.
        queries = len(captured)
        seconds = []
        for _ in range(max(3, rounds // 5) if name in slow else rounds):
            begun = time.perf_counter()
            act()
            seconds.append(time.perf_counter() - begun)
        found[name] = {"seconds": seconds, "queries": queries}
    return found


def table(kind: str, found: dict[str, dict[str, Any]]) -> str:
    import django
    import wagtail

    lines = [
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}, Wagtail {wagtail.__version__}, "
        f"Django {django.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        f"{OPEN:,} open rows, {CLOSED:,} closed, {UNITS} units; one process.",
        "",
        "| what | queries | median | quartiles |",
        "|---|---|---|---|",
    ]
    for name, title in NAMES.items():
        low, middle, high = statistics.quantiles(found[name]["seconds"], n=4)
        lines.append(
            f"| {title} | {found[name]['queries']} | **{in_words(middle)}** "
            f"| {in_words(low)}–{in_words(high)} |"
        )
    return "\n".join(lines)


def in_words(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def in_the_portal(rounds: int) -> None:
    import django

    django.setup()
    fill(OPEN, CLOSED)
    print(json.dumps(measure_acts(acts(), rounds, slow=("xlsx",))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        in_the_portal(options.rounds)
        return
    with (
        tempfile.TemporaryDirectory(prefix="pbgdpl-bench-") as directory,
        database(options.database, Path(directory)) as settings,
    ):
        env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
        run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
        run(["-m", "django", "pbgdpl_setup"], ROOT, env)
        print(f"{options.database}: the portal is set up", file=sys.stderr)
        arguments = ["-m", "benchmarks.ledger", "--inside", "--rounds", str(options.rounds)]
        found = json.loads(run(arguments, ROOT, env).splitlines()[-1])
    text = table(options.database, found)
    print(text)
    if options.write:
        write(options.write, f"ledger-{options.database}", text)


if __name__ == "__main__":
    main()
