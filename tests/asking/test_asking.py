"""Asking by address (C6, C20, Q1, Q7, Q8, Q10): nothing typed is lost, nothing counts twice."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.factories import factory_for
from tests.intake.conftest import PDF, picture, upload
from wagtail_pbgdpl.intake.models import HeldUpload
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.search.keeping import mend

from .conftest import ASK, WHO, WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_from_the_form_to_the_receipt(browser: Any, ask: Any, portal: Any) -> None:
    from tests.factories import LegalFieldFactory

    field = LegalFieldFactory(name="Đất đai")
    question = ask(
        files=(upload("đơn.pdf", PDF), upload("anh.png", picture("PNG"))),
        legal_field=str(field.pk),
        commune="Xã Yên Cư",
    )
    assert (question.text, question.kind, question.commune) == (WORDS, "question", "Xã Yên Cư")
    assert (question.full_name, question.email) == ("Hoàng Thị Hòa", "hoa@example.vn")
    assert (question.legal_field, question.name_may_be_shown) == (field, False)
    assert (question.consent_version, question.consented_at) == (
        "question-2026-01",
        question.received_at,
    )
    assert "91/2025/QH15" in question.consent_text.text
    assert [one.name for one in question.files.all()] == ["đơn.pdf", "anh.png"]
    assert question.number in browser.text
    assert "-".join(question.code[at : at + 4] for at in (0, 4, 8, 12)) in browser.text
    assert question.code not in browser.path
    letter = Notice.objects.get(address="hoa@example.vn")
    assert "http" in letter.text
    assert "/pbgdpl/tra-cuu/" in letter.text
    assert WORDS not in letter.text
    for name, value in (("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex")):
        assert browser.response[name] == value
    assert "no-store" in browser.response["Cache-Control"]
    assert not browser.client.cookies


def test_consent_is_not_ticked_and_says_what_for(browser: Any) -> None:
    browser.open(ASK)
    assert not browser.soup.select("main input[checked]")
    said = browser.soup.select_one("#id_consent_helptext").text
    assert "91/2025/QH15" in said
    assert "730 ngày" in said


def test_every_mistake_keeps_what_was_typed(browser: Any) -> None:
    browser.open(ASK)
    typed = {"text": WORDS, "commune": "Xã Yên Cư", "full_name": "Hoàng Thị Hòa", "phone": "12"}
    browser.send(_files=(upload("don.pdf", PDF), upload("x.svg", b"<svg/>")), **typed)
    assert browser.response.status_code == 422
    named = {one["href"] for one in browser.soup.select(".pbgdpl-problems a")}
    assert named == {"#id_phone", "#id_uploads", "#id_consent"}
    assert typed.items() <= browser.typed().items()
    assert "don.pdf" in browser.soup.select_one(".pbgdpl-held").text
    for one in browser.soup.select("[aria-invalid=true]"):
        assert one["id"] in {"id_phone", "id_uploads", "id_consent"}
    browser.send(phone="0912 345 678", consent="on")
    question = Question.objects.get()
    assert [one.name for one in question.files.all()] == ["don.pdf"]
    assert (question.phone, question.email) == ("0912 345 678", "")
    assert not HeldUpload.objects.exists()


def test_without_a_script_answers_that_look_alike_come_before_sending(
    browser: Any, index_of: Any
) -> None:
    """Once; where the script has shown them while somebody typed, not at all."""
    title = "Thủ tục đăng ký khai sinh cho trẻ em quá hạn"
    factory_for(AnswerPage)(parent=index_of("C6"), title=title)
    mend()
    typed = {**WHO, "text": "thu tuc dang ky khai sinh qua han cho tre em", "consent": "on"}
    browser.open(ASK)
    assert title not in browser.text
    browser.send(**typed)
    assert (browser.response.status_code, Question.objects.count()) == (200, 0)
    assert browser.soup.select_one("[role=alert] .pbgdpl-alike a").text == title
    assert browser.typed()["text"] == typed["text"]
    browser.send()
    assert Question.objects.count() == 1
    browser.open(ASK)
    browser.send(**typed, alike_seen="1")
    assert Question.objects.count() == 2


def test_numbers_of_persons_are_pointed_out_once(browser: Any) -> None:
    """What is said names each; sending again confirms, a new number is pointed out again."""
    browser.open(ASK)
    words = "CCCD 001099012345, gọi 0912 345 678 giúp tôi."
    browser.send(_files=(upload("don.pdf", PDF),), **WHO, text=words)
    assert browser.response.status_code == 422
    assert not Question.objects.exists()
    warning = browser.soup.select_one(".pbgdpl-problems--warning").text
    assert "«001099012345»" in warning
    assert "«0912 345 678»" in warning
    assert browser.typed()["text"] == words
    # Files and all that was ticked are there still.
    assert "don.pdf" in browser.soup.select_one(".pbgdpl-held").text
    assert browser.typed()["consent"]
    browser.send(text=f"{words} Biển số 97B1-123.45.")
    assert "«97B1-123.45»" in browser.soup.select_one(".pbgdpl-problems--warning").text
    browser.send()
    assert "Biển số" in Question.objects.get().text
    assert Question.objects.get().files.count() == 1


class TestTheSameFormTwice:
    def test_a_double_click_is_one_question(self, browser: Any, ask: Any) -> None:
        browser.open(ASK)
        path, form = browser.path, browser.typed()
        browser.send(**WHO, text=WORDS)
        first = browser.text
        again = browser.client.post(path, {**form, **WHO, "text": "Khác"})
        browser.open(again["Location"])
        assert browser.text == first
        assert Question.objects.get().text == WORDS

    def test_long_after_it_is_still_one(self, browser: Any, clock: Any) -> None:
        browser.open(ASK)
        form = browser.typed()
        browser.send(**WHO, text=WORDS)
        clock.shift(47 * 3600)
        assert browser.client.post(ASK, {**form, **WHO, "text": WORDS}).status_code == 302
        assert Question.objects.count() == 1

    @pytest.mark.parametrize("wrong", ["forged", "expired", "of another form"])
    def test_a_key_that_is_not_good_loses_nothing(
        self, wrong: str, browser: Any, clock: Any
    ) -> None:
        browser.open("/pbgdpl/gop-y/" if wrong == "of another form" else ASK)
        key = "giả" if wrong == "forged" else browser.typed()["sending_key"]
        browser.open(ASK)
        if wrong == "expired":
            clock.shift(25 * 3600)
        browser.send(_files=(upload("don.pdf", PDF),), sending_key=key, **WHO, text=WORDS)
        assert browser.response.status_code == 422
        assert not Question.objects.exists()
        assert browser.typed()["text"] == WORDS
        browser.send()
        assert Question.objects.get().files.count() == 1


class TestHostile:
    SCRIPT = "<script>alert(1)</script>"

    def test_script_in_every_field_stays_text(
        self, browser: Any, open_status: Any, portal: Any
    ) -> None:
        browser.open(ASK)
        fields = ("text", "full_name", "commune", "postal_address", "website", "warned", "captcha")
        said = dict.fromkeys((*fields, "email", "phone", "legal_field"), self.SCRIPT)
        browser.send(_files=(upload(f"{self.SCRIPT}.pdf", PDF),), **said)
        assert browser.response.status_code == 422
        assert self.SCRIPT.encode() not in browser.response.content
        assert browser.typed()["text"] == self.SCRIPT
        good = {"email": WHO["email"], "phone": None, "website": None, "legal_field": None}
        browser.send(**good, consent="on")
        question = Question.objects.get()
        assert question.text == self.SCRIPT
        assert self.SCRIPT.encode() not in browser.response.content
        open_status(question)
        assert self.SCRIPT in browser.text
        assert self.SCRIPT.encode() not in browser.response.content

    def test_decomposed_text_is_composed(self, ask: Any, open_status: Any) -> None:
        typed = unicodedata.normalize("NFD", WORDS)
        name = unicodedata.normalize("NFD", "Hoàng Thị Hòa")
        question = ask(text=typed, full_name=name, email=None, postal_address="Xã Yên Cư")
        assert typed != WORDS
        assert (question.text, question.full_name) == (WORDS, "Hoàng Thị Hòa")
        open_status(question, name)

    def test_nothing_but_forms_is_answered(self, client: Any, db: Any) -> None:
        assert client.put(ASK).status_code == 405
        assert client.post(ASK, "{}", content_type="application/json").status_code == 422


class TestKinds:
    @pytest.mark.parametrize(
        ("path", "kind", "prefix"),
        [("/pbgdpl/gop-y/", "feedback", "PH"), ("/pbgdpl/phan-anh/", "petition", "KN")],
    )
    def test_feedback_and_petitions_have_their_own(
        self, path: str, kind: str, prefix: str, browser: Any, ask: Any
    ) -> None:
        question = ask(path)
        assert (question.kind, question.number[:2]) == (kind, prefix)
        assert question.consent_version == f"{kind}-2026-01"

    def test_where_the_regulation_takes_none(self, client: Any, portal: Any, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"PROFILE": "quang_tri_2024"}
        for path in (ASK, "/pbgdpl/gop-y/", "/pbgdpl/phan-anh/"):
            assert client.get(path).status_code == 404
        assert ASK not in client.get("/").content.decode()


def test_a_receipt_of_yesterday(browser: Any, ask: Any, clock: Any) -> None:
    ask()
    path = browser.path
    clock.shift(31 * 60)
    assert browser.open(path).status_code == 410
    assert Question.objects.get().number not in browser.text
    assert browser.open("/pbgdpl/da-nhan/1/").status_code == 404
    assert browser.open(f"{path[:-2]}x/").status_code == 404


def test_queries(browser: Any, django_assert_max_num_queries: Any, portal: Any) -> None:
    browser.open(ASK)
    with django_assert_max_num_queries(6):
        browser.open(ASK)
