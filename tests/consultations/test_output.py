"""C12: the table as the file of the draft needs it, and comments that say nearly the same."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup

from tests.consultations.conftest import BODY
from tests.consultations.test_carrying import publish_with, renumbered
from tests.consultations.test_played import make, press, table
from tests.factories import UnitFactory, seated
from tests.questions.case import day, signed_in
from wagtail_pbgdpl.consultations import alike, cases
from wagtail_pbgdpl.consultations import table as table_of_comments
from wagtail_pbgdpl.consultations.models import Answer, Comment, Consultation
from wagtail_pbgdpl.core.base_page import page_of

CAMPAIGN = (
    "Kính gửi Sở Tư pháp. Tôi đề nghị giữ nguyên mức hỗ trợ cho hòa giải viên ở thôn, bản vùng cao "
    "như quy định cũ, vì đường xa và phải đi lại nhiều lần trong tháng."
)


def sent(consultation: Consultation, anchor: str, text: str, **who: Any) -> Comment:
    return cases.receive(consultation, anchor, text, who)


@pytest.fixture
def comments(consultation: Consultation, secretary: Any) -> list[Comment]:
    one = sent(consultation, "dieu-1", CAMPAIGN)
    formula = sent(consultation, "dieu-2", '=HYPERLINK("http://x.example") của 0912345678')
    two = sent(consultation, "dieu-1", f"Tôi là Lò Văn Pá. {CAMPAIGN}", full_name="Lò Văn Pá")
    against = sent(consultation, "dieu-1", CAMPAIGN.replace("giữ nguyên", "không giữ nguyên"))
    hidden = sent(consultation, "", "Nội dung bị cấm")
    for row in (one, two, against):
        make(secretary, row.matter, "comment_show")
    make(secretary, formula.matter, "comment_show", passages="0912345678", text="số điện thoại")
    make(secretary, hidden.matter, "comment_withhold", text="BK21 Điều 7")
    return [one, two, against, formula]


def test_copies_stand_together_and_get_one_answer(
    consultation: Consultation, comments: list[Comment], officer: Any, now: Any
) -> None:
    """A campaign for something, and one copy that says the opposite."""
    one, two, against, _formula = comments
    assert alike.of(consultation) == {one.pk: [one.pk, two.pk]}
    narrowed = f"{table(consultation)}?giong={one.pk}"
    soup = BeautifulSoup(signed_in(officer).get(narrowed).content, "lxml")
    chosen = {box["value"] for box in soup.select("input[name=id]")}
    assert chosen == {str(row.matter.pk) for row in (one, two)}
    for guessed in ("x", "9" * 30, str(against.pk)):
        address = f"{table(consultation)}?giong={guessed}"
        assert signed_in(officer).get(address).status_code == 200
    # What stands elsewhere in a new version is compared anew.
    Comment.objects.filter(pk=two.pk).update(place="")
    publish_with(page_of(consultation.page), BODY[0], renumbered(BODY[1], "3"))
    assert alike.of(consultation) == {}
    Comment.objects.filter(pk=two.pk).update(place="dieu-1")
    # So is what somebody corrects.
    sent(consultation, "dieu-1", CAMPAIGN.upper())
    assert len(alike.of(consultation)[one.pk]) == 3


def test_the_files(
    consultation: Consultation, comments: list[Comment], officer: Any, now: Any
) -> None:
    one, two, *_others = comments
    now.move_to(day(31, 23) + (day(2) - day(1)), tick=False)
    cases.follow_all()
    press(officer, consultation, "group", one, two, group="Mức hỗ trợ")
    press(officer, consultation, "answer", one, two, verdict="accepted", answer="Giữ như cũ.")
    client = signed_in(officer)
    word = client.get(f"{table(consultation)}table.docx")
    assert word["Content-Disposition"] == (
        f'attachment; filename="tong-hop-y-kien-{consultation.pk}.docx"'
    )
    document = docx.Document(io.BytesIO(word.content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows][1:]
    assert [row[0] for row in rows] == ["Điều 1", "Điều 1", "Điều 2"]
    assert rows[0][1] == "Cá nhân và 1 chủ thể khác có cùng nội dung"
    assert rows[0][2] == CAMPAIGN
    assert rows[0][3] == "Tiếp thu\nGiữ như cũ."
    assert rows[1][3] == ""
    text = "\n".join(one.text for one in document.paragraphs)
    assert "từ ngày 02/03/2026 đến ngày 31/03/2026" in text
    assert "4 ý kiến nhận được" in text
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{table(consultation)}table.xlsx").content)
    ).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for said in (" ".join(str(cell.value) for cell in cells), str(rows)):
        for word_ in ("0912345678", "Lò Văn Pá", "bị cấm"):
            assert word_ not in said.replace(CAMPAIGN, "")


def test_nobody_else_takes_them_away(consultation: Consultation, comments: list[Comment]) -> None:
    stranger = seated("contact_officer", unit=UnitFactory(categories=["C12"]))
    for form in ("docx", "xlsx"):
        address = f"{table(consultation)}table.{form}"
        assert signed_in(stranger).get(address).status_code == 404


def test_a_campaign_is_answered_once(
    consultation: Consultation, officer: Any, secretary: Any, now: Any, monkeypatch: Any
) -> None:
    """More than a page of the table, at presses of so many each; who wanted it is told."""
    monkeypatch.setattr(table_of_comments, "MOST", 2)
    monkeypatch.setattr(table_of_comments, "MOST_AT_ONCE", 3)
    who = {"email": "a@example.vn"}
    first = cases.receive(consultation, "dieu-1", CAMPAIGN, who, wants_answer=True)
    for number in range(4):
        cases.receive(consultation, "dieu-1", f"{CAMPAIGN} {number}", who, wants_answer=True)
    sent(consultation, "dieu-2", "Khác hẳn.")
    narrowed = f"{table(consultation)}?giong={first.pk}"

    def press_for_all(user: Any, way: str, **said: str) -> Any:
        client = signed_in(user)
        soup = BeautifulSoup(client.get(narrowed).content, "lxml")
        assert len(soup.select("input[name=id]")) == 2
        assert soup.select_one("input[name=every]")
        data = {f"{way}-{name}": value for name, value in said.items()}
        data |= {"way": way, "every": "on", "as_of": soup.select_one("[name=as_of]")["value"]}
        return client.post(narrowed, data)

    left = press_for_all(secretary, "show")
    assert (left.status_code, left.context["rest"]) == (200, 2)
    assert press_for_all(secretary, "show").status_code == 302
    assert consultation.comments.filter(is_shown=True).count() == 5
    said = {"verdict": "partly", "answer": "Tiếp thu một phần."}
    left = press_for_all(officer, "answer", **said)
    # What was typed is there for the next press.
    assert "Tiếp thu một phần." in left.content.decode()
    assert press_for_all(officer, "answer", **said).status_code == 302
    answers = set(consultation.comments.values_list("answer", flat=True))
    assert answers == {None, Answer.objects.get().pk}
    assert consultation.comments.exclude(answer=None).count() == 5
    # What moved after the person looked is left out, and nothing waits any longer.
    assert press_for_all(officer, "answer", **said).status_code == 422
