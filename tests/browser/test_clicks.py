"""How often people press for what they do every day (R1–R9); see ``presses``."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.browser.presses import at_most, press
from tests.browser.test_full_text import DECISION, _is_saving

pytestmark = pytest.mark.browser

BODY = "[data-contentpath=body] [contenteditable=true]"
NEWS = "Ngày hội pháp luật tại Trường Trung học cơ sở Vân Tùng"
NUMBER = "81/2018/QĐ-UBND"
LAW = "Quyết định ban hành Quy chế quản lý Trang thông tin điện tử phổ biến pháp luật"


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


def find(page: Any, title: str) -> None:
    write(page, "main input[name=q]", title)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_news_sent_returned_sent_again_and_taken_down(desk: Any) -> None:
    window = desk("canbodaumoi")
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


def test_a_unit_and_a_person_with_a_seat(desk: Any) -> None:
    """R1, R5: of the operator; from field to field by the key."""
    with at_most(7, desk("quantri")) as page:
        page.get_by_role("button", name="Ban Biên tập", exact=True).click()
        press(page, "link", name="Các đơn vị", exact=True)
        press(page, "link", name="Thêm đơn vị")
        write(page, "[name=name]", "Ủy ban nhân dân xã Vân Tùng")
        fill_next(page, "code", "ubnd-van-tung")
        page.locator("[name=kind]").click()
        page.locator("[name=kind]").select_option(index=1)
        press(page, "button", name=re.compile("^(Tạo|Lưu)"))
        page.locator(".messages", has_text="Vân Tùng").wait_for()

    with at_most(12, desk("quantri")) as page:
        page.get_by_role("button", name="Thiết lập", exact=True).click()
        press(page, "link", name="Người dùng", exact=True)
        press(page, "link", name="Thêm người dùng")
        write(page, "[name=username]", "hoangthilan")
        fill_next(page, "email", "lan@vi-du.vn")
        fill_next(page, "first_name", "Hoàng Thị Lan")
        fill_next(page, "password1", "rung-nui-dong-song-2026")
        fill_next(page, "password2", "rung-nui-dong-song-2026")
        press(page, "button", name=re.compile("^(Tạo|Thêm|Lưu)"))
        page.locator(".messages", has_text="hoangthilan").wait_for()
        page.locator(".sidebar a[href='/admin/']").first.click()
        page.locator(".pbgdpl-jobs").get_by_role("link", name="Phân công").click()
        for name, label in (
            ("role", "Cán bộ đầu mối"),
            ("user", re.compile("Hoàng Thị Lan")),
            ("unit", re.compile("Vân Tùng")),
        ):
            field = page.locator(f"[name={name}]")
            field.click()
            option = field.locator("option", has_text=label).first
            field.select_option(value=option.get_attribute("value"))
        press(page, "button", name=re.compile("^(Tạo|Lưu)"))
        page.locator(".messages", has_text="Hoàng Thị Lan").wait_for()


def fill_next(page: Any, name: str, text: str) -> None:
    """Go on with the key to a field further down, and type."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            page.keyboard.insert_text(text)
            return
    raise AssertionError(f"The key does not lead to {name}.")
