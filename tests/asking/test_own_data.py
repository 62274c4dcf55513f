"""Requests about one's own data, from the status page to the desk and back (Q7, R11, R12)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import UnitFactory, UserFactory, seated
from tests.questions.case import end_of, make, send, signed_in
from wagtail_pbgdpl.intake import tokens
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.matters.reminders import remind
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.own_data import requests as data_requests
from wagtail_pbgdpl.own_data.models import DataRequest
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.erasure import forget
from wagtail_pbgdpl.questions.models import Question

from .conftest import LOOK_UP, WORDS, Browser, day
from .test_status import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WRONG_NAME = "Tên tôi ghi sai: Hoàng Thị Hoà, đúng là Hoàng Thị Hòa Bình."


@pytest.fixture
def secretary() -> Any:
    return seated("secretary")


def matter_of(sort: str) -> Matter:
    return DataRequest.objects.filter(sort=sort).latest("pk").matter


def ask(browser: Browser, sort: str, text: str = "") -> None:
    browser.send("data", **{"du-lieu-sort": sort, "du-lieu-text": text})
    assert browser.response.status_code == 200, browser.text


def letters(address: str = "hoa@example.vn") -> list[str]:
    rows = Notice.objects.filter(address=address).order_by("pk")
    return [one.key.partition(":")[0] for one in rows]


def test_a_copy_with_who_looked(
    browser: Browser, open_status: Any, secretary: Any, clock: Any
) -> None:
    """Asked, on the desk in two working days, granted, and downloaded behind code and fact."""
    question = asked()
    contact = reverse("pbgdpl_question_contact", args=[question.pk])
    signed_in(secretary).post(contact, {"purpose": "Gọi hỏi thêm về thửa đất"})
    browser = open_status(question)
    ask(browser, "copy")
    assert "Copy of the personal data, asked for on 2 March 2026" in browser.text
    assert "It will be decided by the end of 4 March 2026" in browser.text
    assert browser.client.get(f"{browser.path}ban-sao/").status_code == 404

    matter = matter_of("copy")
    assert matter.due_at == end_of(day(4).date())
    assert "Luật 91/2025/QH15" in matter.clause
    waits = signed_in(secretary).get(reverse("pbgdpl_waiting")).content.decode()
    assert matter.address in waits
    report = signed_in(secretary).get(reverse("pbgdpl_matters")).content.decode()
    assert question.number in report
    page = signed_in(secretary).get(matter.address).content.decode()
    assert question.matter.address in page
    assert "Hoàng Thị Hòa" not in page
    assert matter.address in signed_in(secretary).get(question.matter.address).content.decode()
    clock.move_to(day(5), tick=False)
    assert remind() > 0

    assert send(secretary, matter, "data_grant").status_code == 302
    assert letters() == ["question_received", "question_data_asked", "question_data_decided"]
    browser = open_status(question)
    link = browser.soup.select_one("a[href$='/ban-sao/']")
    assert link["href"] == f"{browser.path}ban-sao/"
    response = browser.client.get(link["href"])
    assert response["Content-Disposition"] == f'attachment; filename="{question.number}.html"'
    assert "no-store" in response["Cache-Control"]
    text = BeautifulSoup(response.content, "lxml").get_text(" ", strip=True)
    for said in (WORDS, "Hoàng Thị Hòa", "hoa@example.vn", "0912345678"):
        assert said in text
    looked = Event.objects.get(move="looked")
    assert f"09:00, 2 March 2026: {looked.by_name}. Purpose: Gọi hỏi thêm" in text
    assert browser.client.post(f"{browser.path}ban-sao/").status_code == 405


def test_the_copy_of_another_is_not_there(
    browser: Browser, open_status: Any, secretary: Any, clock: Any
) -> None:
    """A guessed address, a receipt's token, another's, one that is too old; a wrong code."""
    mine, other = asked(), asked(email="khac@example.vn", phone="")
    data_requests.ask(mine, "copy")
    send(secretary, matter_of("copy"), "data_grant")
    token = tokens.token_for(mine.pk, tokens.STATUS)
    copy = reverse("wagtail_pbgdpl:question_copy", args=[token])
    assert browser.client.get(copy).status_code == 200
    for wrong in (
        "abc",
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        tokens.token_for(mine.pk, tokens.RECEIPT),
        tokens.token_for(other.pk, tokens.STATUS),
        tokens.token_for(999_999, tokens.STATUS),
    ):
        address = reverse("wagtail_pbgdpl:question_copy", args=[wrong])
        assert browser.client.get(address).status_code == 404, wrong
    browser.open(LOOK_UP)
    browser.send(code=mine.code, fact="khac@example.vn")
    assert (browser.path, browser.response.status_code) == (LOOK_UP, 422)

    # What another asked cannot be withdrawn from here.
    theirs = data_requests.ask(other, "copy")
    browser = open_status(mine)
    for number in (theirs.pk, 999_999, "x", ""):
        said = {"way": "data_withdraw", "number": number}
        assert browser.client.post(browser.path, said).status_code == 404
    assert theirs.matter.is_open
    clock.shift(31 * 60)
    assert browser.client.get(copy).status_code == 410
    typed = {"way": "data", "du-lieu-sort": "correction", "du-lieu-text": WRONG_NAME}
    late = browser.client.post(browser.path, typed)
    assert (late.status_code, WRONG_NAME in late.content.decode()) == (410, True)


def test_a_refusal_says_why(browser: Browser, open_status: Any, secretary: Any) -> None:
    question = asked()
    ask(open_status(question), "erasure")
    matter = matter_of("erasure")
    assert send(secretary, matter, "data_refuse", text=" ").status_code == 422
    assert send(secretary, matter, "data_refuse", text="Đang giải quyết đơn.").status_code == 302
    assert letters()[-1] == "question_data_decided"
    told = Notice.objects.filter(key__startswith="question_data_decided").latest("pk")
    assert "Đang giải quyết đơn." in told.text
    text = open_status(question).text
    assert "Refused, 2 March 2026. The reason: Đang giải quyết đơn." in text
    assert Question.objects.get(pk=question.pk).erased_at is None
    # Another time is another request.
    ask(browser, "erasure")
    assert DataRequest.objects.count() == 2


class TestWhatIsTyped:
    def test_a_correction_needs_words(self, browser: Browser, open_status: Any) -> None:
        browser = open_status(asked())
        for sort, text in (("correction", " "), ("", WRONG_NAME), ("other", WRONG_NAME)):
            browser.send("data", **{"du-lieu-sort": sort, "du-lieu-text": text})
            assert browser.response.status_code == 422
            assert browser.soup.select_one("details[open] .errorlist") is not None
            if text.strip():
                assert browser.typed("data")["du-lieu-text"] == WRONG_NAME
        assert not DataRequest.objects.exists()

    def test_one_of_each_sort_is_open(self, browser: Browser, open_status: Any) -> None:
        question = asked()
        browser = open_status(question)
        form = browser.typed("data")
        ask(browser, "copy")
        # The same form once more is the same request.
        again = browser.client.post(browser.path, {**form, "du-lieu-sort": "copy"})
        assert again.status_code == 302
        browser.send("data", **{"du-lieu-sort": "copy"})
        assert browser.response.status_code == 422
        assert "You have asked for this already." in browser.text
        ask(browser, "correction", WRONG_NAME)
        ask(browser, "erasure")
        assert sorted(DataRequest.objects.values_list("sort", flat=True)) == [
            "copy",
            "correction",
            "erasure",
        ]

    def test_it_is_withdrawn_once(self, browser: Browser, open_status: Any, secretary: Any) -> None:
        browser = open_status(asked())
        ask(browser, "copy")
        form = browser.typed("data_withdraw")
        browser.send("data_withdraw")
        matter = matter_of("copy")
        assert (matter.state, matter.outcome) == ("data_withdrawn", "withdrawn")
        assert "Withdrawn by the asker" in browser.text
        assert browser.client.post(browser.path, form).status_code == 422
        assert send(secretary, matter, "data_grant").status_code == 422
        assert not browser.soup.select("a[href$='/ban-sao/']")
        ask(browser, "copy")
        assert matter_of("copy").is_open


def test_who_may_not_decide(secretary: Any) -> None:
    """R11: by address, whoever has no such step; another's page is not there."""
    unit = UnitFactory(categories=["C6"])
    question = asked()
    officer, head = seated("contact_officer", unit=unit), seated("unit_head", unit=unit)
    make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.pk)
    data_requests.ask(question, "erasure")
    matter = matter_of("erasure")
    for user in (officer, head, seated("contact_officer"), seated("operator")):
        client = signed_in(user)
        assert client.get(matter.address).status_code == 404, user
        assert client.post(matter.address, {"way": "data_grant"}).status_code == 404, user
    for user in (seated("member"), UserFactory(is_superuser=True)):
        assert send(user, matter, "data_grant").status_code == 422, user
    for way in ("data_withdrew", "begun", "khong-co"):
        assert signed_in(secretary).post(matter.address, {"way": way}).status_code in (302, 403)
    assert matter_of("erasure").state == "data_asked"
    assert Question.objects.get(pk=question.pk).erased_at is None
    assert send(seated("chief"), matter, "data_grant").status_code == 302
    assert Question.objects.get(pk=question.pk).erased_at is not None


