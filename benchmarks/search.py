"""What a search costs in processor time, of the process and of the database, beside a bare page.

Run from the root of the project: ``python -m benchmarks.search``; ``--database sqlite`` for the
other database, ``--sizes 2000 20000 100000`` for how many documents, ``--write`` for the document
that takes the table. Each size has a portal of its own with documents of some 490 words, cut out of
the five regulations of the demo; it is asked in one process. The bare page is that of
``wagtail start``, measured the same way in another, right before and after each figure: a computer
that has other work as well is never the same for long. On PostgreSQL the database has to run on
this computer: its processor time is read of the process that serves the connection.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, bare_project, database, environment, run, write

NAMES = {
    "common": "two words that most have, first page with counts, facets and marks",
    "phrase": "a phrase without accents, the same",
    "accents": "a phrase with accents, the same",
    "number": "the number of a document",
    "article": "an article and words",
    "question": "a whole question",
    "typing": "a typing error",
    "nothing": "words that no document has",
    "narrowed": "a phrase, narrowed to a year",
    "suggest": "suggestions for some letters",
    "form": "the form alone",
    "publish": "what entering a document costs",
}
QUERIES = {
    "common": "pháp luật",
    "phrase": "bien tap thong tin",
    "accents": "trách nhiệm của Trưởng ban",
    "number": "17/2018/QĐ-UBND",
    "article": "điều 9 cổng thông tin điện tử",
    "question": "làm thế nào để gửi tin bài cho ban biên tập",
    "typing": "thog tin dien tu",
    "nothing": "zzzq qqzx",
}
WORDS = 490
ROUNDS, PASSES = 20, 5
BARE, READY = "bare", "ready"
TICKS = os.sysconf("SC_CLK_TCK")


def documents(count: int) -> None:
    """Enter documents in bulk, and make the index of them."""
    from benchmarks.content import bulk_news
    from example_site.demo.sources import DOCUMENTS
    from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.pages.models import ContentPage, NewsPage
    from wagtail_pbgdpl.search import index

    chance = random.Random(2026)  # noqa: S311
    lines = [
        line.strip()
        for path in sorted(DOCUMENTS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.split()) > 12
    ]
    (parent,) = (
        page
        for model in concrete_models(CategoryIndexMixin)
        for page in model._default_manager.filter(category="C2", locale__language_code="vi")
    )
    made = bulk_news(parent, count)
    for start in range(0, count, 500):
        part = made[start : start + 500]
        for page in part:
            text: list[str] = []
            while sum(len(one.split()) for one in text) < WORDS:
                text.append(chance.choice(lines))
            words = " ".join(text).split()
            begin = chance.randrange(len(words) - 14)
            page.title = page.draft_title = " ".join(words[begin : begin + 12])[:250]
            page.summary = " ".join(words[:40])[:600]
            paragraphs = "".join(f"<p>{one}</p>" for one in text)
            page.body = json.dumps([{"type": "rich_text", "value": paragraphs}])
        NewsPage._base_manager.bulk_update(part, ["title", "draft_title", "summary", "body"])
    assert ContentPage.objects.count() >= count
    begun = time.process_time()
    for _count in index.rebuild():
        pass
    spent = (time.process_time() - begun) / count
    print(f"{count:,} documents entered, {spent * 1000:.1f} ms each", file=sys.stderr)


def spent() -> float:
    """Return the processor time of this process and of its server of the database, in seconds."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    fields = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / TICKS


def cost(act: Callable[[int], Any], rounds: int) -> float:
    """Return the mean of what an act costs: the clock of the server ticks too seldom for one."""
    act(0)
    begun = spent()
    for number in range(rounds):
        act(number)
    return (spent() - begun) / rounds


def acts(most: int) -> dict[str, Callable[[int], Any]]:
    """Return what is measured, by name; of each may be made ``most``."""
    from django.test import Client

    from wagtail_pbgdpl.content import search_results
    from wagtail_pbgdpl.core.flood import FloodGate
    from wagtail_pbgdpl.pages.models import NewsPage
    from wagtail_pbgdpl.search import index
    from wagtail_pbgdpl.search.index_models import SearchEntry

    search_results.gate = search_results.gate_of_unknown = FloodGate(10**9, 10**9)
    search_results.gate_of_typing = FloodGate(10**9, 10**9)
    client = Client()

    def ask(**data: str) -> Callable[[int], Any]:
        def act(_number: int) -> Any:
            response = client.get("/pbgdpl/tim-kiem/", data)
            assert response.status_code == 200
            return response

        return act

    keys = list(NewsPage.objects.order_by("-pk").values_list("pk", flat=True)[: most + 1])

    def publish(number: int) -> None:
        SearchEntry.objects.filter(object_id=keys[number]).update(digest="")
        index.follow("pages", [keys[number]])

    def suggest(_number: int) -> None:
        assert client.get("/pbgdpl/tim-kiem/goi-y", {"q": "cong thong ti"}).status_code == 200

    found: dict[str, Callable[[int], Any]] = {name: ask(q=text) for name, text in QUERIES.items()}
    found["narrowed"] = ask(q=QUERIES["phrase"], nam="2026")
    return found | {"suggest": suggest, "form": ask(), "publish": publish}


