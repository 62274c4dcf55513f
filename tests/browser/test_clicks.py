"""How often the people of the board press for what they do every day.

Counted are presses of the mouse, in choosers as well; typing and the dialogue of the system in
which a file is picked are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.browser.test_full_text import DECISION, _is_saving

pytestmark = pytest.mark.browser

# What the browser presses for a label, or a script, is nobody's press.
COUNTER = """addEventListener("click", (event) => {
  if (!event.isTrusted || !event.pointerType) return;
  sessionStorage.presses = 1 + Number(sessionStorage.presses || 0);
}, true);"""
BODY = "[data-contentpath=body] [contenteditable=true]"
NEWS = "Ngày hội pháp luật tại Trường Trung học cơ sở Vân Tùng"
NUMBER = "81/2018/QĐ-UBND"
LAW = "Quyết định ban hành Quy chế quản lý Trang thông tin điện tử phổ biến pháp luật"


@contextmanager
def at_most(presses: int, window: Any) -> Iterator[Any]:
    """Begin at the home page of the admin; fail where more is pressed until the job is done."""
    window.open("/admin/")
    window.page.evaluate("sessionStorage.removeItem('presses')")
    yield window.page
    pressed = int(window.page.evaluate("sessionStorage.presses || 0"))
    assert 0 < pressed <= presses, pressed


def photo() -> dict[str, Any]:
    file = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(file, "JPEG")
    return {"name": "Ngày hội.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def add_in(page: Any, category: str) -> None:
    page.get_by_role("button", name="Trang", exact=True).click()
    press(page, "link", name=category, exact=True)
    press(page, "link", name="Thêm trang con")


def write(page: Any, selector: str, text: str) -> None:
    field = page.locator(selector).first
    field.click()
    field.press("End")
    field.page.keyboard.insert_text(text)


def press(where: Any, *arguments: Any, **named: Any) -> None:
    """Press what leads to another page."""
    with getattr(where, "page", where).expect_navigation():
        where.get_by_role(*arguments, **named).first.click()


def find(page: Any, title: str) -> None:
    write(page, "main input[name=q]", title)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_news_sent_returned_sent_again_and_taken_down(desk: Any) -> None:
    window = desk("canbodaumoi")
    window.page.context.add_init_script(COUNTER)
    with at_most(14, window) as page:
        add_in(page, "Tin hoạt động")
        write(page, "[name=title]", NEWS)
        write(page, "[name=summary]", "Hơn 300 học sinh tham dự.")
        page.get_by_role("button", name="Chọn hình ảnh").first.click()
        page.get_by_role("tab", name="Tải lên").click()
        with page.expect_file_chooser() as chooser:
            page.locator("[name=image-chooser-upload-file]").click()
        chooser.value.set_files(photo())
        # The script names the picture by its file, faster than anybody presses on.
        page.locator("[name=image-chooser-upload-title]:valid").wait_for()
        page.get_by_role("button", name="Tải lên").click()
        page.locator(".chooser__title, [data-chooser-title]", has_text="Ngày hội").wait_for()
        write(page, BODY, "Nhà trường tổ chức ngày hội.")
        press(page, "button", name="Gửi duyệt", exact=True)
        page.locator(".messages", has_text=NEWS).wait_for()

    with at_most(4, desk("thutruong")) as page:
        press(page, "link", name=NEWS)
        returning = page.locator("form").filter(has=page.locator("[name=way][value=return]"))
        returning.locator("[name=return-grounds]").first.click()
        write(returning, "textarea", "Bổ sung tên người phát biểu.")
        press(returning, "button", name="Trả lại")
        page.locator(".messages", has_text=NEWS).wait_for()

    with at_most(4, desk("canbodaumoi")) as page:
        press(page, "link", name=NEWS)
        press(page, "link", name="Mở trong trình soạn thảo")
        write(page, "[name=summary]", " Luật sư Nguyễn Thị Hoa phát biểu.")
        press(page, "button", name="Gửi duyệt lại")
        page.locator(".messages", has_text=NEWS).wait_for()

    window = desk("truongban")
    with at_most(4, window) as page:
        find(page, NEWS)
        press(page, "link", name="Đăng khẩn cấp")
        page.keyboard.insert_text("Cần thông báo ngay.")
        press(page, "button", name="Đăng khẩn cấp")
        page.locator(".messages", has_text=NEWS).wait_for()
    with at_most(4, window) as page:
        find(page, NEWS)
        press(page, "link", name="Gỡ tin, bài")
        page.keyboard.insert_text("Sai địa điểm.")
        page.locator("[name=take-down-grounds]").first.click()
        press(page, "button", name="Gỡ tin, bài")
        page.locator(".messages", has_text=NEWS).wait_for()


def test_a_document_with_its_full_text(desk: Any) -> None:
    window = desk("canbodaumoi")
    window.page.context.add_init_script(COUNTER)
    with at_most(18, window) as page:
        add_in(page, "Văn bản chính sách, pháp luật mới")
        press(page, "link", name="Văn bản chính sách, pháp luật mới", exact=True)
        write(page, "[name=title]", LAW)
        for name in ("document_type", "issuing_body"):
            page.locator(f"[name={name}]").click()
            page.locator(f"[name={name}]").select_option(index=1)
        write(page, "[name=document_number]", NUMBER)
        write(page, "[name=issued_on]", "01/08/2018")
        write(page, "[name=signer]", "Lý Thái Hải")
        write(page, "[name=document_abstract]", "Ban hành Quy chế quản lý Trang thông tin.")
        press(page, "button", name="Dán hoặc tải toàn văn")
        write(page, "[name=text]", DECISION)
        full_text = page.locator("#pbgdpl-full-text")
        press(full_text, "button", name="Nhận dạng")
        with page.expect_response(_is_saving):
            press(full_text, "button", name="Đưa văn bản vào")
        press(page, "button", name="Gửi duyệt", exact=True)
        page.locator(".messages", has_text=LAW).wait_for()
