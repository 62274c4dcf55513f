"""The policies for browsers: what was slipped in does not run, and nothing of ours is forbidden.

The other tests of this folder run under the policies too, and fail on anything that they forbid;
so does ``tests/face/test_accessibility.py``, which opens each page of the portal.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import TimeoutError as TimedOut

from tests.browser.desk import index_keys
from tests.face.addresses import PAGES
from wagtail_pbgdpl.blocks.video import EmbeddedVideoBlock

pytestmark = pytest.mark.browser

SCRIPTS = (
    "<script>window.ran = true</script>",
    '<img src="/nothing.png" onerror="window.ran = true">',
    '<svg onload="window.ran = true"></svg>',
    '<script src="https://elsewhere.example/a.js"></script>',
    '<script src="data:text/javascript,window.ran = true"></script>',
)


def slip_in(window: Any, path: str, html: str, change: Callable[[dict[str, str]], None]) -> None:
    """Open a page into whose answer somebody got ``html``; ``change`` does more to its headers."""

    def answer(route: Any) -> None:
        response = route.fetch()
        headers = dict(response.headers)
        change(headers)
        route.fulfill(
            response=response,
            headers=headers,
            body=response.text().replace("</body>", f"{html}</body>"),
        )

    window.page.route(lambda url: url == window.address + path, answer)
    window.page.route(
        "https://elsewhere.example/**",
        lambda route: route.fulfill(content_type="text/javascript", body="window.ran = true"),
    )
    window.open(path)


def nothing(headers: dict[str, str]) -> None:
    pass


def without_policy(headers: dict[str, str]) -> None:
    del headers["content-security-policy"]


@pytest.mark.parametrize("html", SCRIPTS)
def test_a_script_that_was_slipped_in_does_not_run(visit: Any, html: str) -> None:
    """X1"""
    window = visit(watched=False)
    slip_in(window, "/", html, nothing)
    assert window.page.evaluate("window.ran") is None
    assert window.trouble.refused
    window.trouble.refused.clear()


@pytest.mark.parametrize("html", SCRIPTS)
def test_it_would_run_without_the_policy(visit: Any, html: str) -> None:
    window = visit(watched=False)
    slip_in(window, "/", html, without_policy)
    window.page.wait_for_function("window.ran")


def test_a_style_or_a_base_that_was_slipped_in_has_no_effect(visit: Any) -> None:
    window = visit(watched=False)
    base = '<base href="https://elsewhere.example/"><p id="bay" style="position: fixed">…</p>'
    slip_in(window, "/", base, nothing)
    position = window.page.eval_on_selector("#bay", "one => getComputedStyle(one).position")
    assert position == "static"
    assert window.page.evaluate("document.baseURI").startswith(window.address)
    assert len(window.trouble.refused) == 2
    window.trouble.refused.clear()


def test_a_form_that_was_slipped_in_sends_nothing_elsewhere(visit: Any) -> None:
    window = visit(watched=False)
    form = '<form id="bay" action="https://elsewhere.example/" method="post"></form>'
    slip_in(window, "/", form, nothing)
    with window.page.expect_console_message():
        window.page.eval_on_selector("#bay", "form => form.submit()")
    assert window.page.url == f"{window.address}/"
    assert window.trouble.refused
    window.trouble.refused.clear()


def frames_shown(window: Any, path: str, *addresses: str) -> list[str]:
    """Return which of the addresses a page shows in a frame."""
    window.page.route(
        lambda url: url in addresses,
        lambda route: route.fulfill(content_type="text/html", body="<h1>Phim</h1>"),
    )
    slip_in(window, path, "".join(f'<iframe src="{one}"></iframe>' for one in addresses), nothing)
    window.page.wait_for_load_state("load")
    return [
        frame.url
        for frame in window.page.frames[1:]
        if frame.url in addresses and frame.locator("h1").count()
    ]


def test_a_film_is_asked_for_after_a_press(visit: Any) -> None:
    """I5"""
    window = visit(watched=False)
    block = EmbeddedVideoBlock()
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    html = block.render(block.to_python({"title": "Phim", "video": address, "poster": None}))
    asked: list[str] = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.page.route(
        "https://www.youtube-nocookie.com/**",
        lambda route: route.fulfill(content_type="text/html", body="<h1>Phim</h1>"),
    )
    slip_in(window, "/", html, nothing)
    window.page.wait_for_load_state("networkidle")
    assert all(one.startswith(window.address) for one in asked)
    asked.clear()
    window.page.locator("[data-film] button").click()
    window.page.frame_locator(".pbgdpl-video__frame iframe").locator("h1").wait_for()
    elsewhere = [one for one in asked if not one.startswith(window.address)]
    assert elsewhere == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]


def test_films_come_from_the_platforms_of_the_settings(visit: Any) -> None:
    """I5"""
    window = visit(watched=False)
    film, other = "https://www.youtube.com/embed/1?feature=oembed", "https://elsewhere.example/1"
    assert frames_shown(window, "/", film, other) == [film]
    assert len(window.trouble.refused) == 1
    window.trouble.refused.clear()


def test_what_has_no_page(visit: Any) -> None:
    visit(watched=False).open("/pbgdpl/rss.xml")


def test_the_reading_tools_work(visit: Any) -> None:
    window = visit()
    window.open(PAGES["NewsPage"])
    size = "getComputedStyle(document.documentElement).fontSize"
    before = window.page.evaluate(size)
    window.page.locator("[data-step='1']").click()
    assert window.page.evaluate(size) != before


def admin_links(window: Any) -> list[str]:
    """Return the addresses of the menu of the admin, those below other entries too."""
    window.open("/admin/")
    window.page.locator(".sidebar-main-menu").wait_for()
    window.page.evaluate(
        "document.querySelectorAll('.sidebar-main-menu button').forEach(one => one.click())"
    )
    found = set(window.links(".sidebar a, .sidebar-main-menu a"))
    return sorted(link for link in found if link.startswith(f"{window.address}/admin/"))


@pytest.fixture(scope="module")
def opened() -> set[str]:
    """Addresses that somebody opened: the policies ask for no person."""
    return set()


@pytest.mark.parametrize("username", ["quantri", "truongban", "thuky", "canbodaumoi"])
def test_every_entry_of_the_admin(desk: Any, username: str, opened: set[str]) -> None:
    """What the menu leads to, and from each list the first form; each by the first who has it."""
    window = desk(username)
    links = {link for link in admin_links(window) if "logout" not in link}
    assert len(links) > 3
    for link in sorted(links - opened):
        opened.add(link)
        window.open(link)
        forms = [
            one
            for one in window.links("main a")
            if one.startswith(f"{window.address}/admin/")
            and any(part in one for part in ("/edit/", "/add/", "/create/", "/inspect/", "/muc/"))
        ]
        for form in sorted({*forms} - opened)[:1]:
            opened.add(form)
            window.open(form)
            assert window.page.locator("main").count() == 1, form


def test_the_tools_of_the_editor(desk: Any) -> None:
    """The calendar, a block, a chooser, the preview, the checks of it and comments, in one form."""
    window = desk("canbodaumoi")
    index = index_keys(window)["C2"]
    page = window.page
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/newspage/{index}/")
    page.locator("[name=title]").fill("Bài viết thử")

    page.locator("[name=event_start]").click()
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_today:visible").first.click()
    page.keyboard.press("Escape")
    assert page.locator("[name=event_start]").input_value()

    body = page.locator("[data-contentpath=body]")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Hình ảnh", exact=True).click()
    body.locator(".chooser__choose-button").first.click()
    page.locator(".modal-body .image-choice").first.click()
    body.locator("img").first.wait_for()

    def panel(name: str) -> Any:
        shown = page.locator(f"[data-side-panel={name}]")
        for _ in range(5):
            page.locator(f"[data-side-panel-toggle={name}]").click()
            # A draft that is stored at this moment lets the click go.
            with suppress(TimedOut):
                shown.wait_for(timeout=10_000)
                break
        assert shown.is_visible()
        return shown

    panel("preview")
    preview = page.frame_locator("[data-side-panel=preview] iframe").first
    preview.get_by_role("heading", name="Bài viết thử").wait_for()
    # The checks run in the previewed page.
    words = panel("checks").locator("[data-content-word-count]")
    words.filter(has_text=re.compile(r"\d")).wait_for()
    panel("comments")


def test_a_picture_is_uploaded(desk: Any, tmp_path: Path) -> None:
    """Wagtail shows the file before it is sent."""
    window = desk("canbodaumoi")
    picture = tmp_path / "anh.png"
    Image.new("RGB", (600, 400), "red").save(picture)
    window.open("/admin/images/multiple/add/")
    window.page.locator("input[type=file]").set_input_files(picture)
    window.page.locator("#upload-list img, #upload-list [name$=title]").first.wait_for()


def test_the_bar_of_the_editor_on_public_pages(desk: Any) -> None:
    window = desk("canbodaumoi")
    window.open(PAGES["NewsPage"])
    window.page.locator("#wagtail-userbar-trigger").click()
    window.page.locator("wagtail-userbar [role=menuitem]").first.wait_for()
