"""The script of public pages in a real browser: when it counts, when not, what it sends (C14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.face.addresses import PAGES

pytestmark = pytest.mark.browser

# Playwright's browser says what it is; readers do not have such a one.
NOT_DRIVEN = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false});"
HIDDEN = """
window.seen = false;
Object.defineProperty(document, "visibilityState", {get: () => window.seen ? "visible" : "hidden"});
"""
LOOK = "() => { window.seen = true; document.dispatchEvent(new Event('visibilitychange')); }"
AHEAD = """
window.ahead = true;
Object.defineProperty(document, "prerendering", {get: () => window.ahead});
"""
ACTIVATE = (
    "() => { window.ahead = false; document.dispatchEvent(new Event('prerenderingchange')); }"
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
FIGURES = "[data-pbgdpl-figures]"


@dataclass
class Reader:
    """A window, and the counts that it has sent."""

    page: Any
    address: str
    sent: list[Any] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Open a page and wait until its figures are shown."""
        self.page.goto(self.address + path)
        self.page.locator(FIGURES).wait_for(state="visible")

    def expect_count(self) -> Any:
        return self.page.expect_request("**/pbgdpl/traffic/beacon/")

    def forms(self) -> list[dict[str, list[str]]]:
        return [parse_qs(request.post_data) for request in self.sent]


@pytest.fixture
def reader(browser: Any, demo_address: str) -> Iterator[Callable[..., Reader]]:
    """A function that opens a window in which scripts were run before those of the page."""
    contexts = []

    def new(*scripts: str) -> Reader:
        context = browser.new_context(user_agent=CHROME, locale="vi-VN")
        contexts.append(context)
        for script in scripts:
            context.add_init_script(script)
        found = Reader(context.new_page(), demo_address)
        found.page.set_default_timeout(60_000)
        context.on(
            "request", lambda request: "beacon" in request.url and found.sent.append(request)
        )
        return found

    yield new
    for context in contexts:
        context.close()


def test_a_page_that_is_read_is_counted_once_and_shows_the_figures(
    reader: Callable[..., Reader],
) -> None:
    window = reader(NOT_DRIVEN)
    with window.expect_count() as count:
        window.open()
    answer = count.value.response()
    assert answer.status == 204
    assert "set-cookie" not in answer.headers
    number = window.page.locator("script[data-beacon]").get_attribute("data-page")
    assert window.forms() == [{"page": [number], "view": ["1"], "beat": ["1"]}]
    shown = window.page.locator("[data-pbgdpl-figure]").all_text_contents()
    assert len(shown) == 4
    assert all(text.replace(".", "").isdigit() for text in shown)


def test_numbers_are_written_as_in_vietnamese(reader: Callable[..., Reader]) -> None:
    window = reader()
    window.page.route(
        "**/figures.json",
        lambda route: route.fulfill(
            json={"online": 7, "today": 1234, "month": 56789, "total": 1234567, "at": ""}
        ),
    )
    window.open()
    shown = window.page.locator("[data-pbgdpl-figure]").all_text_contents()
    assert shown == ["7", "1.234", "56.789", "1.234.567"]


def test_the_next_page_of_the_same_minute_is_a_view_and_no_sign_of_life(
    reader: Callable[..., Reader],
) -> None:
    window = reader(NOT_DRIVEN)
    for path in ("/", PAGES["NewsPage"]):
        with window.expect_count():
            window.open(path)
    first, second = window.forms()
    assert first["page"] != second["page"]
    assert ("beat" in first, "beat" in second) == (True, False)


def test_a_page_that_the_browser_kept_is_read_again(reader: Callable[..., Reader]) -> None:
    window = reader(NOT_DRIVEN)
    with window.expect_count():
        window.open()
    with window.expect_count():
        window.page.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
        )
    assert [form["view"] for form in window.forms()] == [["1"], ["1"]]


def test_no_cookie_is_sent_even_where_there_is_one(reader: Callable[..., Reader]) -> None:
    """Neither with the count nor with the question for the figures."""
    window = reader(NOT_DRIVEN)
    window.page.context.add_cookies([{"name": "theme", "value": "dark", "url": window.address}])
    asked: list[Any] = []
    window.page.on("request", lambda request: asked.append(request))
    with window.expect_count():
        window.open()
    headers = {request.url.rsplit("/traffic/")[-1]: request.all_headers() for request in asked}
    assert headers[f"{window.address}/"]["cookie"] == "theme=dark"
    assert "cookie" not in headers["beacon/"]
    assert "cookie" not in headers["figures.json"]
    assert [cookie["name"] for cookie in window.page.context.cookies()] == ["theme"]


def test_a_driven_browser_sees_the_figures_and_is_not_counted(
    reader: Callable[..., Reader],
) -> None:
    window = reader()
    window.open()
    assert window.sent == []


def test_a_page_outside_the_tree_is_not_counted(reader: Callable[..., Reader]) -> None:
    window = reader(NOT_DRIVEN)
    window.open("/khong-co-trang-nay/")
    assert window.sent == []


def test_an_editor_with_the_bar_of_wagtail_is_not_counted(reader: Callable[..., Reader]) -> None:
    window = reader(NOT_DRIVEN)

    def add_bar(route: Any) -> None:
        answer = route.fetch()
        bar = "<wagtail-userbar></wagtail-userbar></main>"
        route.fulfill(response=answer, body=answer.text().replace("</main>", bar))

    window.page.route(window.address + "/", add_bar)
    window.open()
    assert window.page.locator("wagtail-userbar").count() == 1
    assert window.sent == []


def test_a_tab_in_the_background_is_counted_when_somebody_turns_to_it(
    reader: Callable[..., Reader],
) -> None:
    window = reader(NOT_DRIVEN, HIDDEN)
    window.open()
    assert window.sent == []
    with window.expect_count():
        window.page.evaluate(LOOK)
    assert len(window.sent) == 1


def test_a_page_drawn_ahead_asks_for_nothing_until_it_is_opened(
    reader: Callable[..., Reader],
) -> None:
    window = reader(NOT_DRIVEN, AHEAD)
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.page.goto(window.address, wait_until="networkidle")
    assert not any("/traffic/" in url and not url.endswith(".js") for url in asked)
    with window.expect_count():
        window.page.evaluate(ACTIVATE)
    assert len(window.sent) == 1
