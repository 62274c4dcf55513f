"""The pages of the package in the admin: nothing for axe, nothing cut off, few presses."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from tests.browser.presses import at_most
from tests.face.test_accessibility import violations
from wagtail_pbgdpl.worktime.active import today
from wagtail_pbgdpl.worktime.seed import shipped_calendar

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
REPORTS = "/admin/reports/pbgdpl"
OURS = "/admin/pbgdpl"
#: What each person opens; «a → b»: the first link that b finds on a.
PAGES = {
    "quantri": (
        "/admin/",
        f"{OURS}/calendar/",
        f"{OURS}/calendar/recalculate/",
        "/admin/wagtail_pbgdpl/calendarexception/create/",
        f"{OURS}/units/",
        f"{OURS}/units/succession/merge/",
        f"{OURS}/units/succession/divide/",
        f"{OURS}/seats/",
        f"{OURS}/seats/new/",
        f"{OURS}/receivers/",
        f"{OURS}/sources/",
        "/admin/account/",
        f"{OURS}/guide/quan-tri/",
        f"{REPORTS}/notices/",
    ),
    "truongban": (
        "/admin/",
        f"{OURS}/overview/",
        f"{OURS}/delegations/new/",
        f"{OURS}/waiting/ → main table a",
        f"{OURS}/delegations/ → table.listing tbody a",
        f"{REPORTS}/ledger/",
        f"{REPORTS}/ledger/ → table.listing tbody a",
        f"{REPORTS}/matters/",
        f"{REPORTS}/decisions/",
        f"{REPORTS}/changes/",
        f"{REPORTS}/traffic/searches/",
    ),
    "thuky": (
        f"{OURS}/questions/",
        f"{OURS}/questions/ → table.listing tbody a",
        f"{OURS}/ledger/owe/",
        f"{OURS}/waiting/",
    ),
    "canbodaumoi": (
        "/admin/",
        f"{OURS}/import/",
        f"{REPORTS}/items/",
        "/admin/ → .pbgdpl-jobs a:nth-child(2)",
    ),
}
#: What reaches over an edge and is cut off there, not what lies wholly beside it: parts of
#: Wagtail's editor wait there.
CUT_OFF = """() => [...document.querySelectorAll('#main *')].filter((one) => {
  const place = one.getBoundingClientRect();
  const inside = place.left >= -1 && place.right <= innerWidth + 1;
  if (inside || !place.width || place.right <= 0) return false;
  if (one.closest('.form-side, .w-minimap, .w-field__comment-button, [hidden]')) return false;
  for (let above = one.parentElement; above.id !== 'main'; above = above.parentElement)
    if (getComputedStyle(above).overflowX !== 'visible') return false;
  return true;
}).map((one) => one.outerHTML.slice(0, 120))"""


#: The side bar glides away, and editors are drawn anew: what is judged stands still.
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await frame();
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
    if (moving.length) quiet = 0;
    await Promise.allSettled(moving.map((one) => one.finished));
  }
}"""


def opened(window: Any, address: str) -> str:
    address, _, link = address.partition(" → ")
    window.open(address)
    if link:
        window.open(str(window.page.locator(link).first.get_attribute("href")))
    return str(window.page.url)


@pytest.mark.parametrize("username", sorted(PAGES))
def test_axe_finds_nothing(desk: Any, username: str) -> None:
    """I8 (WCAG 2.2 AA) of the whole page, Wagtail's frame as well."""
    window = desk(username)
    found = {}
    for address in PAGES[username]:
        url = opened(window, address)
        for width in WIDTHS:
            window.page.set_viewport_size({"width": width, "height": 900})
            window.page.evaluate(SETTLED)
            wrong = violations(window.page)
            if width < WIDTHS[0]:
                wrong += window.page.evaluate(CUT_OFF)
            if wrong:
                found[url, width] = wrong
    assert not found


def a_working_day() -> datetime.date:
    days = (today() + datetime.timedelta(days=ahead) for ahead in range(2, 30))
    return next(day for day in days if shipped_calendar().day(day).works)


def test_a_holiday_takes_eight_presses(desk: Any) -> None:
    """From the home page of the operator, with the limits that move; then all is taken back."""
    window = desk("quantri")
    day = a_working_day()
    with at_most(8, window) as page:
        page.locator(".pbgdpl-jobs").get_by_role("link", name="Lịch làm việc").click()
        page.get_by_role("link", name="Thêm ngày nghỉ").click()
        page.locator("[name=date]").click()
        page.keyboard.type(f"{day:%d/%m/%Y}")
        page.keyboard.press("Escape")
        page.locator("[name=name]").click()
        page.keyboard.type("Nghỉ theo thông báo")
        with page.expect_navigation():
            page.locator("footer button[type=submit], .actions button[type=submit]").first.click()
        assert page.url.endswith("/calendar/recalculate/")
        with page.expect_navigation():
            page.locator("#pbgdpl-recalculate button").click()
        assert "thời hạn" in page.locator(".messages").inner_text()
    window.open(f"{OURS}/calendar/?year={day.year}")
    row = page.locator(f"#d-{day.isoformat()}")
    assert "Nghỉ theo thông báo" in row.inner_text()
    delete = str(row.get_by_role("link").get_attribute("href")).replace("/edit/", "/delete/")
    window.open(delete)
    with page.expect_navigation():
        page.locator("main form [type=submit]").click()
    if page.locator("#pbgdpl-recalculate").count():
        with page.expect_navigation():
            page.locator("#pbgdpl-recalculate button").click()


def test_a_delegation_takes_eight_presses(desk: Any) -> None:
    """R3: of the Trưởng Ban, from the home page."""
    ahead = today() + datetime.timedelta(days=200)
    with at_most(8, desk("truongban")) as page:
        page.locator(".pbgdpl-jobs").get_by_role("link", name="Ủy quyền").click()
        for name, words in (
            ("decision_number", "12/QĐ-BBT"),
            ("decided_on", f"{today():%d/%m/%Y}"),
            ("starts_on", f"{ahead:%d/%m/%Y}"),
            ("ends_on", f"{ahead:%d/%m/%Y}"),
        ):
            page.locator(f"[name={name}]").click()
            page.keyboard.press("Control+a")
            page.keyboard.type(words)
            page.keyboard.press("Escape")
        with page.expect_navigation():
            page.locator("footer button[type=submit]").first.click()
        assert "12/QĐ-BBT" in page.locator("#listing-results").inner_text()


def test_a_legal_field_is_chosen_by_typing(desk: Any) -> None:
    """Without accents, with Enter, and without sending the form; what is chosen comes first."""
    window = desk("canbodaumoi")
    page = window.page
    url = opened(window, "/admin/ → .pbgdpl-jobs a:nth-child(2)")
    choices = page.locator("[data-pbgdpl-typed-choices]").first
    search = choices.get_by_role("searchbox")
    search.fill("dat dai")
    assert choices.locator("label:visible").all_inner_texts() == ["Đất đai"]
    search.press("Enter")
    search.fill("khong co gi nhu the")
    assert choices.locator("label:visible").all_inner_texts() == ["Đất đai"]
    assert choices.get_by_role("status").is_visible()
    assert choices.locator("input:checked").count() == 1
    assert page.url == url
