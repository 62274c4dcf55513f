"""How many searches a second the portal answers, and how long one waits, beside a bare page.

Run from the root of the project: ``python -m benchmarks.search_served``; ``--database sqlite`` for
the other database, ``--sizes 2000 20000 100000`` for how many documents, ``--write`` for the
document that takes the table. Both projects are served by gunicorn with two workers and asked over
eight connections. The queries are those of ``benchmarks.search``, one after the other. Each figure
is of one short round right behind a round of the bare page, and the table has the medians: a
computer that has other work as well is never the same for long.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.http import answers
from benchmarks.pages import ROOT, bare_project, database, environment, gunicorn, run, spread, write
from benchmarks.search import QUERIES

SEARCH = "/pbgdpl/tim-kiem/"
PATHS = {
    "search": [f"{SEARCH}?{urlencode({'q': text})}" for text in QUERIES.values()],
    "common": [f"{SEARCH}?{urlencode({'q': QUERIES['common']})}"],
    "suggest": [f"{SEARCH}goi-y?{urlencode({'q': 'cong thong ti'})}"],
}
NAMES = {
    "search": "first page of results, eight queries in turn",
    "common": "first page of results, two words that most have",
    "suggest": "suggestions",
}
#: Shares of the bare page's rate that are wanted, and how long the slowest of twenty may wait.
GOALS = {"search": 0.5, "common": 0.5, "suggest": 1.5}
SLOWEST_GOAL = 4
FILL = "import django; django.setup(); from benchmarks.search import documents; documents({})"


def begun(port: int, path: str) -> None:
    """Wait until a server has imported all that it needs; other work may make that slow."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=600) as answer:
        answer.read()


def slowest(took: list[float]) -> float:
    """Return what nineteen of twenty answers do not exceed."""
    return statistics.quantiles(took, n=20)[-1]


def measure(kind: str, sizes: list[int], rounds: int, seconds: float) -> str:
    lines = [
        f"{'PostgreSQL' if kind == 'postgres' else 'SQLite'}; two workers, eight connections; "
        f"{rounds} rounds of {seconds:g} s.",
        "",
        "| documents | what | share of the bare page's rate | goal "
        "| 95 of 100 wait, in those of the bare page | goal |",
        "|---|---|---|---|---|---|",
    ]
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        own = directory / "bare-project"
        own.mkdir()
        env = bare_project(own, stack.enter_context(database(kind, directory)))
        bare = stack.enter_context(gunicorn("bare.wsgi", own, env))
        begun(bare, "/")
        for size in sizes:
            with ExitStack() as inner:
                settings = inner.enter_context(database(kind, directory))
                env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
                run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
                run(["-m", "django", "pbgdpl_setup"], ROOT, env)
                run(["-c", FILL.format(size)], ROOT, env)
                print(f"{size:,} documents entered", file=sys.stderr)
                portal = inner.enter_context(gunicorn("benchmarks.unlimited", ROOT, env))
                begun(portal, SEARCH)
                for name, paths in PATHS.items():
                    rates: tuple[list[float], list[float]] = ([], [])
                    waits: tuple[list[float], list[float]] = ([], [])
                    answers(portal, paths, 2)
                    for _round in range(rounds):
                        for place, (port, asked) in enumerate(((portal, paths), (bare, ["/"]))):
                            took, elapsed = answers(port, asked, seconds)
                            rates[place].append(len(took) / elapsed)
                            waits[place].append(slowest(took))
                    lines.append(
                        f"| {size:,} | {NAMES[name]} | {spread(*rates, 2)} | {GOALS[name]} "
                        f"| {spread(*waits, 1)} | {SLOWEST_GOAL} |"
                    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    options = parser.parse_args()
    text = measure(options.database, options.sizes, options.rounds, options.seconds)
    print(text)
    if options.write:
        write(options.write, f"search-served-{options.database}", text)


if __name__ == "__main__":
    main()
