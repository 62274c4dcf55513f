"""A citizen with a telephone or a computer, who follows links only."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

WIDTHS = [360, 1280]


def test_to_article_9_of_the_regulation(visit: Any) -> None:
    """D3, and the fifteen categories of BK21 Điều 9, with a telephone."""
    window = visit(360)
    page = window.page
    window.open()
    assert page.locator("h1").count() == 1

    page.get_by_text("Tất cả chuyên mục").click()
    categories = page.locator(".pbgdpl-menu__all")
    window.follow(categories.get_by_role("link", name="Góp ý dự thảo văn bản"))
    assert not window.scrolls_sideways()
    window.follow(page.get_by_role("link", name="Dự thảo Quy chế tổ chức và hoạt động").first)
    assert not window.scrolls_sideways()

    contents = page.get_by_role("navigation", name="Mục lục")
    # No gliding: where the page stands is asked right after.
    page.emulate_media(reduced_motion="reduce")
    contents.get_by_text("Mục lục").click()
    contents.get_by_role("link", name="Điều 9. Nội dung thông tin").click()
    article = page.locator("#quy-che-dieu-9")
    assert page.url.endswith("#quy-che-dieu-9")
    assert article.get_by_role("heading").first.inner_text().startswith("Điều 9")
    numbers = [f"quy-che-dieu-9-khoan-{number}" for number in range(1, 16)]
    clauses = article.locator("[id^='quy-che-dieu-9-khoan-']")
    found = [clause.get_attribute("id") for clause in clauses.all()]
    assert [name for name in found if "-diem-" not in name] == numbers
    assert all(page.locator(f"#{name}").is_visible() for name in numbers)
    assert "Thống kê truy cập" in page.locator("#quy-che-dieu-9-khoan-14").inner_text()
    assert article.bounding_box()["y"] < 900, "the link did not scroll to the article"
    assert not window.scrolls_sideways()


def fits(window: Any) -> bool:
    """Whether the page needs no scrolling sideways, on a telephone and on a computer."""
    shown = []
    for width in WIDTHS:
        window.page.set_viewport_size({"width": width, "height": 900})
        shown.append(not window.scrolls_sideways())
    return all(shown)


def test_every_category_lists_something(visit: Any) -> None:
    """C1–C15: nobody meets an empty page, and nothing hangs over the edge."""
    window = visit()
    window.open()
    assert fits(window)
    links = window.links(".pbgdpl-menu__all a")
    assert len(links) == 15
    for link in links:
        window.open(link)
        shown = window.page.locator(
            ".pbgdpl-item, .pbgdpl-documents tbody tr, .pbgdpl-services li, .pbgdpl-links li, "
            ".pbgdpl-questions article, .pbgdpl-questions details, .pbgdpl-questions .pbgdpl-block"
        )
        assert shown.count() > 0, link
        assert shown.first.is_visible(), link
        assert fits(window), link


def test_every_item_can_be_read(visit: Any) -> None:
    """Each of them: one title, in Vietnamese, complete, within the screen; no request elsewhere."""
    window = visit(360)
    window.open()
    items: list[str] = []
    for link in window.links(".pbgdpl-menu__all a"):
        window.open(link)
        items += window.links(
            ".pbgdpl-item__title a, .pbgdpl-documents__abstract a, .pbgdpl-services a"
        )
    assert len(items) > 40
    for item in items:
        window.open(item)
        assert window.page.locator("h1").count() == 1, item
        assert window.page.locator("html").get_attribute("lang") == "vi", item
        assert not window.scrolls_sideways(), item
        broken = window.page.eval_on_selector_all(
            "img", "all => all.filter(one => one.complete && !one.naturalWidth).length"
        )
        assert broken == 0, item


def test_the_search(visit: Any) -> None:
    """C14"""
    window = visit(360)
    window.open()
    page = window.page
    page.get_by_text("Tất cả chuyên mục").click()
    page.get_by_role("link", name="Thống kê truy cập, tìm kiếm").first.click()
    page.locator(".pbgdpl-services").get_by_role("link", name="Tìm kiếm").click()
    page.get_by_role("searchbox").fill("Ngày Pháp luật")
    page.get_by_role("searchbox").press("Enter")
    result = page.get_by_role("link", name="Phát động các hoạt động hưởng ứng Ngày Pháp luật")
    result.first.click()
    assert page.locator("h1").inner_text().startswith("Phát động các hoạt động")


def test_the_search_leads_to_the_very_article(visit: Any) -> None:
    """C14, D3: from the box of any page, without accents; titles are suggested meanwhile."""
    window = visit(360)
    window.open()
    page = window.page
    box = page.locator("#tim-nhanh")
    box.press_sequentially("tro giup ph")
    page.locator(".pbgdpl-suggest a").first.wait_for()
    box.fill("dieu 9 pho bien giao duc")
    box.press("Enter")
    assert fits(window)
    page.locator(".pbgdpl-result__title a").first.click()
    assert page.url.endswith("#quy-che-dieu-9")
    assert page.locator("#quy-che-dieu-9").is_visible()


def test_documents_are_narrowed(visit: Any) -> None:
    """D1: with a thumb, one condition after the other; the address has them all."""
    window = visit(360)
    window.open("/van-ban-chinh-sach-phap-luat-moi/")
    page = window.page
    rows = page.locator(".pbgdpl-documents tbody tr")
    everything = rows.count()
    window.follow(page.locator(".pbgdpl-chips a", has_text="Còn hiệu lực").first)
    assert 1 < rows.count() < everything
    page.get_by_text("Thêm điều kiện lọc").click()
    page.get_by_label("Năm ban hành").select_option("2018")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.wait_for_url("**nam=2018**")
    assert "hieu-luc=" in page.url
    assert rows.count() == 1
    assert "17/2018/QĐ-UBND" in rows.inner_text()
    assert fits(window)


def test_with_the_keyboard(visit: Any) -> None:
    """The first key leads past the menu to the content."""
    window = visit()
    window.open()
    window.page.keyboard.press("Tab")
    skip = window.page.locator(":focus")
    assert skip.get_attribute("href") == "#noi-dung"
    assert skip.bounding_box()["x"] >= 0
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.id") == "noi-dung"


def test_a_file_can_be_downloaded(visit: Any) -> None:
    """D4, C4"""
    window = visit()
    window.open()
    window.page.get_by_role("link", name="Hướng dẫn kỹ thuật, nghiệp vụ").first.click()
    for item in window.links(".pbgdpl-item__title a"):
        window.open(item)
        if window.page.locator(".pbgdpl-download").count():
            break
    with window.page.expect_download() as download:
        window.page.locator(".pbgdpl-download").first.evaluate("link => (link.download = '')")
        window.page.locator(".pbgdpl-download").first.click()
    assert download.value.failure() is None
    assert download.value.path().stat().st_size > 0
