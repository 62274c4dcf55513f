"""A citizen asks with a telephone and by keyboard alone, and looks where the question stands."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.face.test_accessibility import violations

pytestmark = pytest.mark.browser

WORDS = "Bố tôi mất năm 2019, tôi muốn hỏi về thừa kế đất đai."


class Keyboard:
    """Reaches what it wants with the tab key, as somebody without a mouse does."""

    MOST = 80

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, selector: str) -> None:
        for _press in range(self.MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"the tab key does not lead to {selector}")

    def write(self, name: str, text: str) -> None:
        self.reach(f"[name={name}]")
        self.page.keyboard.insert_text(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        self.reach(selector)
        if key == "Enter":
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)


def test_from_the_home_page_to_the_status(visit: Any) -> None:
    """C6, Q1, Q7: form, receipt, status at 360 pixels without a mouse; no cookie is set."""
    window = visit(360)
    page, keys = window.page, Keyboard(window.page)
    window.open()
    link = page.locator(".pbgdpl-ask a").first
    assert link.bounding_box()["y"] < 800, "not on the first screen"
    keys.press(".pbgdpl-ask .pbgdpl-go")
    assert page.url.endswith("/pbgdpl/dat-cau-hoi/")
    assert not window.scrolls_sideways()
    button = page.locator(".pbgdpl-go[type=submit]")
    assert button.bounding_box()["y"] < 3 * 800, "more than three screens"

    keys.write("text", WORDS)
    keys.press(".pbgdpl-go[type=submit]")
    assert page.evaluate("document.activeElement.id") == "can-sua", "who listens is not told"
    assert page.locator("[name=text]").input_value() == WORDS
    assert violations(page) == []
    # The answer to a form with mistakes says so to programs as well.
    assert window.trouble.failed == [f"422 {page.url}"]
    window.trouble.failed.clear()
    window.trouble.console.clear()
    keys.write("full_name", "Hoàng Thị Hòa")
    keys.write("phone", "0912 345 678")
    keys.press("[name=consent]", "Space")
    keys.press(".pbgdpl-go[type=submit]")
    code = page.locator(".pbgdpl-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
    assert page.get_by_role("button", name="In trang").is_visible()
    assert not window.scrolls_sideways()
    assert violations(page) == []

    keys.press("main a[href='/pbgdpl/tra-cuu/']")
    keys.write("code", code)
    keys.write("fact", "+84912345678")
    keys.press(".pbgdpl-go[type=submit]")
    assert WORDS in page.locator("main").inner_text()
    assert page.locator(".pbgdpl-stands__now").is_visible()
    assert not window.scrolls_sideways()
    assert violations(page) == []
    assert page.context.cookies() == []
