"""C13, I1, D2: what citizens see of linked systems, and what officials do with it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.desk import decide, from_the_home_page

pytestmark = pytest.mark.browser

C13 = "Tích hợp"
DATABASE = "Cơ sở dữ liệu quốc gia về văn bản pháp luật"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_panels_on_a_telephone(visit: Any, scripts: bool) -> None:
    window = visit(360, watched=scripts, scripts=scripts)
    page = window.page
    window.open()
    link = page.locator(".pbgdpl-menu__all a", has_text=C13).first.get_attribute("href")
    window.open(link)
    assert "bản ngày" in page.locator(".pbgdpl-source__state").first.inner_text()
    assert page.locator(".pbgdpl-source img").first.is_visible()
    row = page.locator(".pbgdpl-systems tr", has_text=DATABASE)
    assert row.locator("li a").count() == 3
    assert window.page.locator("main").bounding_box()["width"] <= 360
    # The form leads there; nothing is asked before somebody asks.
    asked: list[str] = []
    window.page.context.route(
        "https://vbpl.vn/**",
        lambda route: (asked.append(route.request.url), route.fulfill(body="Kết quả"))[1],
    )
    box = page.get_by_role("searchbox", name=f"Tìm trong {DATABASE}")
    box.fill("hộ tịch")
    with page.context.expect_page() as opened:
        box.press("Enter")
    opened.value.wait_for_url("https://vbpl.vn/**")
    assert asked == ["https://vbpl.vn/tim-kiem?keyword=h%E1%BB%99+t%E1%BB%8Bch"]


def test_a_take_over_and_a_difference_both_ways(desk: Any) -> None:
    window = desk("canbodaumoi")
    page = window.page
    window.open("/admin/pbgdpl/overview/")
    row = page.locator("#pbgdpl-items-section tr", has_text=DATABASE)
    with page.expect_navigation():
        row.get_by_role("button", name="Tiếp nhận thành bản nháp").click()
    assert re.search(r"/pages/\d+/edit/$", page.url)
    assert page.locator("[name=document_number]").input_value() == "278/2025/NĐ-CP"
    assert page.locator("[name=issued_on]").input_value() == "22/10/2025"
    assert "bản nháp" in page.locator(".messages").inner_text()
    window.open("/admin/reports/pbgdpl/items/")
    same = page.locator("tr", has_text="278/2025/NĐ-CP")
    assert same.get_by_role("button", name="Tiếp nhận thành bản nháp").count() == 0

    from_the_home_page(window, "tình trạng hiệu lực: Luật Ban hành")
    decide(window, "adopt")
    assert "chờ phiên bản mới được đăng" in page.locator("main").inner_text()
    window.follow(page.get_by_role("link", name="Mở văn bản"))
    assert page.locator("[name=validity]").input_value() == "HHL1P"

    from_the_home_page(window, "tình trạng hiệu lực: Luật Trợ giúp")
    decide(window, "dispute", text="Phần bị bãi bỏ không thuộc phạm vi giới thiệu.")
    assert "thông tin trên cổng là đúng" in page.locator("main").inner_text().lower()
