"""A case printed as a letter to the unit; the real file is read back (Q1, Q7, R11)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from tests.factories import LegalFieldFactory, UnitFactory, UserFactory, seated
from tests.questions.case import NAME, SENDER, WORDS, make, received, signed_in
from tests.questions.test_files import attached
from wagtail_pbgdpl.questions import cases, transfer_slip
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Nông nghiệp và Môi trường", categories=["C6"])


@pytest.fixture
def question(unit: Any) -> Question:
    field = LegalFieldFactory(name="Đất đai")
    found = received(legal_field=field, commune="Xã Yên Cư")
    attached(found)
    said = {"unit": unit.pk, "topic": "noi-dung-khac", "legal_field": field.pk, "text": "Trả lời"}
    make(seated("secretary"), found, "forward", **said)
    return found


def address(pk: int) -> str:
    return reverse("pbgdpl_question_slip", args=[pk])


def read(response: Any) -> tuple[Any, str]:
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return document, "\n".join([*cells, *(one.text for one in document.paragraphs)])


def test_the_form_of_the_decree(question: Question, unit: Any) -> None:
    client = signed_in(seated("contact_officer", unit=unit))
    assert f'href="{address(question.pk)}"' in client.get(question.matter.address).content.decode()
    response = client.get(address(question.pk))
    assert response["Content-Type"] == transfer_slip.WORD
    expected = f'attachment; filename="phieu-chuyen-{question.number}.docx"'
    assert response["Content-Disposition"] == expected
    assert "no-store" in response["Cache-Control"]
    document, text = read(response)
    left, right = document.tables[0].rows[0].cells
    assert [one.text for one in left.paragraphs] == [
        "ỦY BAN NHÂN DÂN TỈNH BẮC KẠN",
        "SỞ TƯ PHÁP TỈNH BẮC KẠN",
        "",
        "Số:          /PC-",
    ]
    assert [one.text for one in right.paragraphs] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "",
        "Bắc Kạn, ngày 02 tháng 03 năm 2026",
    ]
    page = document.sections[0]
    widths = (page.page_width, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in widths] == [210, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    foot = document.tables[1].rows[0].cells
    assert [one.text for one in foot[0].paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert foot[1].text == "THƯ KÝ BAN BIÊN TẬP"
    body = [one.text for one in document.paragraphs]
    assert "PHIẾU CHUYỂN CÂU HỎI" in body
    assert "Kính gửi: Sở Nông nghiệp và Môi trường" in body
    assert WORDS in body
    assert f"câu hỏi số {question.number} ngày 02/03/2026" in text
    assert "Lĩnh vực pháp luật: Đất đai." in body
    assert "Nơi xảy ra sự việc: Xã Yên Cư." in body
    assert "Kèm theo: 1 tệp trên Cổng." in body
    assert "Ý kiến của Ban Biên tập: Trả lời" in body
    assert "Thời hạn trả lời: chậm nhất hết ngày 23/03/2026 (Điều 12 khoản 1 điểm c)." in body


def test_contact_data_only_with_a_purpose(question: Question, unit: Any) -> None:
    """Each person for themselves: what one has said lets nobody else read it."""
    officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
    contact = reverse("pbgdpl_question_contact", args=[question.pk])
    secrets = (NAME, SENDER["email"], SENDER["phone"])
    _document, text = read(signed_in(officer).get(address(question.pk)))
    assert not [one for one in secrets if one in text]
    assert transfer_slip.BEHIND_A_PURPOSE in text
    signed_in(officer).post(contact, {"purpose": "Gọi hỏi thêm"})
    _document, text = read(signed_in(officer).get(address(question.pk)))
    assert all(one in text for one in secrets)
    assert transfer_slip.BEHIND_A_PURPOSE not in text
    _document, text = read(signed_in(head).get(address(question.pk)))
    assert not [one for one in secrets if one in text]


def test_whose_it_is_not(question: Question, unit: Any) -> None:
    """R11: another unit, a guessed number, one that no unit has, one that is erased."""
    for user in (seated("contact_officer"), seated("unit_head"), seated("operator")):
        assert signed_in(user).get(address(question.pk)).status_code == 404, user
    assert signed_in(UserFactory()).get(address(question.pk)).status_code in (302, 403)
    assert Client().get(address(question.pk)).status_code == 302
    secretary = seated("secretary")
    client = signed_in(secretary)
    assert client.get(address(question.pk)).status_code == 200
    assert client.post(address(question.pk)).status_code == 405
    fresh = received()
    for pk in (fresh.pk, 999_999):
        assert client.get(address(pk)).status_code == 404
    assert address(fresh.pk) not in client.get(fresh.matter.address).content.decode()
    cases.withdraw(question)
    make(secretary, question, "erase", text="Xóa")
    assert client.get(address(question.pk)).status_code == 404


def test_without_the_extra(question: Question, unit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer_slip, "writes_word", lambda: False)
    client = signed_in(seated("contact_officer", unit=unit))
    page = client.get(question.matter.address)
    assert page.status_code == 200
    assert address(question.pk) not in page.content.decode()
    assert client.get(address(question.pk)).status_code == 404
