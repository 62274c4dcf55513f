"""Questions from the receipt to the answer, by the admin's own addresses, under three regulations.

C6, Q1–Q6, Q10, Q12, T3, T8, T12: BK21 Điều 12.1c; BK18 Điều 7.1f; BP20 Điều 9.3e, 11.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import LegalFieldFactory, UnitFactory, seated
from tests.questions.case import WORDS, day, end_of, make, received, send, signed_in, state
from wagtail_pbgdpl.matters.deeds import Deed, Refused, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions import cases, publication
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def under(settings: Any, profile: str) -> None:
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": profile}


def to_the_asker() -> list[Notice]:
    return list(Notice.objects.filter(address="nguoi-hoi@example.vn").order_by("pk"))


def sorts() -> list[str]:
    return [one.key.partition(":")[0] for one in to_the_asker()]


class Unit:
    def __init__(self, category: str) -> None:
        self.row = UnitFactory(categories=[category])
        self.officer = seated("contact_officer", unit=self.row)
        self.head = seated("unit_head", unit=self.row)


def test_bk21_from_the_forwarding(now: Any) -> None:
    """Fifteen working days from when the unit receives it; what has to be published waits."""
    unit, other, secretary = Unit("C6"), Unit("C6"), seated("secretary")
    field = LegalFieldFactory(name="Đất đai")
    question = received()
    matter = question.matter
    assert (matter.state, matter.due_at, question.number[:8]) == ("received", None, "HD-2026-")
    waits = reverse("pbgdpl_waiting")
    assert matter.address in signed_in(secretary).get(waits).content.decode()
    assert sorts() == ["question_received"]

    now.move_to(day(4), tick=False)
    said = {"topic": "quan-ly-nha-nuoc", "heading": "Thừa kế", "legal_field": field.pk}
    row = make(secretary, question, "forward", unit=unit.row.pk, **said)
    assert (row.state, row.unit, row.clause) == (
        "with_unit",
        unit.row,
        "Điều 12 khoản 1 điểm c",
    )
    assert row.due_at == end_of(day(25).date())
    assert row.title == f"{question.number} · Đất đai"
    assert row.address in signed_in(unit.officer).get(waits).content.decode()

    make(unit.officer, question, "transfer", unit=other.row.pk, text="Không thuộc lĩnh vực")
    assert question.matter.due_at == end_of(day(25).date())
    assert signed_in(unit.officer).get(row.address).status_code == 404

    # A pause from the 5th to the 10th: three working days.
    now.move_to(day(5), tick=False)
    make(other.officer, question, "ask_more", wanted="Đất ở xã nào?")
    assert question.matter.due_at is None
    now.move_to(day(10), tick=False)
    cases.supplied(question, "Ở xã Yên Cư.")
    row = question.matter
    assert (row.state, row.due_at) == ("with_unit", end_of(day(30).date()))

    now.move_to(day(27), tick=False)
    row = make(other.head, question, "extend", days=5, text="Cần xác minh hồ sơ địa chính")
    assert row.due_at == end_of(day(30).date().replace(month=4, day=6))
    kept = row.events.get(move="extend").detail
    assert kept == {"days": 5, "before": end_of(day(30).date()).isoformat()}
    page = signed_in(other.officer).get(row.address).content.decode()
    assert "Ở xã Yên Cư." in page
    assert "Extended by 5 working days." in page or "gia hạn" in page.lower()

    make(other.officer, question, "draft", answer="Theo Điều 651 Bộ luật Dân sự …")
    make(other.head, question, "send_back", text="Bổ sung căn cứ")
    make(other.officer, question, "draft", answer="Theo Điều 651 và Điều 652 …")
    row = make(other.head, question, "approve")
    assert (row.state, row.outcome, row.unit_at_close) == ("to_publish", "answered", other.row)
    assert row.closed_by == other.head
    assert row.address in signed_in(other.officer).get(waits).content.decode()
    assert sorts() == [
        "question_received",
        "question_transferred",
        "question_asked",
        "question_extended",
        "question_answered",
    ]
    assert "Theo Điều 651 và Điều 652" in to_the_asker()[-1].text
    assert not any(WORDS in one.text for one in Notice.objects.all())

    publication.published(question.number, "/hoi-dap/thua-ke/")
    assert publication.published(question.number, "/hoi-dap/thua-ke/") is None
    question.refresh_from_db()
    assert (state(question), question.public_address) == ("published", "/hoi-dap/thua-ke/")
    cases.rate(question, 5, "Rõ ràng")
    with pytest.raises(ValidationError):
        cases.rate(question, 1)
    assert Question.objects.get(pk=question.pk).rating == 5
    # What can never be erased has none of the asker's words.
    written = [*row.events.values_list("text", "title", "detail"), row.title]
    assert WORDS not in str(written)
    assert "Yên Cư" not in str(written)


def test_bk18_from_the_receipt(now: Any, settings: Any) -> None:
    """Fifteen working days from the receipt, before anybody has classified it."""
    under(settings, "bac_kan_portal_2018")
    unit, secretary = Unit("hoi-dap"), seated("secretary")
    question = received()
    assert question.matter.due_at == end_of(day(23).date())
    now.move_to(day(9), tick=False)
    row = make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.row.pk)
    assert (row.due_at, row.category) == (end_of(day(23).date()), "hoi-dap")

    make(unit.officer, question, "give_back", text="Không thuộc thẩm quyền")
    assert signed_in(unit.officer).get(row.address).status_code == 404
    row = make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.row.pk)
    assert row.due_at == end_of(day(23).date())
    now.move_to(day(20), tick=False)
    make(secretary, question, "extend", days=10, text="Xin ý kiến Bộ")
    assert question.matter.due_at == end_of(day(23).date().replace(month=4, day=6))
    make(unit.officer, question, "draft", answer="Trả lời")
    assert make(unit.head, question, "approve").state == "answered"

    row = make(secretary, question, "reopen", text="Người hỏi khiếu nại câu trả lời")
    assert (row.state, row.is_open, row.outcome, row.extended_by) == ("received", True, "", 0)
    assert row.due_at == end_of(day(20).date().replace(month=4, day=10))
    assert make(secretary, question, "out_of_scope", text="Việc của Tòa án").outcome == (
        "out_of_scope"
    )
    assert "Việc của Tòa án" in to_the_asker()[-1].text


def test_bp20_by_the_board_with_two_units(now: Any, settings: Any) -> None:
    """A ministry is asked: thirty days. The board has the last word, two units work on it."""
    under(settings, "binh_phuoc_2020")
    lead, other = Unit("hoi-dap"), Unit("hoi-dap")
    secretary, chief = seated("secretary"), seated("chief")
    question = received()
    assert question.matter.due_at == end_of(day(23).date())
    said = {"topic": "xin-y-kien-bo-nganh", "unit": lead.row.pk, "others": other.row.pk}
    row = make(secretary, question, "forward", asked="Ý kiến về án phí", **said)
    thirty = end_of(day(13).date().replace(month=4))
    assert (row.clause, row.due_at) == ("Điều 9 khoản 3 điểm e", thirty)

    part = Matter.objects.get(kind="question_part")
    assert (part.unit, part.due_at, part.state) == (other.row, thirty, "part_asked")
    waits = reverse("pbgdpl_waiting")
    assert part.address in signed_in(other.officer).get(waits).content.decode()
    # Each sees its own: the lead not the part's page, the other not the question's.
    assert signed_in(other.officer).get(row.address).status_code == 404
    assert signed_in(lead.officer).get(part.address).status_code == 404
    make(lead.head, question, "extend", days=3, text="Chờ ý kiến")
    part.refresh_from_db()
    assert part.due_at == question.matter.due_at == end_of(day(16).date().replace(month=4))

    make(lead.officer, question, "draft", answer="Dự thảo trả lời")
    refused = send(lead.head, question.matter, "approve")
    assert refused.status_code == 422
    assert send(other.officer, part, "part_draft", part="Miễn án phí").status_code == 302
    assert "Miễn án phí" not in signed_in(lead.head).get(row.address).content.decode()
    assert send(other.head, part, "part_sign").status_code == 302
    assert "Miễn án phí" in signed_in(lead.head).get(row.address).content.decode()

    row = make(lead.head, question, "approve")
    assert (row.state, row.role, row.is_open) == ("with_board", "chief", True)
    assert "question_answered" not in sorts()
    make(chief, question, "board_send_back", text="Viết lại cho dễ hiểu")
    make(lead.officer, question, "draft", answer="Trả lời dễ hiểu")
    make(lead.head, question, "approve")
    row = make(chief, question, "board_approve")
    assert (row.state, row.outcome) == ("answered", "answered")
    assert "Trả lời dễ hiểu" in to_the_asker()[-1].text


def test_without_a_part_only_with_a_reason() -> None:
    """Q5: who does not wait for a co-ordinating unit says why, and it is kept."""
    lead, other, secretary = Unit("C6"), Unit("C6"), seated("secretary")
    question = received()
    said = {"topic": "noi-dung-khac", "unit": lead.row.pk, "others": other.row.pk}
    make(secretary, question, "forward", **said)
    make(lead.head, question, "draft", answer="Trả lời")
    row = make(lead.head, question, "approve", without="Quá hạn phối hợp")
    assert (row.state, row.events.get(move="approve").detail["without"]) == (
        "answered",
        "Quá hạn phối hợp",
    )
    part = Matter.objects.get(kind="question_part")
    assert (part.state, part.outcome) == ("part_not_needed", "part_not_needed")
    assert "Quá hạn phối hợp" in signed_in(lead.head).get(row.address).content.decode()


def test_a_unit_that_comes_to_lead_owes_no_part() -> None:
    """Q5: transferred to one of those that were asked beside the first."""
    first, other, third = Unit("C6"), Unit("C6"), Unit("C6")
    secretary, question = seated("secretary"), received()
    said = {"topic": "noi-dung-khac", "unit": first.row.pk}
    make(secretary, question, "forward", others=[other.row.pk, third.row.pk], **said)
    make(first.officer, question, "transfer", unit=other.row.pk, text="Thuộc đơn vị phối hợp")
    states = dict(Matter.objects.filter(kind="question_part").values_list("unit", "state"))
    assert states == {other.row.pk: "part_not_needed", third.row.pk: "part_asked"}
    make(other.officer, question, "give_back", text="Không thuộc thẩm quyền")
    make(secretary, question, "forward", **(said | {"unit": third.row.pk}))
    make(third.officer, question, "draft", answer="Trả lời")
    assert make(third.head, question, "approve").state == "answered"


def test_what_leads_on_stands_first() -> None:
    """The first form of the page is the one that is open: a head approves before drafting anew."""
    lead, other, secretary = Unit("C6"), Unit("C6"), seated("secretary")
    question = received()

    def first(user: Any, matter: Matter) -> Any:
        return signed_in(user).get(matter.address).context["ways"][0]["name"]

    assert first(secretary, question.matter) == "forward"
    said = {"topic": "noi-dung-khac", "unit": lead.row.pk, "others": other.row.pk}
    make(secretary, question, "forward", **said)
    part = Matter.objects.get(kind="question_part")
    assert (first(lead.officer, question.matter), first(other.head, part)) == (
        "draft",
        "part_draft",
    )
    make(lead.officer, question, "draft", answer="Trả lời")
    send(other.officer, part, "part_draft", part="Ý kiến")
    assert (first(lead.head, question.matter), first(other.head, part)) == ("approve", "part_sign")


def test_a_limit_that_the_board_sets(settings: Any) -> None:
    """Q11: BP20 Điều 11.3."""
    under(settings, "binh_phuoc_2020")
    unit, secretary = Unit("hoi-dap"), seated("secretary")
    question = received()
    said = {"topic": "tu-van-phap-luat", "unit": unit.row.pk}
    assert send(secretary, question.matter, "forward", **said).status_code == 422
    row = make(secretary, question, "forward", days=7, **said)
    assert (row.rule, row.due_at) == ("board", end_of(day(11).date()))


def test_feedback_goes_by_its_own_rule(settings: Any) -> None:
    """Q10: BP20 Điều 11.2, from when the unit receives it."""
    under(settings, "binh_phuoc_2020")
    unit, secretary = Unit("hoi-dap"), seated("secretary")
    question = received("feedback")
    assert (question.number[:2], question.matter.due_at) == ("PH", None)
    row = make(secretary, question, "forward", unit=unit.row.pk)
    assert (row.kind, row.rule, row.due_at) == ("feedback", "phan-hoi", end_of(day(23).date()))


def test_without_an_officer_it_is_the_heads(settings: Any) -> None:
    row, secretary = UnitFactory(categories=["C6"]), seated("secretary")
    head, question = seated("unit_head", unit=row), received()
    make(secretary, question, "forward", topic="noi-dung-khac", unit=row.pk)
    assert question.matter.role == "unit_head"
    make(head, question, "draft", answer="Trả lời")
    assert make(head, question, "approve").state == "answered"


def test_the_asker_withdraws(settings: Any) -> None:
    unit, other, secretary = Unit("C6"), Unit("C6"), seated("secretary")
    question = received()
    said = {"topic": "noi-dung-khac", "unit": unit.row.pk, "others": other.row.pk}
    make(secretary, question, "forward", **said)
    cases.withdraw(question)
    assert (state(question), question.matter.outcome) == ("withdrawn", "withdrawn")
    assert Matter.objects.get(kind="question_part").outcome == "part_not_needed"
    for late in (lambda: cases.withdraw(question), lambda: cases.supplied(question, "Thêm")):
        with pytest.raises(Refused):
            late()


@pytest.mark.parametrize(
    ("way", "values", "field"),
    [
        ("forward", {"topic": "noi-dung-khac"}, "unit"),
        ("forward", {"topic": "khac"}, "topic"),
        ("ask_more", {"wanted": " "}, "wanted"),
        ("extend", {"days": 31, "text": "Lâu"}, "days"),
        ("extend", {"days": 5, "text": "Chưa có thời hạn"}, "days"),
        ("out_of_scope", {}, "text"),
        ("duplicate", {"number": "HD-2026-999999"}, "number"),
    ],
)
def test_a_mistake_is_said_at_its_field(way: str, values: dict[str, Any], field: str) -> None:
    question = received()
    response = send(seated("secretary"), question.matter, way, **values)
    assert response.status_code == 422
    forms = {one["name"]: one["form"] for one in response.context["ways"]}
    assert field in forms[way].errors
    assert state(question) == "received"
    for name, value in values.items():
        assert str(forms[way][name].value()).strip() == str(value).strip()


def test_the_same_as_another() -> None:
    secretary, first, second = seated("secretary"), received(), received()
    make(secretary, second, "duplicate", number=first.number)
    second.refresh_from_db()
    assert second.same_as == first
    assert first.number not in to_the_asker()[-1].text


def test_too_late_to_extend(now: Any, settings: Any) -> None:
    """BK18 Điều 7.1f: the new limit is told within the old one."""
    under(settings, "bac_kan_portal_2018")
    question = received()
    now.move_to(day(24), tick=False)
    response = send(seated("secretary"), question.matter, "extend", days=5, text="Muộn")
    assert response.status_code == 422
    assert question.matter.extended_by == 0


def test_letters_speak_of_no_publication(now: Any, settings: Any, english: None) -> None:
    """What waits, and what is late, is named by its kind: nothing is to be published here."""
    settings.LANGUAGE_CODE = "en"
    secretary, unit = seated("secretary"), Unit("C6")
    question = received()
    said = {"topic": "noi-dung-khac", "unit": unit.row, "others": []}
    act(Deed(question.matter, "forward", secretary, values=said))
    letter = Notice.objects.get(recipient=unit.officer)
    assert f"Question of the public: {question.number}" in letter.text
    assert "Time limit: 23/03/2026 23:59" in letter.text
    now.move_to(day(25), tick=False)
    assert remind() >= 1
    reminder = Notice.objects.get(recipient=unit.officer, key__startswith="reminder")
    assert reminder.subject == "Time limits: 1 late, 0 due soon"
    assert f"1. Question of the public: {question.number}" in reminder.text
    assert reverse("pbgdpl_matters") in reminder.text
    for text in (letter.subject, letter.text, reminder.subject, reminder.text):
        assert "publication" not in text
        assert "published" not in text
