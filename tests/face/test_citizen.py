"""A citizen with a cheap phone, or with the keyboard alone."""

from __future__ import annotations

import urllib.request
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.face.addresses import PAGES, STATES

pytestmark = pytest.mark.browser

MOST_STEPS = 120


def tab_to(page: Any, text: str) -> None:
    """Press Tab until the element with the focus begins with ``text``."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || ''").strip().startswith(text):
            return
    pytest.fail(f"The keyboard does not reach «{text}».")


def follow(page: Any, text: str) -> None:
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def summary(page: Any, selector: str) -> None:
    tab_to(page, page.locator(f"{selector} > summary").first.inner_text().strip())
    page.keyboard.press("Enter")
    assert page.locator(selector).first.evaluate("one => one.open")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_home_to_dieu_9_by_keyboard(scripts: bool, browser: Any, demo_address: str) -> None:
    """By the menu alone, at the width of a phone, with and without JavaScript."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.goto(demo_address + "/")
        summary(page, ".pbgdpl-menu")
        follow(page, "Góp ý dự thảo văn bản")
        follow(page, "Dự thảo Quy chế tổ chức và hoạt động của Cổng")
        assert page.url == demo_address + STATES["closed consultation"]
        summary(page, ".pbgdpl-outline > details")
        tab_to(page, "Điều 9.")
        page.keyboard.press("Enter")
        page.wait_for_url("**#*dieu-9")
        target = page.locator(":target")
        assert target.inner_text().startswith("Điều 9.")
        assert target.bounding_box()["y"] < 740
    finally:
        context.close()


def test_the_skip_link_leads_to_the_content(browser: Any, demo_address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(demo_address + PAGES["NewsPage"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.close()


def test_the_text_size_stays_on_the_next_page_without_a_cookie(
    browser: Any, demo_address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(demo_address + PAGES["NewsPage"])
    page.click("[data-step='1']")
    assert page.evaluate("document.documentElement.style.fontSize") == "112.5%"
    page.goto(demo_address + PAGES["OtherPage"])
    assert page.evaluate("document.documentElement.style.fontSize") == "112.5%"
    page.click("[data-step='0']")
    assert page.evaluate("document.documentElement.style.fontSize") == ""
    assert context.cookies() == []
    context.close()


def test_escape_closes_the_menu(browser: Any, demo_address: str) -> None:
    page = browser.new_page()
    page.goto(demo_address + "/")
    page.click(".pbgdpl-menu > summary")
    page.keyboard.press("Escape")
    assert not page.locator(".pbgdpl-menu").evaluate("one => one.open")
    page.close()


@pytest.mark.parametrize(("path", "status"), [("/khong-co-trang-nay/", 404), ("/broken/", 500)])
def test_the_policy_forbids_nothing_on_pages_of_errors(
    path: str, status: int, browser: Any, demo_address: str
) -> None:
    """X1; with DEBUG such answers bear no policy, so the demo of this folder runs without."""
    page = browser.new_page()
    try:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        answer = page.goto(demo_address + path, wait_until="networkidle")
        assert answer.status == status
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "camera=()" in answer.headers["permissions-policy"]
        assert [text for text in said if "policy" in text.lower()] == []
    finally:
        page.close()


#: Not the portal's own page, or no page at all.
WITHOUT_SHARING = ("section for another site", "search box for another site", "server error")


def test_each_page_says_what_others_show_of_it(demo_address: str) -> None:
    """I5: address, picture and language, with the host, also where a page has a head of its own."""
    for name, path in (PAGES | STATES).items():
        if name in (*WITHOUT_SHARING, "not found"):
            continue
        with urllib.request.urlopen(demo_address + quote(path, safe="/?=&")) as answer:
            head = BeautifulSoup(answer.read(), "lxml").head
        told = {str(one["property"]): str(one["content"]) for one in head.select("meta[property]")}
        (canonical,) = head.select("link[rel=canonical]")
        scheme, host, place, *_rest = urlsplit(str(canonical["href"]))
        assert (scheme, place) == ("http", path.partition("?")[0]), name
        assert told.get("og:url", canonical["href"]) == canonical["href"], name
        assert told["og:image"].startswith(f"http://{host}/"), name
        assert told["og:locale"] == "vi_VN", name
        assert told["og:site_name"], name
