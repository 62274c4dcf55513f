"""What Lighthouse says of five kinds of pages, on the slow telephone that it plays.

Run from the root of the project, after ``make demo-load``: ``python -m benchmarks.lighthouse``.
It needs Node with npm, which installs Lighthouse into ``--modules`` once, and Chromium
(``CHROME_PATH``). The demo is served by gunicorn as production serves a portal. Each page is looked
at three times; the figures are those of the run in the middle. Exits with 1 where a page misses a
goal: run it on a quiet computer, for another process beside it costs points.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, gunicorn, run
from tests.face.addresses import PAGES, STATES

ADDRESSES = {
    "home": PAGES["PortalPage"],
    "listing": PAGES["CategoryIndexPage"],
    "article": PAGES["NewsPage"],
    "legal document": PAGES["LegalDocumentPage"],
    "form of a question": STATES["form of a question"],
}
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LARGEST_PAINT = 1500  # ms
BYTES, REQUESTS = 100_000, 20
TIMES = 3
#: A kept page is answered before Django begins; production's web server packs it like any other.
PACKED = "django.core.wsgi:get_wsgi_application()"
#: Of a page that asks for personal data, search engines are told to keep away.
NOT_FOR_SEARCH = {"form of a question": ("seo",)}


def reports(command: list[str], address: str, folder: Path) -> list[dict[str, Any]]:
    found = []
    for number in range(TIMES):
        path = folder / f"{number}.json"
        flags = ["--quiet", "--output=json", f"--output-path={path}"]
        chrome = "--chrome-flags=--headless=new --no-sandbox"
        subprocess.run([*command, address, *flags, chrome], check=True, timeout=300)
        found.append(json.loads(path.read_text(encoding="utf-8")))
    return found


def figures(of_page: list[dict[str, Any]]) -> dict[str, int]:
    """Return points, milliseconds, bytes and requests of the report in the middle."""
    middle = sorted(of_page, key=lambda one: one["categories"]["performance"]["score"])[TIMES // 2]
    requests = middle["audits"]["network-requests"]["details"]["items"]
    return {
        **{name: round(middle["categories"][name]["score"] * 100) for name in GOALS},
        "paint": round(middle["audits"]["largest-contentful-paint"]["numericValue"]),
        "bytes": sum(one["transferSize"] for one in requests),
        "requests": len(requests),
    }


def missed(name: str, found: dict[str, int]) -> list[str]:
    wanted = {one: goal for one, goal in GOALS.items() if one not in NOT_FOR_SEARCH.get(name, ())}
    said = [f"{one} {found[one]} < {goal}" for one, goal in wanted.items() if found[one] < goal]
    most = {"paint": LARGEST_PAINT, "bytes": BYTES, "requests": REQUESTS}
    return said + [
        f"{one} {found[one]} > {goal}" for one, goal in most.items() if found[one] > goal
    ]


def lighthouse(modules: Path) -> list[str]:
    """Return the command of Lighthouse, after installing it where it is not there."""
    program = modules / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        npm = shutil.which("npm") or sys.exit("Node with npm is needed.")
        modules.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(modules)]
        subprocess.run([*install, "lighthouse"], check=True)
    return [str(program)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=Path, default=ROOT / "var" / "node")
    options = parser.parse_args()
    command = lighthouse(options.modules)
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.lighthouse_settings"}
    env |= {"PYTHONPATH": str(ROOT)}
    chromium = shutil.which("chromium") or ""
    os.environ.setdefault("CHROME_PATH", chromium)
    run(["-m", "django", "collectstatic", "--noinput", "--verbosity", "0"], ROOT, env)
    print("| page | performance | accessibility | best practices | SEO | LCP | kB | requests |")
    print("|---|---|---|---|---|---|---|---|")
    bad = []
    with (
        tempfile.TemporaryDirectory() as folder,
        gunicorn(PACKED, ROOT, env) as port,
    ):
        for name, path in ADDRESSES.items():
            found = figures(reports(command, f"http://127.0.0.1:{port}{path}", Path(folder)))
            points = " | ".join(str(found[one]) for one in GOALS)
            paint, size = found["paint"] / 1000, found["bytes"] / 1000
            print(f"| {name} | {points} | {paint:.1f} s | {size:.0f} | {found['requests']} |")
            bad += [f"{name}: {one}" for one in missed(name, found)]
    print("\n".join(bad))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
