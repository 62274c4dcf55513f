"""WCAG 2.2 AA on every page type and state, at three widths, in light and forced colours (I8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import POLICY
from tests.face.addresses import BEYOND_A_LINK, PAGES, STATES
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"type": "tag", "values": TAGS}
#: What the colours that a visitor forces can break; they move nothing and hide nothing.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what fails leaves the browser: the rest takes as long again.
RUN = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(
  found => found.violations.map(
    rule => `${rule.id}: ${rule.nodes.map(node => node.html.slice(0, 200)).join(" ")}`))"""


def violations(page: Any, rules: dict[str, Any] = ALL_RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return list(page.evaluate(RUN, rules))


def problems(page: Any) -> list[str]:
    """Return what is wrong at each width, and at the last with the visitor's own colours."""
    found = []
    # It stays over whatever is scrolled under it: which target axe finds cut is chance.
    page.evaluate(
        "document.querySelectorAll('.pbgdpl-reach').forEach((bar) => "
        "{ bar.style.position = 'static' })"
    )
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: scrolls sideways")
        found += [f"{width}: {one}" for one in violations(page)]
    page.emulate_media(forced_colors="active")
    found += [f"forced colours: {one}" for one in violations(page, OF_COLOURS)]
    page.emulate_media(forced_colors="none")
    return found


@pytest.fixture(scope="module")
def window(browser: Any) -> Any:
    """One for all tests: to open another costs more than a page does."""
    return browser.new_page()


@pytest.fixture
def page(window: Any) -> Iterator[Any]:
    """The window; what the policies for browsers forbid on its pages fails the test."""
    forbidden: list[str] = []

    def note(said: Any) -> None:
        if POLICY.search(said.text):
            forbidden.append(said.text)

    window.on("console", note)
    window.set_viewport_size({"width": WIDTHS[0], "height": 800})
    yield window
    window.remove_listener("console", note)
    assert forbidden == []


def test_no_page_type_is_forgotten() -> None:
    creatable = {
        model.__name__
        for model in concrete_models(RegulatedPageMixin)
        if model.is_creatable and model._meta.app_label == "wagtail_pbgdpl_pages"
    }
    assert set(PAGES) == creatable


@pytest.mark.parametrize("name", sorted(PAGES | STATES))
def test_a_page_of_the_portal(name: str, page: Any, demo_address: str) -> None:
    """I8, X1; WCAG 1.4.4, 1.4.10: 320 pixels are 1280 at 400 %; text at 200 % still fits."""
    page.goto(demo_address + (PAGES | STATES)[name])
    assert problems(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("name", sorted(BEYOND_A_LINK))
def test_a_page_beyond_a_link(name: str, page: Any, demo_address: str) -> None:
    """C12, Q1–Q7: whose address bears a number."""
    start, link = BEYOND_A_LINK[name]
    page.goto(demo_address + (PAGES | STATES)[start])
    page.goto(demo_address + page.locator(link).first.get_attribute("href"))
    assert problems(page) == []


def test_axe_finds_nothing_with_everything_open(page: Any, demo_address: str) -> None:
    page.goto(demo_address + PAGES["LegalDocumentPage"])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert problems(page) == []


def test_axe_sees_what_is_wrong(page: Any) -> None:
    page.goto("about:blank")
    page.set_content("<main><img src='x'><p style='color:#aaa'>nhạt</p></main>")
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_axe_sees_colours_that_are_forced(page: Any) -> None:
    page.goto("about:blank")
    page.set_content(
        "<main><p style='forced-color-adjust: none; color: #000'>đen"
        "<style>@media (forced-colors: active) { main { background: #111 } "
        "p { background: #111 } }</style></main>"
    )
    assert "color-contrast" not in " ".join(violations(page, OF_COLOURS))
    page.emulate_media(forced_colors="active")
    assert "color-contrast" in " ".join(violations(page, OF_COLOURS))
    page.emulate_media(forced_colors="none")
