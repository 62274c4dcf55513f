"""What a search costs in processor time, of the process and of the database, beside a bare page.

Run from the root of the project: ``python -m benchmarks.search``; ``--database sqlite`` for the
other database, ``--sizes 2000 20000 100000`` for how many documents, ``--write`` for the document
that takes the table. Each size has a portal of its own with documents of some 490 words, cut out of
the five regulations of the demo; it is asked in one process. The bare page is that of
``wagtail start``, measured the same way in the same run. On PostgreSQL the database has to run on
this computer: its processor time is read of the process that serves the connection.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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
ROUNDS = 30
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


def inside(rounds: int) -> dict[str, list[float]]:
    """Return seconds and queries of each act in this portal."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

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

    keys = list(NewsPage.objects.order_by("-pk").values_list("pk", flat=True)[: rounds + 1])

    def publish(number: int) -> None:
        SearchEntry.objects.filter(object_id=keys[number]).update(digest="")
        index.follow("pages", [keys[number]])

    def suggest(_number: int) -> None:
        assert client.get("/pbgdpl/tim-kiem/goi-y", {"q": "cong thong ti"}).status_code == 200

    acts: dict[str, Callable[[int], Any]] = {name: ask(q=text) for name, text in QUERIES.items()}
    acts["narrowed"] = ask(q=QUERIES["phrase"], nam="2026")
    acts |= {"suggest": suggest, "form": ask(), "publish": publish}
    found = {}
    for name, act in acts.items():
        act(0)
        with CaptureQueriesContext(connection) as captured:
            act(0)
        # Counted now: the log of queries begins anew with the next request.
        queries = len(captured)
        found[name] = [cost(act, rounds), queries]
    return found


def bare(rounds: int) -> float:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})

    def act(_number: int) -> None:
        assert client.get("/").status_code == 200

    return cost(act, rounds * 5)


def measure(kind: str, sizes: list[int], rounds: int) -> str:
    found: dict[int, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="pbgdpl-bench-") as name:
        directory = Path(name)
        own = directory / "bare-project"
        own.mkdir()
        with database(kind, directory) as settings:
            env = bare_project(own, settings)
            env |= {"PYTHONPATH": os.pathsep.join([str(own), str(ROOT)])}
            command = ["-m", "benchmarks.search", "--inside", "bare", "--rounds", str(rounds)]
            base = float(run(command, ROOT, env).splitlines()[-1])
        for size in sizes:
            with database(kind, directory) as settings:
                env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
                run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
                run(["-m", "django", "pbgdpl_setup"], ROOT, env)
                command = ["-m", "benchmarks.search", "--inside", str(size)]
                shown = run([*command, "--rounds", str(rounds)], ROOT, env)
                found[size] = json.loads(shown.splitlines()[-1])
                print(f"{size:,} measured", file=sys.stderr)
    lines = [
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}; processor time of process and "
        f"database, mean of {rounds}; the bare page {base * 1000:.1f} ms.",
        "",
        f"| what | queries | {' | '.join(f'{size:,}' for size in sizes)} |",
        f"|---|---|{'---|' * len(sizes)}",
    ]
    for act, title in NAMES.items():
        values = [found[size][act][0] for size in sizes]
        shown = " | ".join(f"{one / base:.1f} ({one * 1000:.0f} ms)" for one in values)
        lines.append(f"| {title} | {found[sizes[-1]][act][1]:.0f} | {shown} |")
    middle = [statistics.median(found[size][act][0] for act in QUERIES) / base for size in sizes]
    lines += ["", "Median of the searches: " + ", ".join(f"{one:.1f}" for one in middle) + "."]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        import django

        django.setup()
        if options.inside == "bare":
            print(bare(options.rounds))
        else:
            documents(int(options.inside))
            print(json.dumps(inside(options.rounds)))
        return
    text = measure(options.database, options.sizes, options.rounds)
    print(text)
    if options.write:
        write(options.write, f"search-{options.database}", text)


if __name__ == "__main__":
    main()
