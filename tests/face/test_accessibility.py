"""WCAG 2.2 AA on every page type and state, at phone and desktop width (I8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import POLICY
from tests.face.addresses import PAGES, STATES
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    # What passes is not described, which would take as long again.
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    return [
        f"{rule['id']}: {[node['html'][:200] for node in rule['nodes']]}"
        for rule in found.response["violations"]
    ]


def problems(page: Any, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    # It stays over whatever is scrolled under it: which target axe finds cut is chance.
    page.evaluate(
        "document.querySelectorAll('.pbgdpl-reach').forEach((bar) => "
        "{ bar.style.position = 'static' })"
    )
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return violations(page) + (["scrolls sideways"] if too_wide else [])


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
    for width in WIDTHS:
        assert problems(page, width) == [], width
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_axe_finds_nothing_with_everything_open(page: Any, demo_address: str) -> None:
    page.goto(demo_address + PAGES["LegalDocumentPage"])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for width in WIDTHS:
        assert problems(page, width) == [], width


def test_axe_sees_what_is_wrong(page: Any) -> None:
    page.goto("about:blank")
    page.set_content("<main><img src='x'><p style='color:#aaa'>nhạt</p></main>")
    found = " ".join(violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found
