"""The editorial board at work, from the contact officer to the public page (R2, R3, R6–R9)."""

from __future__ import annotations

import re
from typing import Any

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

    officer = desk("canbodaumoi")
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
