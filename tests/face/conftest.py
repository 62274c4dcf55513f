from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing
from tests.face.demo_server import chromium, demo_server


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory, run_folder: Path) -> Iterator[str]:
    with demo_server(tmp_path_factory.mktemp("demo"), run_folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for the tests of a module: two at once in a process do not go together."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = chromium()
    if path is None:
        missing("Chromium")
    with playwright.sync_playwright() as running:
        chrome = running.chromium.launch(executable_path=path)
        yield chrome
        chrome.close()
