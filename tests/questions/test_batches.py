"""Batches of questions, forwarded with one press (Q11: BP20 Điều 11.3)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import UnitFactory, seated
from tests.questions.case import SENDER, WORDS, day, end_of, make, received, signed_in
from tests.together import together
from wagtail_pbgdpl.matters.deeds import Refused
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.questions.batches import forward
from wagtail_pbgdpl.questions.models import Batch, Question

WHY = "Các câu hỏi cùng hỏi về thừa kế."
TOPIC = "tu-van-phap-luat"


@pytest.fixture
def bp20(settings: Any, time_machine: Any, db: None) -> Any:
    """Monday, 2 March 2026."""
    time_machine.move_to(day(2), tick=False)
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "PROFILE": "binh_phuoc_2020"}
    return time_machine


@pytest.fixture
def unit(bp20: Any) -> Any:
    return UnitFactory(name="Phòng Bổ trợ tư pháp", categories=["hoi-dap"])


@pytest.fixture
def secretary(bp20: Any) -> Any:
    return seated("secretary")


@pytest.fixture
def three(bp20: Any) -> list[Question]:
    return [
        cases.receive("question", WORDS, SENDER | {"email": f"nguoi-hoi-{number}@example.vn"})
        for number in range(3)
    ]


def press(user: Any, questions: list[Question], **said: Any) -> Any:
    keys = [str(one.pk) for one in questions]
    data = {"questions": keys, "topic": TOPIC, "days": 10, "why": WHY} | said
    client: Client = signed_in(user)
    return client.post(reverse("pbgdpl_question_batch"), data)


def test_with_one_press(three: list[Question], unit: Any, secretary: Any) -> None:
    assert press(secretary, three[:2], unit=unit.pk).status_code == 302
    batch = Batch.objects.get()
    assert (batch.unit, batch.days, batch.made_by) == (unit, 10, secretary)
    for question in three[:2]:
        question.refresh_from_db()
        matter = question.matter
        assert (question.batch, matter.state, matter.unit) == (batch, "with_unit", unit)
        assert (matter.rule, matter.due_at) == ("board", end_of(day(16).date()))
    three[2].refresh_from_db()
    assert (three[2].batch, three[2].matter.state) == (None, "received")


def test_the_askers_are_told_why_and_until_when(
    three: list[Question], unit: Any, secretary: Any
) -> None:
    press(secretary, three[:2], unit=unit.pk)
    for number, told in enumerate((True, True, False)):
        letters = Notice.objects.filter(
            address=f"nguoi-hoi-{number}@example.vn", key__startswith="question_batched:"
        )
        assert letters.count() == told
        for letter in letters:
            assert WHY in letter.text
            assert "16/03/2026" in letter.text
            assert WORDS not in letter.text


def test_it_shows_on_each_and_in_the_units_list(
    three: list[Question], unit: Any, secretary: Any
) -> None:
    press(secretary, three[:2], unit=unit.pk)
    make(secretary, three[2], "forward", topic=TOPIC, days=5, unit=unit.pk)
    batch, officer = Batch.objects.get(), seated("contact_officer", unit=unit)
    address = f"{reverse('pbgdpl_questions:list')}?batch={batch.pk}"
    client = signed_in(officer)
    text = client.get(address).content.decode()
    assert [one.number in text for one in three] == [True, True, False]
    shown = client.get(three[0].matter.address).content.decode()
    assert batch.number in shown
    assert address.replace("&", "&amp;") in shown
    assert WHY in shown
    file = b"".join(client.get(f"{address}&export=csv")).decode()
    assert file.count(batch.number) == 2


def test_another_unit_learns_nothing_of_it(
    three: list[Question], unit: Any, secretary: Any
) -> None:
    press(secretary, three[:2], unit=unit.pk)
    stranger = seated("contact_officer", unit=UnitFactory(categories=["hoi-dap"]))
    client = signed_in(stranger)
    listing = reverse("pbgdpl_questions:list")
    for address in (listing, f"{listing}?batch={Batch.objects.get().pk}"):
        html = BeautifulSoup(client.get(address).content, "lxml")
        offered = [option.get_text() for option in html.select("[name=batch] option")]
        assert str(Batch.objects.get()) not in offered
        assert not any(one.number in str(html) for one in three)
    assert client.get(three[0].matter.address).status_code == 404


@pytest.mark.parametrize("role", ["contact_officer", "unit_head", "operator", "member"])
def test_only_who_forwards_gathers(role: str, three: list[Question], unit: Any) -> None:
    own = {"unit": unit} if role in ("contact_officer", "unit_head") else {}
    user = seated(role, **own)
    address = reverse("pbgdpl_question_batch")
    assert signed_in(user).get(address).status_code in (302, 403)
    assert press(user, three, unit=unit.pk).status_code in (302, 403)
    assert not Batch.objects.exists()
    assert three[0].matter.state == "received"


@pytest.mark.parametrize(
    "wrong",
    [
        {"why": ""},
        {"days": ""},
        {"unit": ""},
        {"topic": ""},
        {"topic": "linh-vuc-cua-so"},
        {"questions": []},
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    wrong: dict[str, Any], three: list[Question], unit: Any, secretary: Any
) -> None:
    wrong = dict(wrong)
    chosen = wrong.pop("questions", three)
    response = press(secretary, chosen, **({"unit": unit.pk} | wrong))
    assert response.status_code == 422
    html = BeautifulSoup(response.content, "lxml")
    assert html.select(".error-message, .w-field__errors li, .messages .error")
    if "why" not in wrong:
        assert WHY in html.select_one("[name=why]").get_text()
    if chosen:
        assert len(html.select("[name=questions][checked]")) == 3
    assert not Batch.objects.exists()
    assert {one.matter.state for one in three} == {"received"}


def test_one_alone_is_no_batch(three: list[Question], unit: Any, secretary: Any) -> None:
    assert press(secretary, three[:1], unit=unit.pk).status_code == 422


def test_of_one_that_somebody_forwarded_meanwhile_none_goes(
    three: list[Question], unit: Any, secretary: Any
) -> None:
    make(seated("secretary"), three[1], "forward", topic=TOPIC, days=5, unit=unit.pk)
    values = {"unit": unit, "topic": TOPIC, "days": 10, "why": WHY}
    with pytest.raises(Refused, match=three[1].number):
        forward([one.pk for one in three], values, secretary)
    assert not Batch.objects.exists()
    assert three[0].matter.state == "received"


def test_given_back_and_forwarded_anew_it_is_in_none(
    three: list[Question], unit: Any, secretary: Any
) -> None:
    press(secretary, three[:2], unit=unit.pk)
    make(seated("unit_head", unit=unit), three[0], "give_back", text="Không thuộc thẩm quyền.")
    make(secretary, three[0], "forward", topic=TOPIC, days=5, unit=unit.pk)
    three[0].refresh_from_db()
    assert three[0].batch is None


def test_the_list_asks_as_much_for_many(three: list[Question], unit: Any, secretary: Any) -> None:
    client, address = signed_in(secretary), reverse("pbgdpl_question_batch")
    counts = []
    for _ in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
        for _number in range(5):
            received()
    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_of_two_who_gather_the_same_one_is_told(committed: None) -> None:
    unit = UnitFactory(categories=["C6"])
    secretaries = [seated("secretary"), seated("secretary")]
    keys = [received().pk, received().pk]
    values = {"unit": unit, "topic": "noi-dung-khac", "why": WHY}
    orders = [keys, keys[::-1]]
    found = together(lambda: forward(orders.pop(), values, secretaries.pop()), threads=2)
    assert sorted(type(one).__name__ for one in found) == ["Batch", "Refused"], found
    assert Batch.objects.count() == 1
