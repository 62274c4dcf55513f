"""What citizens come for, on a telephone, counted in taps; see ``docs/concept/face.md``."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

pytestmark = pytest.mark.browser

SCREEN = 800
MOST_BYTES = 100_000
MOST_REQUESTS = 20
PACKED = ("text/html", "text/css", "javascript", "image/svg+xml", "application/json")


class Taps:
    """Counts what a thumb does from the home page on."""

    def __init__(self, window: Any) -> None:
        self.window, self.count = window, 0
        window.open()

    def on(self, link: Any) -> None:
        self.window.follow(link)
        self.count += 1


def over_the_wire(response: Any) -> int:
    """The size of an answer as a web server packs it, in bytes."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body)) if any(one in kind for one in PACKED) else len(body)


def test_errands_on_a_telephone(visit: Any) -> None:
    """C5, C6, C7, C12, I8: four errands; the home in three screens, what is done in the first."""
    window = visit(360)
    page = window.page
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    window.open()
    page.wait_for_load_state("networkidle")
    first_visit = list(answers)
    assert len(first_visit) <= MOST_REQUESTS
    assert sum(map(over_the_wire, first_visit)) < MOST_BYTES
    assert page.evaluate("document.documentElement.scrollHeight") <= 3 * SCREEN
    tiles = page.locator(".pbgdpl-act")
    assert tiles.count() == 4
    bottom = tiles.last.bounding_box()
    assert bottom["y"] + bottom["height"] <= SCREEN
    # What the tiles say stays at the lower edge, once they are out of sight.
    bar = page.locator(".pbgdpl-reach")
    page.mouse.wheel(0, SCREEN)
    bar.wait_for(state="visible")
    page.mouse.wheel(0, -SCREEN)
    bar.wait_for(state="hidden")

    # Free legal aid, and then the form.
    taps = Taps(window)
    taps.on(page.get_by_role("link", name="Trợ giúp pháp lý miễn phí").first)
    assert page.locator(".pbgdpl-result").count() > 0
    taps.on(page.get_by_role("link", name="Đặt câu hỏi").first)
    assert page.locator("form textarea").first.is_visible()
    assert taps.count == 2

    # A leaflet on land.
    taps = Taps(window)
    taps.on(page.get_by_role("link", name="đất đai", exact=True))
    taps.on(page.get_by_role("link", name="Tờ gấp").first)
    assert "đất đai" in page.locator("h1").inner_text()
    assert taps.count == 2

    # The newest decisions of the provincial committee.
    taps = Taps(window)
    taps.on(page.get_by_role("link", name="Tìm văn bản"))
    assert "QĐ-UBND" in page.locator(".pbgdpl-documents__number").first.inner_text()
    assert taps.count == 1

    # A comment on a draft, by way of the list.
    taps = Taps(window)
    taps.on(page.get_by_role("link", name="Góp ý dự thảo", exact=True))
    taps.on(
        page.locator(".pbgdpl-item").filter(has_text="Đang lấy ý kiến").get_by_role("link").first
    )
    taps.on(page.locator(".pbgdpl-commenting a").first)
    assert page.locator("form textarea").first.is_visible()
    assert taps.count == 3


def test_the_home_without_scripts(visit: Any) -> None:
    """I8: a browser that runs no script has the menu, the search and the tiles."""
    window = visit(360, scripts=False)
    page = window.page
    window.open()
    page.get_by_text("Tất cả chuyên mục").click()
    assert page.locator(".pbgdpl-menu__all a").first.is_visible()
    page.locator("#tim-nhanh").fill("đất đai")
    with page.expect_navigation():
        page.locator("form.pbgdpl-search button").click()
    assert page.get_by_role("link", name="Tờ gấp").count() > 0
    window.open("/thong-ke-truy-cap-tim-kiem/thong-ke/")
    assert page.locator(".pbgdpl-chart__drawing--narrow").first.is_visible()
    assert not page.locator(".pbgdpl-chart__drawing:not([class*=narrow])").first.is_visible()
