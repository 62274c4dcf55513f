"""I3, I10: a section inside another site's page, and inside one that is not listed."""

from __future__ import annotations

import http.server
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from example_site.demo.neighbours import handler_for
from tests.served import demo, served

pytestmark = pytest.mark.browser


@contextmanager
def neighbour(portal: str) -> Iterator[str]:
    """Serve the neighbours of the demo on an origin of their own; yield that."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_for(portal))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def sites(
    tmp_path_factory: pytest.TempPathFactory, run_folder: Path
) -> Iterator[tuple[str, str, str]]:
    """The addresses of the portal, of a site that its settings list, and of one besides."""
    home = tmp_path_factory.mktemp("embedding")
    with (
        served(home, demo(run_folder)) as portal,
        neighbour(portal) as listed,
        neighbour(portal) as unlisted,
    ):
        with closing(sqlite3.connect(home / "portal.sqlite3")) as rows:
            rows.execute("UPDATE wagtail_pbgdpl_portalsettings SET embedding_hosts = ?", [listed])
            rows.commit()
        # The server remembers its settings for a second.
        while listed not in policy_of(portal):
            pass
        yield portal, listed, unlisted


def policy_of(portal: str) -> str:
    with urlopen(f"{portal}/pbgdpl/nhung/moi-nhat/C2/") as answer:
        return str(answer.headers["Content-Security-Policy"])


def section(window: Any, word: str) -> Any:
    return window.page.locator(f'pbgdpl-section[src*="/{word}/"]')


def test_a_section_inside_a_foreign_page_of_320_pixels(visit: Any, sites: Any) -> None:
    window = visit(width=320, watched=False, address=sites[0])
    window.page.goto(f"{sites[1]}/")
    news = section(window, "moi-nhat")
    frame = news.locator("iframe")
    frame.wait_for(state="visible")
    inside = news.frame_locator("iframe")
    # As high as its content, and neither scrolls to the side.
    fits = "one => [one.scrollHeight <= one.clientHeight, one.scrollWidth <= one.clientWidth]"
    assert inside.locator("html").evaluate(fits) == [True, True]
    assert not window.scrolls_sideways()
    assert frame.get_attribute("title") == "Tin hoạt động phổ biến, giáo dục pháp luật"
    assert not news.locator("> a").is_visible()
    assert window.page.context.cookies() == []
    # A link leaves the frame for the page on the portal.
    title = inside.locator("li > a").first.inner_text()
    window.follow(inside.locator("li > a").first)
    assert window.page.url.startswith(window.address)
    assert window.page.locator("h1").inner_text() == title


def test_words_are_looked_for_on_the_portal(visit: Any, sites: Any) -> None:
    window = visit(width=320, watched=False, address=sites[0])
    window.page.goto(f"{sites[1]}/")
    search = section(window, "tim-kiem")
    search.scroll_into_view_if_needed()
    search.locator("iframe").wait_for(state="visible")
    inside = search.frame_locator("iframe")
    inside.locator("input").fill("hòa giải")
    window.follow(inside.locator("button"))
    assert window.page.url.startswith(f"{window.address}/pbgdpl/tim-kiem/?q=")


def test_a_site_that_is_not_listed_keeps_the_link(visit: Any, sites: Any) -> None:
    window = visit(width=320, watched=False, address=sites[0])
    with window.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        window.page.goto(f"{sites[2]}/xa/")
    answers = section(window, "hoi-dap")
    assert answers.locator("a").is_visible()
    assert not answers.locator("iframe").is_visible()
    assert all("frame-ancestors" in one for one in window.trouble.refused)
    window.trouble.refused.clear()


def test_a_message_from_elsewhere_changes_nothing(visit: Any, sites: Any) -> None:
    window = visit(watched=False, address=sites[0])
    window.page.goto(f"{sites[1]}/")
    frame = section(window, "moi-nhat").locator("iframe")
    frame.wait_for(state="visible")
    before = frame.evaluate("one => one.style.height")
    # Heard once the page has heard its own message, which stands behind in the same queue.
    window.page.evaluate(
        "new Promise(done => { addEventListener('message', done);"
        " postMessage({ pbgdpl: 9000 }, '*') })"
    )
    assert frame.evaluate("one => one.style.height") == before


def test_without_javascript_there_is_a_link(visit: Any, sites: Any) -> None:
    window = visit(width=320, watched=False, scripts=False, address=sites[0])
    window.page.goto(f"{sites[1]}/")
    assert section(window, "moi-nhat").locator("a").is_visible()
