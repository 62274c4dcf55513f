"""C17: an online dialogue, from the first question to the minutes, by address."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.asking.conftest import Browser
from tests.consultations.conftest import make_page
from tests.consultations.test_played import make, press, public_text, table
from tests.questions.case import day, send, signed_in
from wagtail_pbgdpl.consultations import cases
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.consultations.output import head_of, rows_of
from wagtail_pbgdpl.consultations.sorts import Sort
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.worktime import VIETNAM

GUEST = "Bà Nông Thị Hạnh – Phó Giám đốc Sở Tư pháp"
HELD = datetime.datetime(2026, 3, 6, 14, tzinfo=VIETNAM)
ABOUT: dict[str, Any] = {
    "sort": Sort.DIALOGUE,
    "held_at": HELD,
    "guests": f"{GUEST}\nÔng Lý Văn Sơn – Trưởng phòng",
    "closes_on": None,
    "body": [],
    "questions": "Hộ tịch\nĐất đai",
}


@pytest.fixture
def page(now: Any, unit: Any, index_of: Any) -> Any:
    return make_page(index_of("C12"), unit, **ABOUT)


def test_what_a_dialogue_needs(index_of: Any, unit: Any, now: Any) -> None:
    for wrong in ({"guests": ""}, {"held_at": None}, {"opens_on": None}):
        with pytest.raises(ValidationError, match="đối thoại"):
            make_page(index_of("C12"), unit, **ABOUT | wrong)
    with pytest.raises(ValidationError, match="ngày đối thoại"):
        make_page(index_of("C12"), unit, **ABOUT | {"closes_on": datetime.date(2026, 3, 5)})


def test_from_the_first_question_to_the_minutes(
    page: Any,
    consultation: Consultation,
    browser: Browser,
    officer: Any,
    head: Any,
    secretary: Any,
    chief: Any,
    now: Any,
) -> None:
    # It closes with the day on which it is held, and says when, with whom.
    assert consultation.closes_on == HELD.date()
    shown = public_text(page.url)
    assert "14:00" in shown
    assert GUEST in shown
    page.sort = Sort.DRAFT
    with pytest.raises(ValidationError, match="loại khác"):
        page.full_clean()

    # Before: a question on a topic, by somebody who wants to be told.
    browser.open(page.url)
    browser.open(browser.soup.select_one("a[href$='gop-y/cau-hoi-2/']")["href"])
    asked = {"email": "pa@example.vn", "wants_answer": "on", "consent": "on"}
    browser.send(text="Bao giờ cấp sổ đỏ cho thôn?", **asked)
    assert "câu hỏi" in browser.text
    first = Comment.objects.get()
    press(secretary, consultation, "show", first)
    listed = f"/pbgdpl/du-thao/{page.pk}/y-kien/"
    assert "sổ đỏ" in public_text(listed)

    # During: another, and an answer in the name of a guest, which the board looks at.
    now.move_to(HELD, tick=False)
    second = cases.receive(consultation, "", "Khai sinh muộn có bị phạt không?", {})
    press(secretary, consultation, "show", second)
    stranger = {"guest": "Ai đó", "answer": "Có."}
    assert press(officer, consultation, "answer", first, **stranger).status_code == 422
    said = {"guest": GUEST, "answer": "Trong quý II năm nay."}
    assert press(officer, consultation, "answer", first, **said).status_code == 302
    assert first.matter.state == "comment_to_tell"
    assert "quý II" not in public_text(listed)
    assert send(officer, first.matter, "comment_tell").status_code != 302
    assert press(secretary, consultation, "return", first, text="Ghi rõ tháng.").status_code == 302
    press(officer, consultation, "answer", first, **said | {"answer": "Trong tháng 5 năm 2026."})
    assert not Notice.objects.filter(key__startswith="comment_outcome").exists()
    assert press(secretary, consultation, "tell", first).status_code == 302
    shown = public_text(listed)
    assert "tháng 5 năm 2026" in shown
    assert GUEST in shown
    letter = Notice.objects.get(address="pa@example.vn", key__startswith="comment_outcome")
    assert GUEST in letter.text
    assert "tháng 5" in letter.text

    # Afterwards: nothing comes in, the rest is answered, and the board publishes the minutes.
    now.move_to(day(7), tick=False)
    cases.follow_all()
    with pytest.raises(cases.Closed, match="06/03/2026"):
        cases.receive(consultation, "", "Muộn?", {})
    assert send(head, consultation.matter, "consult_propose").status_code == 422
    press(officer, consultation, "answer", second, guest=GUEST, answer="Không.")
    press(secretary, consultation, "tell", second)
    make(head, consultation.matter, "consult_propose")
    make(chief, consultation.matter, "consult_summarise")
    assert "Biên bản đối thoại" in public_text(page.url)
    assert Notice.objects.filter(key__startswith="comment_outcome").count() == 1
    head_, rows = head_of(consultation, consultation.matter), rows_of(consultation, officer)
    assert head_.form.title.startswith("BIÊN BẢN")
    assert {row.decision for row in rows} == {GUEST}
    # No document comes of it, and nothing is answered any longer.
    assert send(officer, consultation.matter, "consult_issue").status_code != 302
    content = signed_in(officer).get(table(consultation)).content.decode()
    assert 'value="answer"' not in content
