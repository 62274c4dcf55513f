"""A real server with the demo portal, and a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk import take_seat
from tests.conftest import missing
from tests.face import demo_server
from tests.served import demo, migrated, served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PATIENCE = 60  # seconds
# What Chromium writes when a policy forbids something, or cannot be read.
POLICY = re.compile("content security policy|permissions.policy|trusted type", re.IGNORECASE)


# Forms of the public are taken at once: a machine types faster than anybody.
SETTINGS = "WAGTAIL_PBGDPL = {**WAGTAIL_PBGDPL, 'INTAKE_FORM_SECONDS': 0, 'PROFILE': '%s'}"


@pytest.fixture(scope="session")
def portal_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the portal of ``server`` is kept."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="session")
def server(portal_home: Path, run_folder: Path) -> Iterator[str]:
    """The address of a server with the demo portal, which follows BK21."""
    settings = SETTINGS % "bac_kan_pbgdpl_2021"
    with served(portal_home, demo(run_folder), settings=settings) as address:
        yield address


@pytest.fixture
def portal_under(
    tmp_path_factory: pytest.TempPathFactory, run_folder: Path
) -> Iterator[Callable[[str], str]]:
    """A function that serves an empty portal with the board of a profile; returns the address."""
    with ExitStack() as stack:

        def serve(profile: str) -> str:
            home, made = tmp_path_factory.mktemp(profile), migrated(run_folder)
            settings, seated = SETTINGS % profile, ("-m", "tests.browser.board")
            return stack.enter_context(served(home, made, seated, settings=settings))

        yield serve


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for the tests of a module.

    Its event loop must be gone before the next module, in which Django would refuse to read the
    database.
    """
    path = demo_server.chromium()
    if path is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Trouble:
    """What went wrong in a browser while nobody looked."""

    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def watch_policies(self, context: Any) -> None:
        """Note what the policies of the portal forbid, on each page of a browser window."""
        context.on("console", self._policies)

    def watch(self, page: Any, address: str) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("requestfailed", self._request_failed)
        page.on("response", self._response)
        page.on("request", lambda request: self._request(request, address))

    def _policies(self, message: Any) -> None:
        if POLICY.search(message.text):
            self.refused.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning") and not POLICY.search(message.text):
            self.console.append(message.text)

    def _request_failed(self, request: Any) -> None:
        # A picture that still loads when the next page is opened is given up by the browser.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _request(self, request: Any, address: str) -> None:
        if not request.url.startswith((address, "data:", "about:", "blob:")):
            self.elsewhere.append(request.url)


@dataclass
class Visit:
    """A browser window on the portal."""

    page: Any
    address: str
    trouble: Trouble

    def open(self, path: str = "/") -> None:
        self.page.goto(self.address + path if path.startswith("/") else path)

    def links(self, selector: str) -> list[str]:
        found = self.page.eval_on_selector_all(selector, "all => all.map(one => one.href)")
        return [str(link) for link in found]

    def follow(self, link: Any) -> None:
        """Presses the link and waits for the page that it leads to."""
        with self.page.expect_navigation():
            link.click()

    def scrolls_sideways(self) -> bool:
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@pytest.fixture
def visit(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A function that opens a window of a width; it fails the test on any trouble there.

    ``watched``: False for windows in which only what the policies forbid is trouble.
    ``address``: of another server than that of the demo. ``scripts``: whether they run there.
    """
    contexts, troubles = [], []

    def new(
        width: int = 1280, watched: bool = True, address: str = "", scripts: bool = True
    ) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        trouble = Trouble()
        trouble.watch_policies(context)
        if watched:
            trouble.watch(page, address or request.getfixturevalue("server"))
        troubles.append(trouble)
        return Visit(page, address or request.getfixturevalue("server"), trouble)

    yield new
    for context in contexts:
        context.close()
    assert troubles == [Trouble()] * len(troubles)


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], Any]:
    """The cookies of who has logged in, by server and name: nobody does so twice."""
    return {}


@pytest.fixture
def desk(visit: Any, sessions: dict[tuple[str, str], Any]) -> Any:
    """A function that gives a person the one window of a server, logged in.

    Whoever sat there before sits there no longer. The window keeps the programs of the admin that
    the first has loaded.
    """
    windows: dict[str, Any] = {}

    def sit(username: str, address: str = "") -> Any:
        window = windows.get(address) or visit(watched=False, address=address)
        windows[address] = window
        take_seat(window, username, sessions)
        return window

    return sit
