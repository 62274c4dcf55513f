"""Several questions classified or forwarded at one press, by address (Q1, Q2, R11, R12)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import LegalFieldFactory, UnitFactory, UserFactory, seated
from tests.questions.case import make, received, signed_in, state
from wagtail_pbgdpl.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/pbgdpl/questions/"


def address(way: str) -> str:
    return reverse("pbgdpl_questions_bulk", args=[way])


def chosen(*questions: Question) -> list[int]:
    return [one.matter.pk for one in questions]


def press(client: Any, way: str, *questions: Question, **said: Any) -> Any:
    """Choose rows in the list, and send the form that this leads to."""
    page = client.get(address(way), {"id": chosen(*questions)})
    soup = BeautifulSoup(page.content, "lxml")
    marks = {one["name"]: one["value"] for one in soup.select("input[name^=seen-]")}
    assert len(marks) == len(questions)
    return client.post(address(way), {"id": chosen(*questions), **marks, **said})


@pytest.fixture
def unit() -> Any:
    return UnitFactory(name="Sở Một", categories=["C6"])


def test_all_of_them_are_forwarded(secretary: Any, unit: Any) -> None:
    field, own = LegalFieldFactory(name="Đất đai"), LegalFieldFactory(name="Hộ tịch")
    questions = [received(legal_field=own), received(), received()]
    Question.objects.filter(pk=questions[0].pk).update(heading="Khai sinh")
    client = signed_in(secretary)
    listed = BeautifulSoup(client.get(LIST).content, "lxml")
    boxes = listed.select("td input[type=checkbox][name=id][form=pbgdpl-bulk]")
    assert {int(box["value"]) for box in boxes} == set(chosen(*questions))
    buttons = [one["formaction"] for one in listed.select("form#pbgdpl-bulk button")]
    assert buttons == [address("classify"), address("forward")]

    said = {"unit": unit.pk, "topic": "noi-dung-khac", "text": "Trả lời sớm"}
    response = press(client, "forward", *questions[:2], **said)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert [state(one) for one in questions] == ["with_unit", "with_unit", "received"]
    event = questions[0].matter.events.get(move="forward")
    assert (event.by, event.text, event.detail) == (secretary, "Trả lời sớm", {"unit": "Sở Một"})
    first = Question.objects.get(pk=questions[0].pk)
    # What each has of its own stays.
    assert (first.heading, first.legal_field) == ("Khai sinh", own)
    press(client, "forward", questions[2], **said, legal_field=field.pk)
    assert Question.objects.get(pk=questions[2].pk).legal_field == field


def test_one_refused_and_the_others_go(secretary: Any, unit: Any) -> None:
    """Somebody else has forwarded one meanwhile, one was withdrawn, one is of another's sort."""
    other = UnitFactory(categories=["C6"])
    rows = [received(), received(), received()]
    client = signed_in(secretary)
    page = client.get(address("forward"), {"id": chosen(*rows)})
    soup = BeautifulSoup(page.content, "lxml")
    marks = {one["name"]: one["value"] for one in soup.select("input[name^=seen-]")}
    colleague = seated("secretary")
    make(colleague, rows[1], "forward", unit=other.pk, topic="noi-dung-khac")

    said = {"id": chosen(*rows), **marks, "unit": unit.pk, "topic": "noi-dung-khac", "text": "A"}
    response = client.post(address("forward"), said)
    assert response.status_code == 422
    alert = BeautifulSoup(response.content, "lxml").select_one("[role=alert]")
    (line,) = alert.select("li")
    assert rows[1].number in line.get_text()
    assert f"{colleague.username} has decided already" in line.get_text()
    assert [one.matter.unit for one in rows] == [unit, other, unit]
    # Only what was refused is still chosen, and what was said is still there.
    again = BeautifulSoup(response.content, "lxml")
    assert [int(box["value"]) for box in again.select("input[name=id]")] == chosen(rows[1])
    assert again.select_one("textarea[name=text]").text.strip() == "A"
    # The same once more changes nothing.
    assert client.post(address("forward"), said).status_code == 422
    assert [one.matter.events.filter(move="forward").count() for one in rows] == [1, 1, 1]


def test_the_rules_of_each_row(secretary: Any, unit: Any) -> None:
    """The limit that the regulation sets cannot be set; a unit that was not given the category."""
    question, wrong = received(), UnitFactory(categories=["C1"])
    client = signed_in(secretary)
    for said in (
        {"unit": unit.pk, "topic": "noi-dung-khac", "days": 5},
        {"unit": wrong.pk, "topic": "noi-dung-khac"},
        {"unit": unit.pk},
        {"topic": "noi-dung-khac"},
        {"unit": unit.pk, "topic": "khong-co"},
    ):
        assert press(client, "forward", question, **said).status_code == 422, said
    assert state(question) == "received"


def test_classified(secretary: Any, unit: Any) -> None:
    field = LegalFieldFactory(name="Đất đai")
    questions = [received(), received()]
    make(secretary, questions[1], "forward", unit=unit.pk, topic="noi-dung-khac")
    client = signed_in(secretary)
    assert press(client, "classify", *questions).status_code == 422
    response = press(client, "classify", *questions, legal_field=field.pk)
    assert response.status_code == 302
    assert [state(one) for one in questions] == ["received", "with_unit"]
    for one in questions:
        assert one.matter.title == f"{one.number} · Đất đai"
        assert Question.objects.get(pk=one.pk).legal_field == field
    page = client.get(questions[0].matter.address).content.decode()
    assert "legal field: Đất đai" in page
    done = received()
    make(secretary, done, "spam", text="Rác")
    assert press(client, "classify", done, legal_field=field.pk).status_code == 422


def test_wrong_rows_and_wrong_roles(secretary: Any, unit: Any) -> None:
    """R11: nothing by an address that is not theirs; of what is not there, nothing is said."""
    officer, question = seated("contact_officer", unit=unit), received()
    said = {"id": chosen(question), "unit": unit.pk, "topic": "noi-dung-khac"}
    for user in (
        officer,
        seated("unit_head", unit=unit),
        seated("member"),
        seated("operator"),
        UserFactory(is_superuser=True),
    ):
        client = signed_in(user)
        for way in ("classify", "forward"):
            assert client.get(address(way), {"id": said["id"]}).status_code in (302, 403), user
            assert client.post(address(way), said).status_code in (302, 403), user
        if client.get(LIST).status_code == 200:
            assert b"pbgdpl-bulk" not in client.get(LIST).content, user
    assert state(question) == "received"

    client = signed_in(secretary)
    for way in ("spam", "erase", "draft", "khong-co"):
        assert client.post(f"{LIST}bulk/{way}/", said).status_code == 404
    assert client.post(address("forward"), {**said, "id": []})["Location"] == LIST
    strange = [999_999, "x", "-1", "9" * 30]
    response = client.post(address("forward"), {**said, "id": [*said["id"], *strange]})
    assert response.status_code == 422
    text = BeautifulSoup(response.content, "lxml").select_one("[role=alert]").get_text()
    assert re.search(r"4 of the chosen are not there", text)
    assert state(question) == "with_unit"
