"""What people do at their desks, in a real browser."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import example_site

USERS = Path(example_site.__file__).parent / "demo" / "data" / "users.toml"
PASSWORD = tomllib.loads(USERS.read_text(encoding="utf-8"))["password"]


def log_in(window: Any, username: str) -> None:
    window.open("/admin/login/")
    window.page.fill("input[name=username]", username)
    window.page.fill("input[name=password]", PASSWORD)
    window.page.click("button[type=submit]")
    window.page.wait_for_url("**/admin/")


def take_seat(window: Any, username: str, sessions: dict[tuple[str, str], Any]) -> None:
    """Let a person work in the window: by the form the first time, by their cookies then."""
    context, person = window.page.context, (window.address, username)
    # No form that is still open saves itself in the name of the next.
    window.page.goto("about:blank")
    context.clear_cookies()
    if person in sessions:
        context.add_cookies(sessions[person])
    else:
        log_in(window, username)
        sessions[person] = context.cookies()


def index_keys(window: Any) -> dict[str, str]:
    """Return the key of the index page of each category, from the editor's bar on it."""
    window.open("/")
    found = {}
    for number, link in enumerate(window.links(".pbgdpl-menu__all a"), start=1):
        if add := re.search(r"/pages/(\d+)/add_subpage/", read(window, link)):
            found[f"C{number}"] = add[1]
    return found


def read(window: Any, address: str) -> str:
    """Return what the server answers the person in the window, which shows something else."""
    answer = window.page.request.get(address)
    assert answer.ok, (answer.status, address)
    return str(answer.text())


def fill(window: Any, model: type[Any], index: str, title: str) -> None:
    """Fill in the form of a new page as a person does."""
    page = window.page
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/{model._meta.model_name}/{index}/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=author]").fill("Đàm Thị Ngọc")
    page.locator("[name=source]").fill("Phòng Phổ biến, giáo dục pháp luật")


def save(window: Any) -> str:
    """Save the draft; return the key of the page."""
    page = window.page
    # The editor may have saved by itself meanwhile; the button must then save that same page.
    press_below(page, "button.action-save")
    saved = re.search(r"/pages/(\d+)/edit/", page.url)
    assert saved, (page.url, page.locator(".error-message, .messages").all_inner_texts())
    return str(saved[1])


def send(window: Any, key: str) -> None:
    """Send the draft to the first step, from the editor's menu."""
    page = window.page
    if f"/pages/{key}/edit/" not in page.url:
        window.open(f"/admin/pages/{key}/edit/")
    press_below(page, "button[name=action-submit]")


def press_below(page: Any, selector: str) -> None:
    """Press a button of the editor's menu, and wait for the page that follows."""
    with page.expect_navigation():
        press_in_footer(page, selector)


def press_in_footer(page: Any, selector: str) -> None:
    button = page.locator(f"footer {selector}").first
    if not button.is_visible():
        page.locator("footer .w-dropdown__toggle").first.click()
    button.click()


def from_the_home_page(window: Any, title: str) -> None:
    """Open an item where it waits for the person; from the whole list where more come first."""
    window.open("/admin/")
    waiting = window.page.locator("#pbgdpl-waiting-section").get_by_role("link", name=title)
    if not waiting.count():
        window.open("/admin/pbgdpl/waiting/")
        waiting = window.page.locator("main").get_by_role("link", name=title)
    with window.page.expect_navigation():
        waiting.first.click()


def decide(window: Any, way: str, **values: Any) -> str:
    """Fill in one of the forms of the item and send it; return the message that follows."""
    page = window.page
    form = page.locator("form").filter(has=page.locator(f"input[name=way][value={way}]"))
    if not form.locator("button[type=submit]").is_visible():
        page.locator(f"#pbgdpl-{way}-section [data-panel-toggle]").first.click()
    for name, value in values.items():
        answer(form, f"{way}-{name}", value)
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    return str(page.locator(".messages").inner_text())


def answer(form: Any, name: str, value: Any) -> None:
    """Fill in a field: text, one of the choices of a list, or boxes to tick. Choices go by the
    label or the value."""
    field = form.locator(f"[name={name}]")
    if isinstance(value, list):
        for one in value:
            form.locator(
                f"[name={name}][value='{one}'], label:has-text('{one}') > [name={name}]"
            ).check()
    elif field.evaluate("one => one.localName") == "select":
        field.select_option(value)
    else:
        field.fill(str(value))
