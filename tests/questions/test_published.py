"""From an answered question to its page and back (Q4, Q6, Q7: BK21 Điều 12.1c; BP20 Điều 11.5)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction

from tests.factories import LegalFieldFactory, UnitFactory, UserFactory, seated
from tests.questions.case import NAME, SENDER, WORDS, make, received, signed_in, state
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.matters.deeds import Deed, act
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.worktime.active import today

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
ANSWER = f"Kính gửi bà {NAME.upper()} (0912 345 678).\n\nTheo Điều 651 <b>…</b>"


def answered(unit: Any, topic: str = "quan-ly-nha-nuoc", **sender: Any) -> Question:
    question = cases.receive("question", WORDS, SENDER | sender)
    field = LegalFieldFactory(name="Đất đai")
    secretary, head = seated("secretary"), seated("unit_head", unit=unit)
    said = {"topic": topic, "heading": f"Thừa kế của {NAME}", "legal_field": field}
    act(Deed(question.matter, "forward", secretary, values=said | {"unit": unit, "others": []}))
    act(Deed(question.matter, "draft", head, values={"answer": ANSWER}))
    act(Deed(question.matter, "approve", head))
    return Question.objects.get(pk=question.pk)


def address(question: Question) -> str:
    return reverse("pbgdpl_question_page", args=[question.pk])


def test_a_draft_without_the_asker(unit: Any, officer: Any, index_of: Any) -> None:
    question = answered(unit)
    client = signed_in(officer)
    assert address(question) in client.get(question.matter.address).content.decode()
    response = client.post(address(question))
    page = AnswerPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert response["Location"] == edit
    assert page.get_parent().pk == index_of("C6").pk
    assert (page.live, page.owner, page.unit, page.asker_name) == (False, officer, unit, "")
    assert (page.question_number, page.question_text) == (question.pk, "")
    assert page.answered_on == today()
    assert [field.name for field in page.legal_fields.all()] == ["Đất đai"]
    body = str(page.body)
    assert "Theo Điều 651 &lt;b&gt;" in body
    for secret in (NAME, NAME.upper(), "0912 345 678"):
        assert secret not in body + page.title + str(page.latest_revision.content)
    # Who made it wrote it: somebody else has to approve it.
    assert officer.pk in Matter.objects.of_page(page.pk).get().writers

    assert client.post(address(question))["Location"] == edit
    assert AnswerPage.objects.count() == 1
    shown = client.get(question.matter.address).content.decode()
    assert edit in shown
    assert address(question) not in shown


def test_the_name_where_the_asker_agreed(unit: Any, officer: Any) -> None:
    signed_in(officer).post(address(answered(unit, name_may_be_shown=True)))
    assert AnswerPage.objects.get().asker_name == NAME


def test_nobody_else(unit: Any) -> None:
    """R11: another unit, who has no seat, before there is an answer, a guessed number, by GET."""
    question = answered(unit)
    for user in (
        seated("contact_officer", unit=UnitFactory(categories=["C6"])),
        seated("operator"),
    ):
        assert signed_in(user).post(address(question)).status_code == 404
    assert Client().post(address(question)).status_code == 302
    root = signed_in(UserFactory(is_superuser=True))
    assert root.post(address(question).replace(str(question.pk), "999999")).status_code == 404
    assert root.get(address(question)).status_code == 405
    early = received()
    assert signed_in(seated("secretary")).post(address(early)).status_code in (302, 403)
    assert address(early) not in root.get(early.matter.address).content.decode()
    assert not AnswerPage.objects.exists()


@pytest.mark.parametrize("topic", ["quan-ly-nha-nuoc", "noi-dung-khac"])
def test_what_goes_live_is_entered(unit: Any, officer: Any, topic: str) -> None:
    question = answered(unit, topic)
    signed_in(officer).post(address(question))
    page = AnswerPage.objects.get()
    publish(page)
    question.refresh_from_db()
    page.refresh_from_db()
    assert (state(question), question.public_address) == ("published", page.get_url())
    event = question.matter.events.latest("pk")
    assert (event.move, event.by, event.detail) == ("published", None, {"address": page.get_url()})
    assert page.get_url() in signed_in(officer).get(question.matter.address).content.decode()

    # A correction changes nothing but the address.
    page.slug = "thua-ke"
    publish(page)
    question.refresh_from_db()
    assert question.public_address.endswith("/thua-ke/")
    assert question.matter.events.filter(move="published").count() == 1
    UnpublishPageAction(AnswerPage.objects.get()).execute(skip_permission_checks=True)
    question.refresh_from_db()
    assert (state(question), question.public_address) == ("published", "")


def test_opened_again_it_is_entered_later(unit: Any, officer: Any) -> None:
    """A page that goes live while the question is open again breaks nothing."""
    question = answered(unit)
    signed_in(officer).post(address(question))
    make(seated("secretary"), question, "reopen", text="Khiếu nại")
    publish(AnswerPage.objects.get())
    assert state(question) == "received"


def test_the_editor_points_out_persons(unit: Any, officer: Any) -> None:
    signed_in(officer).post(address(answered(unit)))
    page = AnswerPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = signed_in(officer)

    def pointed_out() -> set[str]:
        html = BeautifulSoup(client.get(edit).content, "lxml")
        return {one.get_text() for one in html.select(".help-warning li strong")}

    assert pointed_out() == set()
    page.question_text = f"Tôi là {NAME.lower()}, CCCD 002085001234, hỏi về thừa kế."
    page.body = [("rich_text", "<p>Gọi 0912 345 678.</p>")]
    page.save_revision()
    assert pointed_out() == {NAME.lower(), "002085001234", "0912 345 678"}
