"""The form of the public: nothing typed is lost, nothing counts twice, nobody needs JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from tests.extension_app.models import Petition, PetitionFile
from wagtail_pbgdpl.intake import captcha, sending
from wagtail_pbgdpl.intake.consent import lay_down
from wagtail_pbgdpl.intake.forms import PublicForm, SenderForm
from wagtail_pbgdpl.intake.models import HeldUpload, Sending
from wagtail_pbgdpl.intake.tracking import new_code

from .conftest import MORNING, PDF, picture, solution, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ADDRESS = "113.160.0.7"
WHO = {"full_name": "Nguyễn Thị Hòa", "email": "hoa@example.vn", "consent": "on", "text": "Xin hỏi"}


class PetitionForm(SenderForm):
    purpose = "petition"

    text = forms.CharField()


class Browser:
    """Opens the form and sends it, as somebody does who types."""

    def __init__(self, ask: Callable[[str], Any], clock: Any) -> None:
        self.ask, self.clock = ask, clock
        self.form = PetitionForm(request=ask(ADDRESS))

    def send(self, *uploads: Any, after: float = 60, **values: Any) -> PetitionForm:
        self.clock.shift(after)
        data = QueryDict(mutable=True)
        data["sending_key"] = self.form["sending_key"].value()
        for name, value in {**WHO, **values}.items():
            if isinstance(value, list):
                data.setlist(name, value)
            elif value is not None:
                data[name] = value
        files = MultiValueDict({"uploads": list(uploads)})
        self.form = PetitionForm(data, files, request=self.ask(ADDRESS))
        return self.form

    def solution(self) -> str:
        return solution(json.loads(self.form.challenge))


@pytest.fixture
def browser(asked_from: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(captcha, "MAX_NUMBER", 50)
    return Browser(asked_from, clock)


def keep(form: PetitionForm) -> sending.Sent:
    def make() -> str:
        petition = Petition(code=new_code(), text=form.cleaned_data["text"])
        form.fill(petition)
        petition.save()
        form.attach(lambda: PetitionFile(petition=petition))
        return petition.code

    return form.send_once(make)


def codes(form: Any, field: str) -> list[str]:
    return [error.code for error in form.errors.as_data().get(field, [])]


class TestSending:
    def test_it_is_kept_with_its_sender_and_files(self, browser: Browser) -> None:
        lay_down("petition", "p-1", "Tôi đồng ý", MORNING)
        form = browser.send(upload("don.pdf", PDF), upload("anh.png", picture("PNG")))
        assert form.is_valid(), form.errors
        sent = keep(form)
        petition = Petition.objects.get()
        assert sent == (petition.code, True)
        assert (petition.full_name, petition.email) == (WHO["full_name"], WHO["email"])
        assert petition.consent_version == "p-1"
        assert petition.consented_at == MORNING + timedelta(seconds=60)
        assert not petition.name_may_be_shown
        assert [one.name for one in petition.files.order_by("pk")] == ["don.pdf", "anh.png"]
        assert not HeldUpload.objects.exists()

    def test_sent_again_it_brings_the_first_result(self, browser: Browser) -> None:
        sent = keep(checked(browser.send()))
        again = browser.send(text="Khác", after=1)
        assert again.earlier_result() == sent.result
        assert keep(checked(again)) == (sent.result, False)
        assert Petition.objects.get().text == WHO["text"]

    def test_long_after_it_still_brings_the_first_result(self, browser: Browser) -> None:
        sent = keep(checked(browser.send()))
        again = browser.send(after=47 * 3600)
        assert again.earlier_result() == sent.result

    def test_a_form_that_is_opened_anew_is_another_one(self, browser: Browser) -> None:
        keep(checked(browser.send()))
        browser.form = PetitionForm(request=browser.ask(ADDRESS))
        assert keep(checked(browser.send())).first
        assert Petition.objects.count() == 2


def checked(form: PetitionForm) -> PetitionForm:
    assert form.is_valid(), form.errors
    return form


class TestMistakes:
    def test_files_need_not_be_chosen_again(self, browser: Browser) -> None:
        form = browser.send(upload("don.pdf", PDF), text="")
        assert list(form.errors) == ["text"]
        assert [one.name for one in form.held] == ["don.pdf"]
        checked(browser.send())
        keep(browser.form)
        assert [one.name for one in PetitionFile.objects.all()] == ["don.pdf"]

    def test_a_good_file_is_held_beside_a_bad_one(self, browser: Browser) -> None:
        form = browser.send(upload("don.pdf", PDF), upload("a.svg", b"<svg/>"))
        assert codes(form, "uploads") == ["kind"]
        assert [one.name for one in form.held] == ["don.pdf"]

    def test_a_held_file_may_be_taken_away(self, browser: Browser) -> None:
        form = browser.send(upload("don.pdf", PDF), upload("hai.pdf", PDF), text="")
        assert form.errors
        first, second = form.held
        assert checked(browser.send(drop=[str(first.pk), "x", "9" * 40])).held == [second]

    def test_a_file_of_another_form_cannot_be_taken_away(self, browser: Browser) -> None:
        other = HeldUpload.objects.create(key="k2", size=1)
        browser.send(drop=[str(other.pk)]).is_valid()
        assert HeldUpload.objects.filter(pk=other.pk).exists()

    def test_no_more_files_than_are_taken_come_together(
        self, browser: Browser, settings: Any
    ) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_FILES": 2}
        browser.send(upload("1.pdf", PDF), upload("2.pdf", PDF)).is_valid()
        form = browser.send(upload("3.pdf", PDF))
        assert codes(form, "uploads") == ["number"]
        assert len(form.held) == 2
        assert checked(browser.send())

    def test_somebody_must_be_reachable(self, browser: Browser) -> None:
        assert codes(browser.send(email=""), "email") == ["unreachable"]
        # What is wrong is said, and not that it is missing.
        assert list(browser.send(email="", phone="x").errors) == ["phone"]
        assert checked(browser.send(email="", phone="0912 345 678"))

    def test_consent_is_not_presumed(self, browser: Browser) -> None:
        assert "checked" not in str(browser.form["consent"])
        assert codes(browser.send(consent=None), "consent") == ["required"]

    def test_one_agrees_to_the_words_that_were_shown(self, browser: Browser) -> None:
        lay_down("petition", "p-1", "Lời cũ", MORNING)
        lay_down("petition", "p-2", "Lời mới", MORNING + timedelta(seconds=30))
        form = checked(browser.send())
        keep(form)
        assert Petition.objects.get().consent_version == "p-1"
        assert form.fields["consent"].help_text == "Lời cũ"


class TestAgainstPrograms:
    def test_what_nobody_sees_is_left_empty(self, browser: Browser) -> None:
        assert codes(browser.send(website="http://spam.example"), "__all__") == ["honeypot"]
        assert checked(browser.send())

    def test_nobody_types_in_two_seconds(self, browser: Browser) -> None:
        assert codes(browser.send(after=2), "__all__") == ["soon"]
        assert checked(browser.send(after=1))

    def test_a_form_without_our_key_is_shown_once_more(self, browser: Browser) -> None:
        form = browser.send(upload("don.pdf", PDF), sending_key="giả")
        assert codes(form, "__all__") == ["forged"]
        assert [one.name for one in form.held] == ["don.pdf"]
        assert checked(browser.send()).held

    def test_a_form_that_was_open_for_too_long_goes_on(self, browser: Browser) -> None:
        browser.send(upload("don.pdf", PDF), text="")
        assert browser.form.errors
        form = browser.send(after=25 * 3600)
        assert codes(form, "__all__") == ["expired"]
        assert form["text"].value() == WHO["text"]
        keep(checked(browser.send()))
        assert [one.name for one in PetitionFile.objects.all()] == ["don.pdf"]


class TestLimits:
    @pytest.fixture(autouse=True)
    def numbers(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
            "INTAKE_PER_ADDRESS": 3,
            "INTAKE_PER_ADDRESS_UNSOLVED": 1,
        }

    def test_without_javascript_one_may_send_less(self, browser: Browser) -> None:
        keep(checked(browser.send()))
        browser.form = PetitionForm(request=browser.ask(ADDRESS))
        form = browser.send()
        assert codes(form, "__all__") == ["limit"]
        assert "JavaScript" in form.non_field_errors()[0]
        # What was typed is there still, and is sent with the sum done.
        keep(checked(browser.send(captcha=browser.solution())))
        assert [one.solved for one in Sending.objects.order_by("pk")] == [False, True]

    def test_the_sum_has_its_limit_too(self, browser: Browser) -> None:
        for _time in range(3):
            browser.form = PetitionForm(request=browser.ask(ADDRESS))
            keep(checked(browser.send(captcha=browser.solution())))
        browser.form = PetitionForm(request=browser.ask(ADDRESS))
        form = browser.send(captcha=browser.solution())
        assert codes(form, "__all__") == ["limit"]
        assert "JavaScript" not in form.non_field_errors()[0]

    def test_an_earlier_result_is_shown_beyond_the_limit(self, browser: Browser) -> None:
        sent = keep(checked(browser.send()))
        assert checked(browser.send()).earlier_result() == sent.result

    def test_uploads_are_limited_before_anything_is_sent(
        self, browser: Browser, settings: Any
    ) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_FILES": 1}
        browser.send(upload("1.pdf", PDF), text="").is_valid()
        browser.form = PetitionForm(request=browser.ask(ADDRESS))
        form = browser.send(upload("2.pdf", PDF), text="")
        assert codes(form, "uploads") == ["limit"]
        assert HeldUpload.objects.count() == 1


class TestParts:
    def test_a_form_may_do_without(self, browser: Browser) -> None:
        class Short(PublicForm):
            purpose = "rating"
            takes_files = False
            asks_consent = False

        opened = Short(request=browser.ask(ADDRESS))
        assert {"uploads", "consent"}.isdisjoint(opened.fields)
        browser.clock.shift(60)
        data = QueryDict(mutable=True)
        data["sending_key"] = opened["sending_key"].value()
        form = Short(data, request=browser.ask(ADDRESS))
        assert form.is_valid(), form.errors
        assert form.send_once(lambda: "5") == ("5", True)

    def test_the_page_has_all_of_it(self, browser: Browser) -> None:
        browser.send(upload("đơn <1>.pdf", PDF), text="").is_valid()
        page = "".join(
            render_to_string(f"wagtail_pbgdpl/includes/{name}.html", {"form": browser.form})
            for name in ("intake_guard", "intake_files")
        )
        soup = BeautifulSoup(page, "html.parser")
        key = sending.read(soup.select_one("[name=sending_key]")["value"], "petition")
        assert key == browser.form.key
        challenge = json.loads(soup.select_one("[name=captcha]")["data-challenge"])
        assert captcha.is_solved(solution(challenge), key.key)
        # Neither seen, nor read aloud, nor reached by the keyboard.
        assert soup.select_one("[hidden] [name=website]")["tabindex"] == "-1"
        (box,) = soup.select("[name=drop]")
        assert box["value"] == str(browser.form.held[0].pk)
        assert "đơn 1 .pdf" in box.parent.text
        chooser = soup.select_one("[type=file]")
        assert chooser.has_attr("multiple")
        assert ".heic" in chooser["accept"]
        described = chooser.get("aria-describedby")
        assert described
        assert soup.find(id=described).text.startswith("Up to 5 files")