def bare_acts() -> dict[str, Callable[[int], Any]]:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})

    def act(_number: int) -> None:
        assert client.get("/").status_code == 200

    return {BARE: act}


def answer(known: dict[str, Callable[[int], Any]]) -> None:
    """Measure what is asked for, a name and a number of rounds a line, until nothing is."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print(READY, flush=True)
    for line in sys.stdin:
        name, rounds = line.split()
        act = known[name]
        act(0)
        with CaptureQueriesContext(connection) as captured:
            act(0)
        # Counted now: the log of queries begins anew with the next request.
        queries = len(captured)
        print(json.dumps([cost(act, int(rounds)), queries]), flush=True)


class Portal:
    """A process with a portal, or with the bare project, that is asked what something costs."""

    def __init__(self, stack: ExitStack, arguments: list[str], env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "benchmarks.search", "--inside", *arguments]
        self._process = stack.enter_context(
            subprocess.Popen(
                command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        )
        while self._line() != READY:
            pass

    def cost(self, name: str, rounds: int) -> tuple[float, int]:
        """Return seconds and queries."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name} {rounds}\n")
        self._process.stdin.flush()
        seconds, queries = json.loads(self._line())
        return seconds, queries

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("A process of the benchmark ended early.")
        return line.strip()


def measure(kind: str, sizes: list[int], rounds: int) -> str:
    quotients: dict[str, list[list[float]]] = {name: [] for name in NAMES}
    seconds: dict[str, list[float]] = {name: [] for name in NAMES}
    queries: dict[str, int] = {}
    bares = []
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        own = directory / "bare-project"
        own.mkdir()
        env = bare_project(own, stack.enter_context(database(kind, directory)))
        env |= {"PYTHONPATH": os.pathsep.join([str(own), str(ROOT)])}
        bare = Portal(stack, ["bare"], env)
        for size in sizes:
            with ExitStack() as inner:
                settings = inner.enter_context(database(kind, directory))
                env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
                run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
                run(["-m", "django", "pbgdpl_setup"], ROOT, env)
                portal = Portal(inner, [str(size), "--rounds", str((PASSES + 1) * rounds)], env)
                for name in NAMES:
                    found, base = [], [bare.cost(BARE, rounds)[0]]
                    for _pass in range(PASSES):
                        one, queries[name] = portal.cost(name, rounds)
                        found.append(one)
                        base.append(bare.cost(BARE, rounds)[0])
                    around = [(one + other) / 2 for one, other in itertools.pairwise(base)]
                    quotients[name].append(
                        [one / other for one, other in zip(found, around, strict=True)]
                    )
                    seconds[name].append(statistics.median(found))
                    bares += base
                print(f"{size:,} measured", file=sys.stderr)
    middles = {name: [statistics.median(one) for one in own] for name, own in quotients.items()}
    lines = [
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}; processor time of process and "
        f"database, median of {PASSES} times {rounds}; the bare page "
        f"{statistics.median(bares) * 1000:.1f} ms.",
        "",
        f"| what | queries | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"|---|---|{'---|' * len(sizes)}",
    ]
    for name, title in NAMES.items():
        shown = " | ".join(
            f"{one:.1f} ({two * 1000:.0f} ms)"
            for one, two in zip(middles[name], seconds[name], strict=True)
        )
        lines.append(f"| {title} | {queries[name]} | {shown} |")
    whole = [
        statistics.median(middles[name][place] for name in QUERIES) for place in range(len(sizes))
    ]
    lines += ["", "Median of the searches: " + ", ".join(f"{one:.1f}" for one in whole) + "."]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("--loaded", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        import django

        django.setup()
        if options.inside == BARE:
            answer(bare_acts())
        else:
            if not options.loaded:
                documents(int(options.inside))
            answer(acts(options.rounds))
        return
    text = measure(options.database, options.sizes, options.rounds)
    print(text)
    if options.write:
        write(options.write, f"search-{options.database}", text)


if __name__ == "__main__":
    main()
