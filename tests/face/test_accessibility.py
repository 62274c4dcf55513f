"""WCAG 2.2 AA on every page type and state, at phone and desktop width (I8)."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.face.addresses import PAGES, STATES
from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Any) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{rule['id']}: {[node['html'][:200] for node in rule['nodes']]}"
        for rule in found.response["violations"]
    ]


def problems_at(browser: Any, address: str, width: int, before: Any = None) -> list[str]:
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        page.goto(address)
        if before:
            before(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        return violations(page) + (["scrolls sideways"] if too_wide else [])
    finally:
        page.close()


def test_no_page_type_is_forgotten() -> None:
    creatable = {
        model.__name__
        for model in concrete_models(RegulatedPageMixin)
        if model.is_creatable and model._meta.app_label == "wagtail_pbgdpl_pages"
    }
    assert set(PAGES) == creatable


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_type(name: str, browser: Any, demo_address: str) -> None:
    for width in WIDTHS:
        assert problems_at(browser, demo_address + PAGES[name], width) == [], width


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_a_state(state: str, browser: Any, demo_address: str) -> None:
    for width in WIDTHS:
        assert problems_at(browser, demo_address + STATES[state], width) == [], width


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_with_everything_open(
    width: int, browser: Any, demo_address: str
) -> None:
    def open_all(page: Any) -> None:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")

    address = demo_address + PAGES["LegalDocumentPage"]
    assert problems_at(browser, address, width, open_all) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lost_at_400_percent_zoom(name: str, browser: Any, demo_address: str) -> None:
    """WCAG 1.4.4, 1.4.10: 320 pixels are 1280 at 400 %; text at 200 % still fits."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    try:
        page.goto(demo_address + PAGES[name])
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 640, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
    finally:
        page.close()


def test_axe_sees_what_is_wrong(browser: Any) -> None:
    page = browser.new_page()
    page.set_content("<main><img src='x'><p style='color:#aaa'>nhạt</p></main>")
    found = " ".join(violations(page))
    page.close()
    assert "image-alt" in found
    assert "color-contrast" in found
