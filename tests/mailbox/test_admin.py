"""What was set aside, for who sees every question; a mail about one, behind a purpose (R11)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.factories import UnitFactory, UserFactory, seated
from tests.mailbox.letters import ASKER, NAME, WORDS, raw
from tests.questions.case import day, make, signed_in
from wagtail_pbgdpl.mailbox.models import ReceivedMail
from wagtail_pbgdpl.mailbox.taking import take_in
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailbox", "english", "portal")]

LIST = "/admin/reports/pbgdpl/mails/"


@pytest.fixture
def row() -> ReceivedMail:
    """One that a program seems to have sent, and a person did."""
    return take_in(raw(Precedence="bulk")).row


def page(row: ReceivedMail) -> str:
    return reverse("pbgdpl_mail", args=[row.pk])


def whole(row: ReceivedMail) -> str:
    return reverse("pbgdpl_mail_whole", args=[row.pk])


def test_the_list_says_why_and_not_who(row: ReceivedMail) -> None:
    client = signed_in(seated("secretary"))
    text = client.get(LIST).content.decode()
    assert "sent by a program or to a list" in text
    assert "…@example.org" in text
    assert ASKER not in text
    assert page(row) in text
    assert page(row) not in client.get(LIST, {"which": "letters"}).content.decode()
    assert page(row) in client.get(LIST, {"which": "programs"}).content.decode()
    export = b"".join(client.get(LIST, {"export": "csv"}).streaming_content).decode()
    assert "…@example.org" in export
    assert ASKER not in export


def test_the_page_and_the_whole(row: ReceivedMail) -> None:
    client = signed_in(seated("secretary"))
    response = client.get(page(row))
    text = response.content.decode()
    for said in (WORDS, NAME, ASKER):
        assert said in text
    assert "no-store" in response["Cache-Control"]
    response = client.get(whole(row))
    assert b"Precedence: bulk" in response.content
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_script_in_a_mail_is_text() -> None:
    row = take_in(raw("<script>alert(1)</script>", Precedence="bulk", Subject="<b>x</b>")).row
    text = signed_in(seated("secretary")).get(page(row)).content.decode()
    assert "<script>alert(1)" not in text
    assert "<b>x</b>" not in text


@pytest.mark.parametrize("role", ["contact_officer", "unit_head", ""])
def test_who_does_not_see_it(row: ReceivedMail, role: str) -> None:
    user = seated(role, unit=UnitFactory(categories=["C6"])) if role else UserFactory()
    client = signed_in(user)
    for address in (LIST, page(row), whole(row)):
        response = client.get(address)
        assert response.status_code in (302, 403, 404), address
        assert ASKER not in response.content.decode()
    assert client.post(page(row)).status_code in (302, 403, 404)
    assert not Question.objects.exists()


class TestTakenIn:
    def test_by_who_classifies(self, row: ReceivedMail, clock: Any) -> None:
        secretary = seated("secretary")
        clock.move_to(day(3), tick=False)
        client = signed_in(secretary)
        response = client.post(page(row))
        question = Question.objects.get()
        assert response["Location"] == question.matter.address
        # The clock runs from when it came.
        assert (question.email, question.received_at) == (ASKER, day(2))
        assert question.matter.events.get(move="by_mail").by == secretary
        assert Notice.objects.get(address=ASKER).key.startswith("question_received")
        # A second press, and another official.
        client.post(page(row))
        signed_in(seated("secretary")).post(page(row))
        assert Question.objects.count() == 1
        assert page(row) not in client.get(LIST).content.decode()

    def test_not_what_nobody_could_answer(self) -> None:
        row = take_in(raw(From="không địa chỉ")).row
        client = signed_in(seated("secretary"))
        assert client.post(page(row), follow=True).status_code == 200
        assert not Question.objects.exists()

    def test_not_by_a_superuser_without_a_seat(self, row: ReceivedMail) -> None:
        client = signed_in(UserFactory(is_superuser=True))
        assert client.get(page(row)).status_code == 200
        client.post(page(row))
        assert not Question.objects.exists()


class TestAboutAQuestion:
    @pytest.fixture
    def question(self) -> Question:
        take_in(raw())
        return Question.objects.get()

    def test_it_stands_behind_the_purpose(self, question: Question) -> None:
        secretary = seated("secretary")
        client = signed_in(secretary)
        (row,) = question.mails.all()
        assert page(row) in client.get(question.matter.address).content.decode()
        contact = reverse("pbgdpl_question_contact", args=[question.pk])
        for address in (page(row), whole(row)):
            assert client.get(address)["Location"] == contact
        client.post(contact, {"purpose": "Gọi lại"})
        assert ASKER in client.get(page(row)).content.decode()
        assert b"Message-ID" in client.get(whole(row)).content
        assert page(row) not in client.get(LIST).content.decode()

    def test_another_unit_does_not_see_it(self, question: Question) -> None:
        secretary = seated("secretary")
        unit, other = UnitFactory(categories=["C6"]), UnitFactory(categories=["C6"])
        make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.pk)
        (row,) = question.mails.all()
        outside = signed_in(seated("unit_head", unit=other))
        inside = signed_in(seated("unit_head", unit=unit))
        for address in (page(row), whole(row)):
            assert outside.get(address).status_code == 404
            assert inside.get(address).status_code == 302
