"""A thousand random histories of a portal: is each change in public told once, and none missed?

Run from the root of the project: ``python -m benchmarks.public_log [--histories 1000]``. In each
history fifteen things happen to items, documents, answers, categories and units: published,
edited, taken down, deleted, moved, restricted, expired, gone live, renamed, rolled back, done
without a hint; in between a reader reads on by few or by many. What it was told is compared with
what walking the tree before and after each of them shows. PostgreSQL is found as by
``benchmarks.pages`` (C13).
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from benchmarks.pages import ROOT, database, environment, run

STEPS = 15


def histories(count: int, first: int) -> str:
    from django.db import transaction
    from django.test import TestCase
    from wagtail.models import Site

    from tests.api.histories import History

    told = wrong = 0
    begun = time.process_time()
    for seed in range(first, first + count):
        with transaction.atomic():
            history = History(
                random.Random(seed),  # noqa: S311
                lambda: TestCase.captureOnCommitCallbacks(execute=True),
            )
            history.happen(STEPS)
            try:
                told += history.verify()
            except AssertionError as error:
                wrong += 1
                print(f"history {seed}: {error}")
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()
    seconds = time.process_time() - begun
    return (
        f"{count:,} histories of {STEPS} steps, {told:,} changes read: "
        f"{wrong:,} histories told otherwise; {seconds:.0f} s of one core"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--histories", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        import django

        django.setup()
        print(histories(options.histories, options.first))
        return
    with (
        tempfile.TemporaryDirectory(prefix="pbgdpl-bench-") as directory,
        database(options.database, Path(directory)) as settings,
    ):
        env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
        run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
        run(["-m", "django", "pbgdpl_setup"], ROOT, env)
        arguments = ["-m", "benchmarks.public_log", "--inside"]
        for name in ("histories", "first"):
            arguments += [f"--{name}", str(getattr(options, name))]
        print(run(arguments, ROOT, env).strip())


if __name__ == "__main__":
    main()
