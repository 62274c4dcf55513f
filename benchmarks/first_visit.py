"""What a first visit to each type of page asks of a telephone: bytes over the line, requests.

Run from the root of the project: ``python -m benchmarks.first_visit`` or ``make bench``. It loads a
demo of its own, serves it by gunicorn as production serves a portal, packed, and opens each page in
a window 360 pixels wide with two dots to a pixel, with nothing kept from before. Bytes are those of
the answers with their heads. Nothing here depends on how busy the computer is. Exits with 1 where a
page needs more than ``benchmarks.lighthouse`` allows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.lighthouse import BYTES, PACKED, REQUESTS
from benchmarks.pages import ROOT, gunicorn, run, write
from tests.face.addresses import PAGES, STATES
from tests.face.demo_server import chromium
from tests.served import demo, environment

#: Beside a page of each type.
MORE = ("list of documents", "form of a question")
TELEPHONE: Any = {
    "viewport": {"width": 360, "height": 800},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "vi-VN",
}


def visit(browser: Browser, address: str) -> tuple[int, int]:
    """Return bytes and requests of a first visit to ``address``."""
    sizes: list[float] = []
    with browser.new_context(**TELEPHONE) as context:
        page = context.new_page()
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        page.goto(address, wait_until="networkidle")
    return round(sum(sizes)), len(sizes)


def measure() -> tuple[str, list[str]]:
    """Return the table in Markdown, and the pages that need too much."""
    lines = ["| page | kB | requests |", "|---|---|---|"]
    bad = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pbgdpl-bench-")))
        env = environment(demo(folder), "benchmarks.lighthouse_settings")
        run(["-m", "django", "collectstatic", "--noinput", "--verbosity", "0"], ROOT, env)
        port = stack.enter_context(gunicorn(PACKED, ROOT, env))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium())
        for name, path in {**PAGES, **{name: STATES[name] for name in MORE}}.items():
            address = f"http://127.0.0.1:{port}{path}"
            # The pictures of a page are made for who comes first.
            visit(browser, address)
            size, requests = visit(browser, address)
            lines.append(f"| {name} | {size / 1000:.0f} | {requests} |")
            if size > BYTES or requests > REQUESTS:
                bad.append(name)
        browser.close()
    return "\n".join(lines), bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="the document that takes the table")
    options = parser.parse_args()
    text, bad = measure()
    print(text)
    if options.write:
        write(options.write, "first-visit", text)
    if bad:
        print("Too much:", ", ".join(bad))
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
