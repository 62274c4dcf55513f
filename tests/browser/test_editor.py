"""The people of the demo at work in the editor, until the public can read it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.browser.desk import fill, index_keys, press_below, press_in_footer, read, save
from tests.browser.hands import Keyboard
from tests.pages.test_page_types import TYPES
from wagtail_pbgdpl.pages.models import NewsPage

pytestmark = pytest.mark.browser

PUBLIC = "Đưa Tủ sách pháp luật điện tử quốc gia về thôn, bản"


def test_every_type_of_page_from_form_to_draft(desk: Any) -> None:
    """C1–C5, C7–C12, C15; R5: the contact officer fills in each form and finds the draft again."""
    window = desk("canbodaumoi")
    indexes = index_keys(window)
    for model, code in TYPES:
        title = f"Bản thảo thử của {model.__name__}"
        fill(window, model, indexes[code], title)
        key = save(window)
        assert window.page.url.endswith(f"/admin/pages/{key}/edit/")
        form = window.page.locator("#page-edit-form")
        assert form.locator("[name=title]").input_value() == title
        assert form.locator("[name=author]").input_value() == "Đàm Thị Ngọc"
        assert form.locator("[name=source]").input_value() == "Phòng Phổ biến, giáo dục pháp luật"
        assert form.locator("[name=action-publish]").count() == 0, "R8: not theirs to publish"
        listed = read(window, f"{window.address}/admin/pages/{indexes[code]}/")
        links = BeautifulSoup(listed, "html.parser").find_all("a")
        named = [link for link in links if link.get_text(strip=True) == title]
        assert len(named) == 1, "one page, not one for each time it was saved"


def test_who_saves_while_the_editor_does_has_one_page(desk: Any) -> None:
    """The editor's own saving is on its way when the button is pressed, and answered late."""
    window = desk("canbodaumoi")
    index = index_keys(window)["C2"]
    page, title = window.page, "Tin lưu đúng một lần"
    held: list[Any] = []
    form = f"**/admin/pages/add/wagtail_pbgdpl_pages/newspage/{index}/"
    page.route(form, lambda route: _hold(route, held))
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits',"
        " (event) => { event.target.dataset.watched = 1; })"
    )
    fill(window, NewsPage, index, "Tin")
    page.locator("form[data-watched]").wait_for()
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("[name=title]").fill(title)
    page.keyboard.press("Control+s")
    assert len(held) == 1
    with page.expect_navigation(url=re.compile(r"/pages/\d+/edit/")):
        held[0].continue_()
    page.unroute(form)
    listed = read(window, f"{window.address}/admin/pages/{index}/")
    links = BeautifulSoup(listed, "html.parser").find_all("a")
    assert [link.get_text(strip=True) for link in links].count(title) == 1


def _hold(route: Any, held: list[Any]) -> None:
    if route.request.method == "POST":
        held.append(route)
    else:
        route.continue_()


def test_a_day_that_is_not_in_the_calendar(desk: Any) -> None:
    """It stays as it was typed and is refused there; no «Đã lưu» stands beside «chưa lưu được»."""
    window = desk("canbodaumoi")
    page = window.page
    fill(window, NewsPage, index_keys(window)["C2"], "Tin có ngày sai")
    day = page.locator("[name=information_on]")
    for typed in ("hôm nay", "10.11.2026", "31/02/2026"):
        day.fill(typed)
        day.press("Tab")
        assert day.input_value() == typed
    press_below(page, "button.action-save")
    refused = page.locator(".error-message:focus")
    assert "ví dụ: 24/11/2026" in refused.inner_text()
    assert day.input_value() == "31/02/2026"
    # A draft may lack its author, what is sent may not.
    day.fill("10.11.2026")
    page.locator("[name=author]").fill("")
    press_below(page, "button[name=action-submit]")
    page.locator(".messages", has_text="Bản nháp đã được lưu.").wait_for()
    assert "chưa" not in page.locator(".messages").inner_text()
    assert day.input_value() == "10.11.2026"


def test_what_is_public_is_read_until_somebody_edits_it(desk: Any) -> None:
    """No stray key makes a draft of it; the press that begins is kept while the page is open."""
    window = desk("canbodaumoi")
    page, sent = window.page, []
    listing = f"/admin/pages/{index_keys(window)['C2']}/"
    window.open(listing)
    window.follow(page.get_by_role("link", name=PUBLIC, exact=True))
    page.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    title, edit = page.locator("[name=title]"), page.get_by_role("button", name="Sửa", exact=True)
    assert edit.is_visible()
    assert page.locator("footer").is_hidden()
    title.evaluate("one => one.focus()")
    page.keyboard.insert_text("x")
    page.keyboard.press("Control+s")
    was = title.input_value()
    page.locator("#page-edit-form").dispatch_event("w-unsaved:add", {"detail": {"type": "edits"}})
    Keyboard(page).reach("[data-pbgdpl-read-first] button")
    page.keyboard.press("Enter")
    assert title.evaluate("one => one === document.activeElement")
    page.reload()
    assert page.locator("footer").is_visible()
    assert title.input_value() == was
    # The enter key in a line sends nothing.
    title.press("Enter")
    window.open(listing)
    window.follow(page.get_by_role("link", name=PUBLIC, exact=True))
    assert edit.is_visible()
    assert not [url for url in sent if url.endswith("/edit/")]


def test_what_was_typed_when_the_session_had_ended(desk: Any) -> None:
    """It is kept for who typed it, and for nobody else, until it is saved."""
    window = desk("canbodaumoi")
    page, bar = window.page, window.page.locator(".pbgdpl-typed")
    fill(window, NewsPage, index_keys(window)["C2"], "Tin viết dở khi hết phiên")
    address = f"/admin/pages/{save(window)}/edit/"
    page.context.clear_cookies()
    page.locator("[name=summary]").fill("Hơn 300 học sinh tham dự.")
    press_in_footer(page, "button.action-save")
    bar.filter(has_text="Phiên làm việc đã kết thúc").wait_for()
    assert page.url.endswith(address)
    for who, offered in (("thutruong", 0), ("canbodaumoi", 1)):
        desk(who).open(address)
        assert bar.count() == offered
    assert page.locator("[name=summary]").input_value() == ""
    with page.expect_navigation():
        bar.get_by_role("button", name="Khôi phục").click()
    assert page.locator("[name=summary]").input_value() == "Hơn 300 học sinh tham dự."
    page.reload()
    assert bar.count() == 0


def test_the_preview_of_an_unsaved_page(desk: Any) -> None:
    """The panel beside the form shows the page before it was ever saved."""
    window = desk("canbodaumoi")
    index = index_keys(window)["C10"]
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/researchpage/{index}/")
    page = window.page
    page.locator("[name=title]").fill("Bài nghiên cứu chưa lưu")
    page.get_by_role("button", name=re.compile("preview|xem trước", re.IGNORECASE)).first.click()
    preview = page.frame_locator("iframe").first
    preview.get_by_role("heading", name="Bài nghiên cứu chưa lưu").wait_for()
