"""The people of the demo at work in the editor, until the public can read it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import example_site
from tests.pages.test_page_types import TYPES
from wagtail_pbgdpl.pages import models as pages

pytestmark = pytest.mark.browser

USERS = Path(example_site.__file__).parent / "demo" / "data" / "users.toml"
PASSWORD = tomllib.loads(USERS.read_text(encoding="utf-8"))["password"]


def log_in(window: Any, username: str) -> None:
    window.open("/admin/login/")
    window.page.fill("input[name=username]", username)
    window.page.fill("input[name=password]", PASSWORD)
    window.page.click("button[type=submit]")
    window.page.wait_for_url("**/admin/")


@pytest.fixture
def desk(visit: Any) -> Any:
    """A function that opens the window of a person of the demo, logged in."""

    def new(username: str) -> Any:
        window = visit(watched=False)
        log_in(window, username)
        return window

    return new


def index_keys(window: Any) -> dict[str, str]:
    """Return the key of the index page of each category, from the editor's bar on it."""
    window.open("/")
    found = {}
    for number, link in enumerate(window.links(".pbgdpl-menu a"), start=1):
        window.open(link)
        (add,) = [at for at in window.links("wagtail-userbar a") if "add_subpage" in at] or [""]
        if add:
            found[f"C{number}"] = re.search(r"/pages/(\d+)/", add)[1]
    return found


def fill_and_save(window: Any, model: type[Any], index: str, title: str) -> str:
    """Fill in the form of a new page as a person does; return the key of the page."""
    page = window.page
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/{model._meta.model_name}/{index}/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=author]").fill("Đàm Thị Ngọc")
    page.locator("[name=source]").fill("Phòng Phổ biến, giáo dục pháp luật")
    # The editor may have saved by itself meanwhile; the button must then save that same page.
    with page.expect_navigation():
        page.locator("button.action-save").first.click()
    saved = re.search(r"/pages/(\d+)/edit/", page.url)
    assert saved, (page.url, page.locator(".error-message, .messages").all_inner_texts())
    return str(saved[1])


def test_every_type_of_page_from_form_to_draft(desk: Any) -> None:
    """C1–C5, C7–C12, C15; R5: the contact officer fills in each form and finds the draft again."""
    window = desk("canbodaumoi")
    indexes = index_keys(window)
    for model, code in TYPES:
        title = f"Bản thảo thử của {model.__name__}"
        key = fill_and_save(window, model, indexes[code], title)
        window.open(f"/admin/pages/{key}/edit/")
        form = window.page.locator("#page-edit-form")
        assert form.locator("[name=title]").input_value() == title
        assert form.locator("[name=author]").input_value() == "Đàm Thị Ngọc"
        assert form.locator("[name=source]").input_value() == "Phòng Phổ biến, giáo dục pháp luật"
        assert form.locator("[name=action-publish]").count() == 0, "R8: not theirs to publish"
        window.open(f"/admin/pages/{indexes[code]}/")
        listed = window.page.get_by_role("link", name=title, exact=True)
        assert listed.count() == 1, "one page, not one for each time it was saved"


def test_what_the_chief_publishes_is_public(desk: Any, visit: Any) -> None:
    """R2, R8: from the officer's draft to the citizen's screen, and not before."""
    title = "Tuyên truyền pháp luật về phòng, chống ma túy tại Trường THPT Chuyên"
    officer = desk("canbodaumoi")
    index = index_keys(officer)["C2"]
    key = fill_and_save(officer, pages.NewsPage, index, title)

    citizen = visit()
    citizen.open("/tin-hoat-dong/")
    assert citizen.page.get_by_role("link", name=title).count() == 0

    chief = desk("truongban")
    chief.open(f"/admin/pages/{key}/edit/")
    chief.page.locator("footer").get_by_role(
        "button", name=re.compile("^More actions|^Thao")
    ).click()
    with chief.page.expect_navigation():
        chief.page.locator("button[name=action-publish]").click()

    citizen.open("/tin-hoat-dong/")
    citizen.page.get_by_role("link", name=title).click()
    assert citizen.page.locator("h1").inner_text() == title
    assert "Đàm Thị Ngọc" in citizen.page.locator(".pbgdpl-attribution").inner_text()


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