class TestCorrection:
    @pytest.fixture
    def matter(self) -> Matter:
        data_requests.ask(asked(), "correction", WRONG_NAME)
        return matter_of("correction")

    def test_the_former_data_are_kept_nowhere(
        self, matter: Matter, secretary: Any, browser: Browser, open_status: Any
    ) -> None:
        Notice.objects.filter(key__startswith="question_received").update(sent_at=day(2))
        said = {"full_name": "Hoàng Thị Hòa Bình", "email": "binh@example.vn", "removed": "phone"}
        assert send(secretary, matter, "data_grant", **said).status_code == 302
        question = Question.objects.get()
        found = (question.full_name, question.email, question.phone)
        assert found == ("Hoàng Thị Hòa Bình", "binh@example.vn", "")
        event = Event.objects.get(move="data_grant")
        assert event.detail == {
            "sort": "correction",
            "fields": ["email", "full_name", "phone"],
        }
        page = signed_in(secretary).get(matter.address).content.decode()
        assert "corrected: e-mail address, full name, telephone" in page
        assert "binh@example.vn" not in page
        # What waits to be sent goes to the new address; what was sent is told by the events.
        assert letters() == []
        assert letters("binh@example.vn") == ["question_data_asked", "question_data_decided"]
        assert not Notice.objects.filter(text__contains="hoa@example.vn").exists()
        browser.open(LOOK_UP)
        browser.send(code=question.code, fact="hoa@example.vn")
        assert browser.response.status_code == 422
        assert "Granted" in open_status(question, "binh@example.vn").text

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({}, ""),
            ({"email": "không phải"}, "email"),
            ({"phone": "12"}, "phone"),
            ({"removed": ["email", "phone"]}, "removed"),
            ({"removed": ["full_name"]}, "removed"),
        ],
    )
    def test_a_mistake_changes_nothing(
        self, matter: Matter, secretary: Any, said: dict[str, Any], field: str
    ) -> None:
        before = Question.objects.values().get()
        response = send(secretary, matter, "data_grant", **said)
        assert response.status_code == 422
        (way,) = (one for one in response.context["ways"] if one["name"] == "data_grant")
        assert list(way["form"].errors) == [field or "__all__"]
        assert Question.objects.values().get() == before
        assert matter_of("correction").is_open

    def test_the_form_shows_no_contact_data(self, matter: Matter, secretary: Any) -> None:
        page = signed_in(secretary).get(matter.address).content.decode()
        assert WRONG_NAME in page
        for hidden in ("hoa@example.vn", "0912345678"):
            assert hidden not in page


