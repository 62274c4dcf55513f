"""The editorial board at work, from the contact officer to the public page (R2, R3, R6–R9)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.desk import decide, fill, from_the_home_page, index_keys, save, send
from wagtail_pbgdpl.pages.models import NewsPage

pytestmark = pytest.mark.browser


def history(window: Any) -> str:
    return str(window.page.locator("#pbgdpl-history-section").inner_text())


def test_bk21_with_a_refusal_a_second_round_and_a_delegation(desk: Any, visit: Any) -> None:
    title = "Tuyên truyền pháp luật về phòng, chống ma túy tại Trường THPT Chuyên"
    officer = desk("canbodaumoi")
    fill(officer, NewsPage, index_keys(officer)["C2"], title)
    key = save(officer)
    assert officer.page.locator("[name=action-publish]").count() == 0
    send(officer, key)

    head = desk("thutruong")
    from_the_home_page(head, title)
    message = decide(
        head,
        "return",
        grounds=["khong-day-du-chinh-xac"],
        explanation="Bổ sung số học sinh tham dự.",
    )
    assert "trả lại" in message

    from_the_home_page(officer, title)
    assert "Bổ sung số học sinh tham dự." in history(officer)
    officer.page.get_by_role("link", name="Mở trong trình soạn thảo").click()
    officer.page.locator("[name=summary]").fill("Hơn 300 học sinh tham dự buổi tuyên truyền.")
    send(officer, key)

    for username in ("thutruong", "thuky", "thanhvien"):
        window = desk(username)
        from_the_home_page(window, title)
        decide(window, "pass", comment="Nhất trí.")
        citizen = visit()
        citizen.open("/tin-hoat-dong/")
        assert citizen.page.get_by_role("link", name=title).count() == 0, username

    deputy = desk("photruongban")
    from_the_home_page(deputy, title)
    decide(deputy, "pass")
    assert re.search(r"TUQ\. Trưởng Ban Biên tập .*, theo Quyết định số 07/QĐ-BBT", history(deputy))

    citizen = visit()
    citizen.open("/tin-hoat-dong/")
    citizen.page.get_by_role("link", name=title).click()
    assert citizen.page.locator("h1").inner_text() == title
    assert "Hơn 300 học sinh" in citizen.page.locator("main").inner_text()


def test_bp20_with_three_steps_of_the_board(desk: Any, visit: Any, bp20_server: str) -> None:
    """R7: BP20 Điều 11.1, 15; the Thư ký posts what the Trưởng Ban's delegate approved last."""
    title = "Hội nghị tập huấn nghiệp vụ hộ tịch"
    officer = desk("canbodaumoi", bp20_server)
    index = index_of_news(officer)
    fill(officer, NewsPage, index, title)
    send(officer, save(officer))

    def at(username: str, way: str, **values: Any) -> Any:
        window = desk(username, bp20_server)
        from_the_home_page(window, title)
        decide(window, way, **values)
        return window

    at("thutruong", "pass")
    at("thuky", "pass")
    at("thanhvien", "pass")
    refused = at(
        "truongban", "return", grounds=["khong-dung-su-that"], explanation="Sai tên hội nghị."
    )
    assert "Sai tên hội nghị." in history(refused)

    from_the_home_page(officer, title)
    officer.page.get_by_role("link", name="Mở trong trình soạn thảo").click()
    officer.page.locator("[name=summary]").fill("Hội nghị diễn ra trong hai ngày.")
    send(officer, officer.page.url.split("/pages/")[1].split("/")[0])
    at("thutruong", "pass")
    at("thuky", "pass")
    at("thanhvien", "pass")
    at("truongban", "pass", comment="Đã xác thực.")
    at("photruongban", "pass", comment="Đã kiểm tra lần cuối.")
    secretary = at("thuky", "pass")
    assert "TUQ. Trưởng Ban Biên tập" in history(secretary)

    citizen = visit(address=bp20_server)
    public = secretary.page.get_by_role("link", name="Trang đã đăng").get_attribute("href")
    # The site of an empty portal bears no port in its address.
    citizen.open(urlsplit(public).path)
    assert citizen.page.locator("h1").inner_text() == title


def index_of_news(window: Any) -> str:
    """Return the key of the index page that takes news, from the portal's public menu."""
    window.open("/pbgdpl/")
    for link in window.links(".pbgdpl-menu a"):
        window.open(link)
        (add,) = [at for at in window.links("wagtail-userbar a") if "add_subpage" in at] or [""]
        if not add:
            continue
        window.open(add)
        if window.page.locator("a[href*='/newspage/']").count():
            found = re.search(r"/pages/(\d+)/", add)
            assert found
            return found[1]
        if "/newspage/" in window.page.url:
            return re.findall(r"/(\d+)/", window.page.url)[-1]
    raise LookupError("no category takes news")
