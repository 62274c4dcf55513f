"""The life of an answer: what it rests on changes, and its unit looks at it again (R16)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NewsFactory, UnitFactory, cleared, factory_for, seated
from tests.questions.case import day, end_of, send, signed_in
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.law_changes import follow_all
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.matters.worklist import waiting_for
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reviews.models import ANSWER_REVIEW, KnownValidity, LawChange, Review
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db

AnswerFactory = factory_for(pages.AnswerPage)
LawFactory = factory_for(pages.LegalDocumentPage)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Tư pháp", categories=["C6", "C7"])


@pytest.fixture
def law(index_of: Any) -> Any:
    return LawFactory(parent=index_of("C7"), title="Luật Hộ tịch", validity="CHL")


def citing(law: Any, articles: str = "Điều 5") -> list[Any]:
    return [("legal_basis", {"name": "Luật Hộ tịch năm 2014", "articles": articles, "page": law})]


@pytest.fixture
def answer(index_of: Any, law: Any, unit: Any) -> Any:
    return AnswerFactory(
        parent=index_of("C6"), title="Khai sinh ở đâu?", unit=unit, legal_basis=citing(law)
    )


def published_anew(page: Any, **changes: Any) -> Any:
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    return publish(page)


def matters() -> list[Matter]:
    return list(Matter.objects.filter(kind=ANSWER_REVIEW).order_by("pk"))


def shown(page: Any) -> str:
    process_cache.forget()
    response = Client().get(page.url)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "lxml").select_one(".pbgdpl-warning")
    return " ".join(found.get_text().split()) if found else ""


class TestAChange:
    def test_the_unit_gets_a_task_and_the_public_is_told(
        self, law: Any, answer: Any, unit: Any
    ) -> None:
        officer = seated("contact_officer", unit=unit)
        head = seated("unit_head", unit=unit)
        follow_all()
        assert shown(answer) == ""
        published_anew(law, validity="HHL1P")
        (matter,) = matters()
        assert (matter.title, matter.category, matter.unit) == (answer.title, "C6", unit)
        assert matter.role == "contact_officer"
        assert matter.due_at == end_of(datetime.date(2026, 3, 16))
        assert [light.pk for light in waiting_for(officer)] == [matter.pk]
        assert waiting_for(head) == []
        assert "Khai sinh ở đâu?" in Notice.objects.get(recipient=officer).text
        text = shown(answer)
        assert "Luật Hộ tịch năm 2014, Điều 5: Hết hiệu lực một phần" in text
        assert "02/03/2026" in text

    def test_a_day_that_comes_is_a_change(self, law: Any, answer: Any, clock: Any) -> None:
        published_anew(law, expired_on=datetime.date(2026, 3, 5))
        assert follow_all() == 0
        clock.move_to(day(4, 23))
        assert follow_all() == 0
        clock.move_to(day(5, 0))
        assert follow_all() == 1
        (matter,) = matters()
        change = LawChange.objects.get()
        assert (change.before, change.after) == ("CHL", "HHL")
        assert change.since == datetime.date(2026, 3, 5)
        assert "05/03/2026" in shown(answer)
        # A tick that comes again, and a later one.
        clock.move_to(day(9))
        assert follow_all() == 0
        assert matters() == [matter]

    def test_after_days_off_it_says_since_when(self, law: Any, answer: Any, clock: Any) -> None:
        published_anew(law, expired_on=datetime.date(2026, 3, 5))
        clock.move_to(day(20))
        assert follow_all() == 1
        assert LawChange.objects.get().since == datetime.date(2026, 3, 5)

    @pytest.mark.parametrize(
        "changes",
        [
            {"title": "Luật Hộ tịch (đã sửa chính tả)"},
            {"document_abstract": "Trích yếu khác"},
            {"validity": ""},
            {"expired_on": datetime.date(2027, 1, 1)},
        ],
    )
    def test_what_does_not_touch_validity_is_none(
        self, law: Any, answer: Any, changes: dict[str, Any]
    ) -> None:
        follow_all()
        published_anew(law, **changes)
        follow_all()
        assert matters() == []
        assert shown(answer) == ""

    def test_a_draft_of_the_document_is_none(self, law: Any, answer: Any) -> None:
        follow_all()
        law.validity = "HHL"
        law.save_revision()
        assert follow_all() == 0
        assert matters() == []

    def test_what_was_over_when_it_was_cited_is_none(self, index_of: Any, unit: Any) -> None:
        old = LawFactory(parent=index_of("C7"), validity="HHL")
        page = AnswerFactory(parent=index_of("C6"), unit=unit, legal_basis=citing(old))
        assert follow_all() == 0
        assert shown(page) == ""

    def test_a_document_that_comes_into_force_is_none(self, index_of: Any, unit: Any) -> None:
        law = LawFactory(parent=index_of("C7"), validity="CCHL")
        AnswerFactory(parent=index_of("C6"), unit=unit, legal_basis=citing(law))
        published_anew(law, validity="CHL")
        assert matters() == []
        assert KnownValidity.objects.get(page=law.pk).validity == "CHL"

    def test_other_answers_are_left_alone(self, law: Any, answer: Any, index_of: Any) -> None:
        other = AnswerFactory(
            parent=index_of("C6"), legal_basis=citing(LawFactory(parent=index_of("C7")))
        )
        draft = AnswerFactory(parent=index_of("C6"), legal_basis=citing(law), live=False)
        published_anew(law, validity="HHL")
        assert list(Review.objects.values_list("page", flat=True)) == [answer.pk]
        assert shown(other) == ""
        assert not draft.live

    def test_a_second_one_is_added(self, law: Any, answer: Any, unit: Any, clock: Any) -> None:
        officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
        published_anew(law, validity="HHL1P")
        (matter,) = matters()
        due = matter.due_at
        send(officer, matter, "review_propose", text="Điều 5 không bị sửa.")
        matter.refresh_from_db()
        assert matter.state == "review_proposed"
        clock.move_to(day(4))
        published_anew(law, validity="HHL")
        (matter,) = matters()
        assert (matter.state, matter.due_at) == ("review_due", due)
        assert Review.objects.get().changes.count() == 2
        # Of one document the last is shown.
        assert shown(answer).count("Luật Hộ tịch") == 1
        assert "một phần" not in shown(answer)
        page = signed_in(head).get(matter.address).content.decode()
        assert "Hết hiệu lực một phần" in page

    def test_what_is_in_force_again_is_added_and_begins_nothing(
        self, law: Any, answer: Any
    ) -> None:
        published_anew(law, validity="TNHL")
        published_anew(law, validity="CHL")
        assert [one.after for one in LawChange.objects.all()] == ["TNHL", "CHL"]
        assert len(matters()) == 1

    def test_of_two_articles_both_are_named(self, law: Any, index_of: Any) -> None:
        page = AnswerFactory(
            parent=index_of("C6"), legal_basis=[*citing(law), *citing(law, "khoản 1 Điều 15")]
        )
        published_anew(law, validity="HHL")
        assert "Điều 5, khoản 1 Điều 15:" in shown(page)


class TestTheEnd:
    @pytest.fixture
    def matter(self, law: Any, answer: Any) -> Matter:
        published_anew(law, validity="HHL")
        (matter,) = matters()
        return matter

    def test_the_head_says_why_it_is_still_right(
        self, matter: Matter, answer: Any, unit: Any
    ) -> None:
        head = seated("unit_head", unit=unit)
        assert send(head, matter, "still_right", text="").status_code == 422
        assert send(head, matter, "still_right", text="Điều 5 vẫn giữ.").status_code == 302
        matter.refresh_from_db()
        assert (matter.state, matter.outcome) == ("still_right", "still_right")
        assert shown(answer) == ""
        assert not Review.objects.get().is_open

    def test_an_officer_proposes_and_does_not_decide(self, matter: Matter, unit: Any) -> None:
        officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
        matter.refresh_from_db()
        assert send(officer, matter, "still_right", text="Vẫn đúng.").status_code == 422
        matter.refresh_from_db()
        assert matter.is_open
        assert send(head, matter, "still_right", text="Vẫn đúng.").status_code == 302

    @pytest.mark.parametrize(
        ("role", "categories"), [("contact_officer", ["C6"]), ("unit_head", ["C6"])]
    )
    def test_another_unit_finds_nothing(
        self, matter: Matter, role: str, categories: list[str]
    ) -> None:
        stranger = seated(role, unit=UnitFactory(categories=categories))
        client = signed_in(stranger)
        assert client.get(matter.address).status_code == 404
        data = {"way": "still_right", "still_right-text": "Vẫn đúng."}
        assert client.post(matter.address, data).status_code == 404
        assert matter.title not in client.get("/admin/reports/pbgdpl/matters/").content.decode()
        matter.refresh_from_db()
        assert matter.is_open

    def test_without_the_category_it_is_not_theirs(self, matter: Matter) -> None:
        matter.unit.categories = ["C2"]
        matter.unit.save()
        officer = seated("contact_officer", unit=matter.unit)
        assert signed_in(officer).get(matter.address).status_code == 404

    def test_an_amended_answer_closes_it(self, matter: Matter, answer: Any, clock: Any) -> None:
        clock.move_to(day(3))
        published_anew(answer, summary="Theo luật mới.")
        matter.refresh_from_db()
        assert (matter.state, matter.outcome) == ("amended", "amended")
        assert shown(answer) == ""

    def test_a_version_from_before_has_not_heard_of_it(
        self, law: Any, answer: Any, clock: Any
    ) -> None:
        answer.summary = "Gửi duyệt trước khi luật thay đổi."
        revision = answer.save_revision()
        cleared(revision)
        clock.move_to(day(3))
        published_anew(law, validity="HHL")
        clock.move_to(day(4))
        revision.publish()
        (matter,) = matters()
        assert matter.is_open
        assert shown(answer)

    def test_taking_down_closes_it(self, matter: Matter, answer: Any) -> None:
        pages.AnswerPage.objects.get(pk=answer.pk).unpublish()
        matter.refresh_from_db()
        assert (matter.state, matter.outcome) == ("answer_withdrawn", "withdrawn")

    def test_so_does_deleting(self, matter: Matter, answer: Any) -> None:
        pages.AnswerPage.objects.get(pk=answer.pk).delete()
        matter.refresh_from_db()
        assert matter.outcome == "withdrawn"

    def test_the_next_change_begins_anew(self, matter: Matter, law: Any, unit: Any) -> None:
        send(seated("unit_head", unit=unit), matter, "still_right", text="Vẫn đúng.")
        published_anew(law, validity="KCPH")
        assert [one.is_open for one in matters()] == [False, True]

    def test_what_is_of_no_unit_is_the_secretarys(self, law: Any, index_of: Any) -> None:
        AnswerFactory(parent=index_of("C6"), unit=None, legal_basis=citing(law))
        secretary = seated("secretary")
        published_anew(law, validity="HHL")
        (matter,) = matters()
        assert matter.role == "secretary"
        assert send(secretary, matter, "still_right", text="Vẫn đúng.").status_code == 302


def test_the_public_page_asks_once_more_at_most(index_of: Any, unit: Any) -> None:
    laws = [LawFactory(parent=index_of("C7"), validity="CHL") for _ in range(3)]
    client, counts = Client(), []
    for number in (1, 3):
        named = [one for law in laws[:number] for one in citing(law)]
        page = AnswerFactory(parent=index_of("C6"), legal_basis=named, unit=unit)
        for code in ("CHL", "HHL1P" if number == 1 else "HHL"):
            for law in laws[:number]:
                published_anew(law, validity=code)
            for _ in range(2):
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(page.url).status_code == 200
            counts.append(len(captured))
    # One more while it is being looked at again, however many laws it names.
    assert counts == [3, 4, 3, 4]


def amending(index_of: Any, law: Any, provisions: str = "", code: str = "amends") -> Any:
    return LawFactory(
        parent=index_of("C7"),
        title="Luật sửa đổi",
        effective_on=datetime.date(2026, 3, 2),
        relations=[
            (
                "relation",
                {
                    "relation": code,
                    "page": law,
                    "number": "",
                    "name": "",
                    "provisions": provisions,
                    "since": None,
                },
            )
        ],
    )


class TestAnotherDocument:
    """D5: it amends, replaces or corrects what items cite; of provisions those alone are told."""

    @pytest.fixture
    def news(self, index_of: Any, unit: Any) -> Any:
        return NewsFactory(
            parent=index_of("C2"),
            title="Bài viết",
            unit=unit,
            body=[("rich_text", "<p>Theo Điều 7 Luật Hộ tịch năm 2014.</p>")],
        )

    @pytest.fixture
    def law(self, law: Any) -> Any:
        return published_anew(law, issued_on=datetime.date(2014, 11, 20))

    def flagged(self) -> list[str]:
        return sorted(one.title for one in matters())

    @pytest.mark.parametrize(
        ("provisions", "flagged"),
        [
            ("", ["Bài viết", "Khai sinh ở đâu?"]),
            ("Điều 5", ["Khai sinh ở đâu?"]),
            ("khoản 1 Điều 7", ["Bài viết"]),
            ("Điều 70", []),
        ],
    )
    def test_who_cites_the_provisions(
        self, law: Any, answer: Any, news: Any, index_of: Any, provisions: str, flagged: list[str]
    ) -> None:
        amending(index_of, law, provisions)
        assert self.flagged() == flagged
        assert follow_all() == 0
        assert self.flagged() == flagged

    def test_the_public_page_says_by_what(
        self, law: Any, answer: Any, news: Any, index_of: Any, clock: Any
    ) -> None:
        amending(index_of, law)
        for page in (answer, news):
            said = shown(page)
            assert "(được sửa đổi, bổ sung bởi Luật sửa đổi)" in said
            assert "02/03/2026" in said
        assert "Luật Hộ tịch năm 2014, Điều 7: Hết hiệu lực một phần" in shown(news)
        clock.move_to(day(3))
        published_anew(news, body=[("rich_text", "<p>Đã sửa.</p>")])
        assert shown(news) == ""
        assert matters()[1].outcome == "amended"

    def test_what_is_replaced_is_told_once_as_ended(
        self, law: Any, news: Any, index_of: Any, clock: Any
    ) -> None:
        new = amending(index_of, law, code="replaces")
        (change,) = LawChange.objects.all()
        assert (change.after, change.by) == ("HHL", new.title)
        clock.move_to(day(9))
        assert follow_all() == 0

    def test_a_day_to_come(self, law: Any, news: Any, index_of: Any, clock: Any) -> None:
        clock.move_to(day(1))
        amending(index_of, law)
        assert follow_all() == 0
        assert matters() == []
        clock.move_to(day(2))
        # That the other is in force is one too, of which nobody is told.
        assert follow_all() == 2
        assert self.flagged() == ["Bài viết"]

    def test_its_own_text_is_no_task(self, law: Any, index_of: Any, unit: Any) -> None:
        """A document cites what it likes: nobody amends its text here."""
        LawFactory(
            parent=index_of("C7"), unit=unit, body=[("rich_text", "<p>Luật Hộ tịch năm 2014</p>")]
        )
        amending(index_of, law)
        assert matters() == []
