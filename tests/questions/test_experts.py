"""Outside experts: asked for a draft to one question, and see nothing else (Q9: LC19 III.1a)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import NewsFactory, UnitFactory, seated
from tests.questions.case import NAME, day, end_of, make, received, send, signed_in
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.provisioning.access import ensure_groups
from wagtail_pbgdpl.provisioning.record import Report
from wagtail_pbgdpl.questions.erasure import erase
from wagtail_pbgdpl.questions.models import EXPERT_DRAFT, Part, Question
from wagtail_pbgdpl.regulations.active import get_regulation

pytestmark = pytest.mark.django_db

ROLE = """
[roles.expert]
name = "Luật sư, luật gia"
scope = "person"
clause = "Kế hoạch 1/KH-UBND"
"""
LISTS = (
    "pbgdpl_questions:list",
    "pbgdpl_questions:list_results",
    "pbgdpl_questions_report",
    "pbgdpl_matters",
    "pbgdpl_ledger",
    "pbgdpl_decisions",
    "pbgdpl_notices",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailusers_users:index",
)
DRAFT = "Theo Điều 609 Bộ luật Dân sự, ông bà có quyền thừa kế."


@pytest.fixture(autouse=True)
def now(time_machine: Any, portal: Any, profile_with: Any) -> Any:
    """Monday, 2 March 2026, under a regulation that has experts."""
    time_machine.move_to(day(2), tick=False)
    profile_with(ROLE)
    ensure_groups(Report(), get_regulation(), portal, None)
    return time_machine


@pytest.fixture
def expert() -> Any:
    return seated("expert")


@pytest.fixture
def question(unit: Any, officer: Any, head: Any) -> Question:
    question = received()
    words = f"Tôi là {NAME}, 0912345678. {question.text}"
    Question.objects.filter(pk=question.pk).update(text=words)
    question.refresh_from_db()
    make(seated("secretary"), question, "forward", topic="noi-dung-khac", unit=unit.pk)
    return question


@pytest.fixture
def draft(question: Question, officer: Any, expert: Any) -> Matter:
    make(officer, question, "ask_expert", expert=expert.pk, days=5, asked="Hàng thừa kế?")
    return Matter.objects.get(kind=EXPERT_DRAFT)


def test_from_the_asking_to_the_answer(
    question: Question, officer: Any, head: Any, expert: Any, draft: Matter
) -> None:
    assert (draft.holder, draft.unit, draft.role) == (expert, question.matter.unit, "expert")
    assert draft.due_at == end_of(day(9).date())
    (letter,) = Notice.objects.filter(recipient=expert)
    assert draft.title in letter.text
    assert NAME not in letter.text
    waits = signed_in(expert).get(reverse("pbgdpl_waiting")).content.decode()
    assert draft.address in waits
    text = signed_in(expert).get(draft.address).content.decode()
    assert "Bố tôi mất năm 2019" in text
    assert "Hàng thừa kế?" in text
    assert send(expert, draft, "expert_hand_in", part="").status_code == 422
    response = send(expert, draft, "expert_hand_in", part=DRAFT)
    assert response["Location"] == reverse("pbgdpl_waiting")
    # Who was asked for one draft is done with it.
    assert signed_in(expert).get(draft.address).status_code == 404
    assert DRAFT in signed_in(officer).get(question.matter.address).content.decode()
    assert Notice.objects.filter(recipient=officer, key__startswith="decision:").exists()
    # It is sent by nobody but the unit.
    assert question.matter.state == "with_unit"
    make(officer, question, "draft", answer="Trả lời.")
    assert make(head, question, "approve").outcome == "answered"


def test_nothing_tells_who_asked(draft: Matter, expert: Any, question: Question) -> None:
    text = signed_in(expert).get(draft.address).content.decode()
    for word in (NAME, "0912345678", "nguoi-hoi@example.vn", question.code):
        assert word not in text
    for name, args in (
        ("pbgdpl_question_contact", [question.pk]),
        ("pbgdpl_question_file", [question.pk, 1]),
        ("pbgdpl_question_page", [question.pk]),
    ):
        response = signed_in(expert).get(reverse(name, args=args))
        assert response.status_code in (302, 403, 404, 405), name
        assert NAME not in response.content.decode()


class TestNothingElse:
    @pytest.fixture
    def other(self, unit: Any) -> Question:
        other = received()
        make(seated("secretary"), other, "forward", topic="noi-dung-khac", unit=unit.pk)
        return other

    def test_by_guessed_address(
        self, expert: Any, draft: Matter, question: Question, other: Question, officer: Any
    ) -> None:
        stranger = seated("expert")
        make(officer, other, "ask_expert", expert=stranger.pk, days=3)
        client = signed_in(expert)
        foreign = Matter.objects.filter(kind=EXPERT_DRAFT).exclude(pk=draft.pk).get()
        for matter in (question.matter, other.matter, foreign):
            assert client.get(matter.address).status_code == 404
            assert client.post(matter.address, {"way": "expert_hand_in"}).status_code == 404
        assert signed_in(stranger).get(draft.address).status_code == 404
        assert signed_in(stranger).get(foreign.address).status_code == 200

    def test_by_list_search_and_report(
        self, expert: Any, draft: Matter, other: Question, index_of: Any
    ) -> None:
        hidden = NewsFactory(parent=index_of("C2"), live=False, title="Tin chưa đăng")
        client = signed_in(expert)
        for name in LISTS:
            text = client.get(f"{reverse(name)}?q=a", follow=True).content.decode()
            for word in (hidden.title, other.number, other.matter.address, NAME):
                assert word not in text, name

    def test_by_choosers_and_the_api(self, expert: Any, draft: Matter, index_of: Any) -> None:
        hidden = NewsFactory(parent=index_of("C2"), live=False, title="Tin chưa đăng")
        client = signed_in(expert)
        for address in (
            reverse("wagtailadmin_choose_page"),
            reverse("wagtailadmin_choose_page_child", args=[index_of("C2").pk]),
            reverse("wagtailadmin_choose_page_search") + "?q=Tin",
            "/admin/api/main/pages/?child_of=" + str(index_of("C2").pk),
            f"/admin/api/main/pages/{hidden.pk}/",
            f"/admin/pages/{hidden.pk}/edit/",
            f"/admin/pages/{hidden.pk}/history/",
        ):
            response = client.get(address)
            assert hidden.title not in response.content.decode(), address

    def test_after_the_seat_has_ended(self, expert: Any, draft: Matter, now: Any) -> None:
        expert.pbgdpl_seats.update(ends_on=day(3).date())
        now.move_to(day(4))
        assert signed_in(expert).get(draft.address).status_code in (302, 404)

    def test_a_colleague_with_the_role_is_not_asked_instead(
        self, expert: Any, draft: Matter
    ) -> None:
        colleague = seated("expert")
        waits = signed_in(colleague).get(reverse("pbgdpl_waiting")).content.decode()
        assert draft.address not in waits
        assert not Notice.objects.filter(recipient=colleague).exists()


class TestAsking:
    def test_not_beyond_the_limit_of_the_question(
        self, question: Question, officer: Any, expert: Any
    ) -> None:
        """Fifteen working days; the draft comes before."""
        matter = question.matter
        response = send(officer, matter, "ask_expert", expert=expert.pk, days=16)
        assert response.status_code == 422
        assert not Part.objects.exists()

    def test_not_the_same_person_twice(
        self, question: Question, officer: Any, expert: Any, draft: Matter
    ) -> None:
        again = send(officer, question.matter, "ask_expert", expert=expert.pk, days=2)
        assert again.status_code == 422
        assert Part.objects.count() == 1

    def test_nobody_without_the_role(self, question: Question, officer: Any) -> None:
        seated("expert")
        stranger = seated("contact_officer")
        response = send(officer, question.matter, "ask_expert", expert=stranger.pk, days=2)
        assert response.status_code == 422

    def test_not_by_another_unit(self, question: Question, expert: Any) -> None:
        stranger = seated("unit_head", unit=UnitFactory(categories=["C6"]))
        assert send(stranger, question.matter, "ask_expert", days=2).status_code == 404

    def test_where_there_is_none_nothing_is_offered(self, question: Question, officer: Any) -> None:
        text = signed_in(officer).get(question.matter.address).content.decode()
        assert 'value="ask_expert"' not in text


class TestTheEnd:
    def test_declined(self, draft: Matter, expert: Any, officer: Any, question: Question) -> None:
        assert send(expert, draft, "expert_decline", text="Bận.").status_code == 302
        draft.refresh_from_db()
        assert draft.outcome == "expert_declined"
        assert "Bận." in Event.objects.filter(move="expert_decline").get().text

    def test_asked_no_longer(self, draft: Matter, expert: Any, head: Any) -> None:
        assert send(head, draft, "expert_recall", text="Đã có trả lời.").status_code == 302
        assert signed_in(expert).get(draft.address).status_code == 404
        response = send(expert, draft, "expert_hand_in", part=DRAFT)
        assert response.status_code == 404
        assert Part.objects.get().text == ""

    def test_with_the_question(
        self, draft: Matter, expert: Any, officer: Any, head: Any, question: Question
    ) -> None:
        make(officer, question, "draft", answer="Trả lời.")
        make(head, question, "approve")
        draft.refresh_from_db()
        assert (draft.state, draft.is_open) == ("part_not_needed", False)
        assert signed_in(expert).get(draft.address).status_code == 404

    def test_it_goes_with_the_question_to_another_unit(
        self, draft: Matter, officer: Any, question: Question
    ) -> None:
        other = UnitFactory(categories=["C6"])
        make(officer, question, "transfer", unit=other.pk, text="Đúng thẩm quyền.")
        draft.refresh_from_db()
        assert draft.unit == other

    def test_erasure_takes_the_draft(self, draft: Matter, expert: Any, question: Question) -> None:
        send(expert, draft, "expert_hand_in", part=DRAFT)
        erase(question)
        assert list(Part.objects.values_list("asked", "text")) == [("", "")]
