"""How people get about a page: with a finger or a mouse, or with the keyboard alone."""

from __future__ import annotations

from typing import Any


class Hands:
    """Touches what it wants, which must be seen for that."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def write(self, name: str, text: str) -> None:
        self.page.locator(f"[name={name}]").fill(text)

    def tick(self, selector: str) -> None:
        self.page.locator(selector).check()

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value='{value}']").check()

    def press(self, selector: str) -> None:
        """Press a link or a button, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


class Keyboard(Hands):
    """Reaches what it wants with the tab key, as somebody without a mouse does."""

    MOST = 80

    def reach(self, selector: str) -> None:
        for _press in range(self.MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"the tab key does not lead to {selector}")

    def write(self, name: str, text: str) -> None:
        self.reach(f"[name={name}]")
        self.page.keyboard.insert_text(text)

    def tick(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Space")

    def choose(self, name: str, value: str) -> None:
        """The tab key leads to the first of a group, the arrows to the others."""
        self.reach(f"[name={name}]")
        self.page.keyboard.press("Space")
        wanted = self.page.locator(f"[name={name}][value='{value}']")
        for _press in range(self.page.locator(f"[name={name}]").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not lead to {value} of {name}")

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