class TestErasure:
    def test_it_ends_an_open_case_and_is_told(
        self,
        browser: Browser,
        open_status: Any,
        secretary: Any,
        django_capture_on_commit_callbacks: Any,
        mailoutbox: Any,
    ) -> None:
        question = asked()
        browser = open_status(question)
        ask(browser, "erasure", "Tôi không muốn lưu nữa, gọi 0912345678.")
        with django_capture_on_commit_callbacks(execute=True):
            response = send(secretary, matter_of("erasure"), "data_grant")
        assert response.status_code == 302
        question.refresh_from_db()
        assert (question.full_name, question.email, question.text) == ("", "", "")
        moves = list(question.matter.events.order_by("pk").values_list("move", flat=True))
        assert moves == ["begun", "asker_withdrew", "erase"]
        assert DataRequest.objects.get().text == ""
        (mail,) = (one for one in mailoutbox if one.to == ["hoa@example.vn"])
        assert question.number in mail.subject
        # Not even the letter that says so.
        assert not Notice.objects.filter(address="hoa@example.vn").exists()
        assert browser.client.get(browser.path).status_code == 404
        page = signed_in(secretary).get(matter_of("erasure").address).content.decode()
        assert "0912345678" not in page
        with pytest.raises(ValidationError, match="have been erased"):
            data_requests.ask(question, "copy")

    def test_what_has_to_be_published_comes_first(self, secretary: Any) -> None:
        unit = UnitFactory(categories=["C6"])
        head, question = seated("unit_head", unit=unit), asked()
        make(secretary, question, "forward", topic="quan-ly-nha-nuoc", unit=unit.pk)
        make(head, question, "draft", answer="Theo Điều 651 …")
        make(head, question, "approve")
        assert question.matter.state == "to_publish"
        data_requests.ask(question, "erasure")
        response = send(secretary, matter_of("erasure"), "data_grant")
        assert response.status_code == 422
        assert "has to be published first" in response.content.decode()
        assert matter_of("erasure").is_open

    def test_other_requests_are_decided_first(self, secretary: Any) -> None:
        """Neither a person nor the time limit erases what somebody waits for."""
        question = asked()
        cases.withdraw(question)
        data_requests.ask(question, "copy")
        assert send(secretary, question.matter, "erase", text="Xóa").status_code == 422
        assert forget(day(2).replace(year=2040)) == 0
        data_requests.ask(question, "erasure")
        response = send(secretary, matter_of("erasure"), "data_grant")
        assert response.status_code == 422
        assert "Decide first" in response.content.decode()
        send(secretary, matter_of("copy"), "data_grant")
        assert send(secretary, matter_of("erasure"), "data_grant").status_code == 302

    def test_its_words_go_with_the_question(self, secretary: Any) -> None:
        question = asked()
        request = data_requests.ask(question, "correction", WRONG_NAME)
        data_requests.withdraw(request)
        cases.withdraw(question)
        assert send(secretary, question.matter, "erase", text="Xóa").status_code == 302
        request.refresh_from_db()
        assert request.text == ""
        assert letters() == []


def test_the_life_of_a_request_is_guarded() -> None:
    from tests.questions.test_guarded import test_no_other_way_is_saved
    from wagtail_pbgdpl.own_data.life import DATA_REQUEST

    test_no_other_way_is_saved("data_request", DATA_REQUEST)
