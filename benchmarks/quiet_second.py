"""What the first request after a quiet second costs, beside the requests of a busy one.

Run from the root of the project: ``python -m benchmarks.quiet_second [--sizes 2000 20000]``. Items
are as a province's are: headings, a link to another page, three tags, a cover. Costs are those of a
processor, of the process and of its connection to PostgreSQL; as a share of what the bare page of
a new project costs, asked for in turns. A processor that has slept is slow at first, whatever it is
asked: so what a quiet second costs is told in multiples of what it costs the bare page, too. The
cache is Redis, which processes share (``REDIS_URL``); ``--cache local`` measures with one that they
do not. The page cache is off.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.in_process import processor_time
from benchmarks.pages import ROOT, bare_project, database, environment, run

NAMES = {
    "article": "article",
    "home": "home",
    "first": "listing of 20 items, first page",
    "last": "listing of 20 items, last page",
    "document": "legal document of 100 articles",
}
GOALS = {"article": 0.9, "home": 1.3, "first": 0.9, "last": 0.9, "document": 0.6}
QUIET_GOAL, GROWTH_GOAL = 1.5, 1.05
WARM = 5  # requests for each figure of a busy second
QUIET = 1.1  # seconds
ARTICLES = 100
CACHES = {
    "redis": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9"),
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}


def law() -> str:
    """Return the body of a document: 100 articles of three clauses."""
    text = "Cơ quan, tổ chức, cá nhân có trách nhiệm phối hợp, cung cấp thông tin theo quy định."
    clauses = [{"number": str(number), "text": text * 2} for number in (1, 2, 3)]
    blocks = [
        {
            "type": "legal_article",
            "value": {
                "number": str(number),
                "title": f"Trách nhiệm thứ {number}",
                "lead": "",
                "clauses": [{"type": "item", "value": clause} for clause in clauses],
                "prefix": "",
            },
        }
        for number in range(1, ARTICLES + 1)
    ]
    return json.dumps(blocks)


def fill(size: int) -> dict[str, str]:
    from django.db import connection

    from benchmarks.content import make_realistic
    from benchmarks.load import fill
    from wagtail_pbgdpl.pages.models import LegalDocumentPage, NewsPage

    addresses = fill(size)
    items = list(NewsPage.objects.filter(slug__startswith="hoi-nghi-").order_by("pk"))
    make_realistic(items, linked=items[0])
    document = LegalDocumentPage.objects.live().first()
    document.body = law()
    document.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return addresses | {"document": document.url}


class Pages:
    """The pages of one portal, or of the bare project, in this process."""

    def __init__(self) -> None:
        from django.test import Client

        self.client = Client(SERVER_NAME="127.0.0.1")

    def ask(self, address: str) -> None:
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    def warm(self, address: str) -> float:
        self.ask(address)
        begun = processor_time()
        for _ in range(WARM):
            self.ask(address)
        return (processor_time() - begun) / WARM

    def quiet(self, address: str) -> float:
        time.sleep(QUIET)
        begun = processor_time()
        self.ask(address)
        return processor_time() - begun

    def queries(self, address: str, quiet: bool) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.ask(address)
        if quiet:
            time.sleep(QUIET)
        with CaptureQueriesContext(connection) as captured:
            self.ask(address)
        return len(captured)


def serve() -> None:
    """Answer lines of JSON, an act and an address, with what it cost."""
    import django

    django.setup()
    pages: Any = Pages()
    for line in sys.stdin:
        act, *arguments = json.loads(line)
        answer = fill(*arguments) if act == "fill" else getattr(pages, act)(*arguments)
        print(json.dumps(answer), flush=True)


class Process:
    def __init__(self, env: dict[str, str], stack: ExitStack) -> None:
        command = [sys.executable, "-m", "benchmarks.quiet_second", "--inside"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process: Any = stack.enter_context(
            subprocess.Popen(command, cwd=ROOT, env=env, **pipes)  # type: ignore[call-overload]
        )
        stack.callback(self.process.terminate)

    def __call__(self, *asked: Any) -> Any:
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The process ended at {asked}.")
        return json.loads(answer)


def measure(kind: str, sizes: list[int], rounds: int, cache: str) -> str:
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        (directory / "bare").mkdir()
        env = bare_project(directory / "bare", stack.enter_context(database(kind, directory)))
        bare = Process(env | {"PYTHONPATH": f"{ROOT}:{directory / 'bare'}"}, stack)
        portals: list[tuple[Process, dict[str, str]]] = []
        for size in sizes:
            settings = stack.enter_context(database(kind, directory))
            env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
            own = CACHES[cache] | {"KEY_PREFIX": str(settings["NAME"])}
            env["BENCH_CACHES"] = json.dumps({"default": own, "renditions": CACHES["local"]})
            run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
            run(["-m", "django", "pbgdpl_setup"], ROOT, env)
            portal = Process(env, stack)
            portals.append((portal, portal("fill", size)))
            print(f"{size:,} items", file=sys.stderr)
        figures: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
        asleep: list[float] = []
        for _ in range(rounds):
            busy = bare("warm", "/")
            asleep.append(bare("quiet", "/") / busy)
            for name in NAMES:
                for size, (portal, addresses) in zip(sizes, portals, strict=True):
                    address = addresses[name]
                    row = bare("warm", "/"), portal("warm", address), portal("quiet", address)
                    figures.setdefault((name, size), []).append(row)
        few, many = sizes
        portal, addresses = portals[-1]
        lines = [
            f"| page | queries: busy, quiet | share of the bare page at {many:,} | goal "
            f"| quiet : busy, {few:,} | {many:,} | goal | {many:,} : {few:,} | goal |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        for name, title in NAMES.items():
            busy, quiet = (
                portal("queries", addresses[name], False),
                portal("queries", addresses[name], True),
            )
            small, large = figures[name, few], figures[name, many]
            grown = least(large, 1) / least(small, 1)
            lines.append(
                f"| {title} | {busy}, {quiet} | {quotients(large, 1, 0)} | {GOALS[name]} "
                f"| {slower(small, asleep)} | {slower(large, asleep)} | {QUIET_GOAL} "
                f"| **{grown:.2f}** | {GROWTH_GOAL} |"
            )
    low, middle, high = statistics.quantiles(asleep, n=4)
    lines += ["", f"Quiet : busy of the bare page: {middle:.2f} ({low:.2f}–{high:.2f})."]
    return "\n".join(lines)


def slower(rows: list[tuple[float, float, float]], asleep: list[float]) -> str:
    """Return quiet : busy, and in brackets how many times that of the bare page this is."""
    quotient = statistics.median(row[2] / row[1] for row in rows)
    return f"{quotient:.2f} (**{quotient / statistics.median(asleep):.2f}**)"


def least(rows: list[tuple[float, float, float]], column: int) -> float:
    return min(row[column] for row in rows)


def quotients(rows: list[tuple[float, float, float]], above: int, below: int) -> str:
    """Return the median of a quotient and its quartiles; a share is of the rate, not the cost."""
    low, middle, high = statistics.quantiles([row[below] / row[above] for row in rows], n=4)
    return f"**{middle:.2f}** ({low:.2f}–{high:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--sizes", type=int, nargs=2, default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--cache", choices=sorted(CACHES), default="redis")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        serve()
        return
    print(measure(options.database, options.sizes, options.rounds, options.cache))


if __name__ == "__main__":
    main()
