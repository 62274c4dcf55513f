"""C12: from a comment on a clause to the published table, with a telephone 320 pixels wide."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk import decide
from tests.served import environment

pytestmark = pytest.mark.browser

DRAFT = "Dự thảo Nghị quyết quy định mức chi"
WORDS = "Đề nghị hỗ trợ thêm tiền xăng xe cho hòa giải viên ở bản xa."
BECAUSE = "Đã bổ sung chi phí đi lại."


def press_for_all(window: Any, table: str, way: str, **said: str) -> None:
    """Tick all rows of the table, say it, and press the button."""
    window.open(table)
    page = window.page
    for box in page.locator("input[name=id]").all():
        box.check()
    form = page.locator("details").filter(has=page.locator(f"button[value={way}]"))
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in said.items():
        field = form.locator(f"[name={way}-{name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={way}-{name}][value={value}]").check()
        else:
            field.fill(value)
    window.follow(form.locator(f"button[value={way}]"))
    assert page.locator(".messages").inner_text(), page.locator("main").inner_text()


def test_from_a_clause_to_the_published_table(visit: Any, desk: Any, portal_home: Path) -> None:
    """Without JavaScript, from the draft on, it is four taps: link, text, consent, «send»."""
    phone = visit(320, scripts=False)
    page = phone.page
    phone.open()
    phone.follow(page.get_by_role("link", name=DRAFT).first)
    draft = page.url
    assert not phone.scrolls_sideways()

    phone.follow(page.locator("#dieu-2-khoan-2 a[href*=gop-y]"))
    assert "cộng thêm chi phí đi lại" in page.locator(".pbgdpl-provision").inner_text()
    assert not phone.scrolls_sideways()
    page.locator("[name=text]").fill(WORDS)
    page.locator("[name=consent]").check()
    phone.follow(page.locator(".pbgdpl-go[type=submit]"))
    assert "/da-nhan/" in page.url
    assert not phone.scrolls_sideways()

    # What the new version of the draft changed.
    phone.open(draft)
    phone.follow(page.locator(".pbgdpl-chain a").first)
    assert "[+" in page.locator("main").inner_text()
    assert not phone.scrolls_sideways()
    number = re.search(r"/du-thao/(\d+)/", page.url)
    assert number

    # It closes; the comment is looked at, answered, sent to the board with the rest, published.
    closed = [sys.executable, "-m", "tests.browser.closed", number[1]]
    env = environment(portal_home, "served_settings")
    done = subprocess.run(closed, env=env, check=True, capture_output=True, text=True)
    table = f"/admin/pbgdpl/consultations/{done.stdout.strip()}/"
    office = desk("thuky")
    press_for_all(office, f"{table}?tinh-trang=cho-duyet", "show")
    office = desk("canbodaumoi")
    owed = f"{table}?tinh-trang=cho-giai-trinh"
    press_for_all(office, owed, "answer", verdict="accepted", answer=BECAUSE)
    office = desk("thutruong")
    office.open(table)
    office.follow(office.page.get_by_role("link", name="Trang của đợt lấy ý kiến"))
    matter = office.page.url
    decide(office, "consult_propose")
    office = desk("truongban")
    office.open(matter)
    decide(office, "consult_summarise")

    phone.open(f"/pbgdpl/du-thao/{number[1]}/y-kien/")
    said = page.locator(".pbgdpl-comment").filter(has_text=WORDS).inner_text()
    assert BECAUSE in said
    assert not phone.scrolls_sideways()
