"""What nobody may do to a question, and what nobody may see of it (R11, R12, Q7, X5)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import UnitFactory, UserFactory, seated
from tests.questions.case import NAME, SENDER, WORDS, make, received, signed_in, state
from wagtail_pbgdpl.authority.rules import Act
from wagtail_pbgdpl.matters.deeds import Deed, Happening, act, may_make
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions.kinds import KINDS
from wagtail_pbgdpl.questions.lifecycle import PART, QUESTION
from wagtail_pbgdpl.questions.models import Question

TABLES = [*((code, QUESTION) for code in KINDS), ("question_part", PART)]


@pytest.mark.parametrize(("kind", "table"), TABLES, ids=[code for code, _table in TABLES])
def test_no_other_way_is_saved(kind: str, table: Any) -> None:
    """Each pair of states that is no move of the table, whatever would save the row."""
    refused = 0
    for before, after in product([None, *table.states], table.states):
        if before == after or table.leads(before, after):
            continue
        row = Matter(kind=kind, state=after)
        row._state_before = before
        with pytest.raises(ValueError, match="no way from"):
            row.save()
        refused += 1
    assert refused > len(table.states)


pytestmark = pytest.mark.django_db


@pytest.fixture
def forwarded(secretary: Any, unit: Any, officer: Any, head: Any) -> Question:
    question = received()
    values = {"topic": "noi-dung-khac", "heading": "Ruộng lúa", "unit": unit, "others": []}
    act(Deed(question.matter, "forward", secretary, values=values))
    return question


def test_a_superuser_without_a_seat_decides_nothing(forwarded: Question) -> None:
    root = UserFactory(is_superuser=True)
    row = forwarded.matter
    before = row.events.count()
    for code in QUESTION.states:
        there = Matter(kind=row.kind, subject=row.subject, category=row.category, state=code)
        there.unit, there.action, there.role = row.unit, row.action, row.role
        for move in QUESTION.moves_from(code):
            assert not may_make(root, move, there), (code, move.code)
    client = signed_in(root)
    for move in QUESTION.moves.values():
        said = {"way": move.code, f"{move.code}-text": "Tôi", f"{move.code}-answer": "Tôi"}
        answer = client.post(row.address, said)
        assert answer.status_code in ((302, 403, 422) if move.act is None else (422,)), move.code
    assert (state(forwarded), row.events.count()) == ("with_unit", before)


def test_a_forged_move_changes_nothing(
    forwarded: Question, officer: Any, head: Any, secretary: Any
) -> None:
    """Of another's step, of another state, of the asker, of a program, of no table at all."""
    before = forwarded.matter.events.count()
    clients = {one: signed_in(one) for one in (officer, head, secretary)}
    for user, way, values in (
        (officer, "approve", {}),
        (head, "approve", {}),
        (officer, "extend", {"days": 5, "text": "Lâu"}),
        (officer, "reopen", {"text": "Lại"}),
        (head, "out_of_scope", {"text": "Không"}),
        (secretary, "draft", {"answer": "Tôi trả lời"}),
        (secretary, "board_approve", {}),
        (secretary, "spam", {"text": "Rác"}),
    ):
        said = {"way": way} | {f"{way}-{name}": value for name, value in values.items()}
        assert clients[user].post(forwarded.matter.address, said).status_code == 422, way
    for way in ("supplied", "asker_withdrew", "published", "looked", "rated", "begun", "khong-co"):
        answer = clients[secretary].post(forwarded.matter.address, {"way": way})
        assert answer.status_code in (302, 403), way
    assert (state(forwarded), forwarded.matter.events.count()) == ("with_unit", before)
    assert Question.objects.get(pk=forwarded.pk).answer == ""


def test_what_somebody_decides_does_not_happen_by_itself(forwarded: Question) -> None:
    decided = [move.code for move in QUESTION.moves.values() if move.act is not None]
    assert Act.APPROVE in {QUESTION.moves[code].act for code in decided}
    for code in decided:
        with pytest.raises(ValueError, match="somebody makes"):
            act(Happening(forwarded.matter, code))


def test_set_aside_without_a_word_to_the_asker(secretary: Any) -> None:
    question = received()
    make(secretary, question, "spam", text="Quảng cáo")
    assert (state(question), question.matter.outcome) == ("spam", "spam")
    assert Notice.objects.filter(address=SENDER["email"]).count() == 1


def test_another_unit_sees_nothing(forwarded: Question, officer: Any) -> None:
    """R11: the list, the search, the page, the history, the contact data, by any address."""
    other = UnitFactory(categories=["C6"])
    strangers = (
        seated("contact_officer", unit=other),
        seated("unit_head", unit=other),
        seated("operator"),
    )
    listing = reverse("pbgdpl_questions:list")
    contact = reverse("pbgdpl_question_contact", args=[forwarded.pk])
    mine = signed_in(officer).get(listing).content.decode()
    assert forwarded.number in mine
    assert forwarded.matter.address in mine
    for user in strangers:
        client = signed_in(user)
        for address in (listing, f"{listing}?q=Ruộng", f"{listing}?state=with_unit"):
            assert forwarded.number not in client.get(address).content.decode()
        assert client.get(forwarded.matter.address).status_code == 404
        assert client.get(contact).status_code == 404
        assert client.post(contact, {"purpose": "Xem"}).status_code == 404
        assert client.post(forwarded.matter.address, {"way": "draft"}).status_code == 404
    assert signed_in(officer).get(contact.replace(str(forwarded.pk), "999999")).status_code == 404
    assert not forwarded.matter.events.filter(move="looked").exists()


def test_the_list_finds_by_number_code_and_words(forwarded: Question, secretary: Any) -> None:
    other = received()
    client, listing = signed_in(secretary), reverse("pbgdpl_questions:list")
    assert listing in client.get(reverse("wagtailadmin_home")).content.decode()
    code = "-".join(forwarded.code[at : at + 4] for at in range(0, 16, 4))
    for words in (forwarded.number, code, "Ruộng lúa", "lua ruong"):
        found = client.get(listing, {"q": words}).content.decode()
        assert forwarded.number in found
        assert other.number not in found, words
    assert forwarded.number not in client.get(listing, {"q": NAME}).content.decode()
    assert other.number not in client.get(listing, {"state": "with_unit"}).content.decode()


def test_the_page_begins_with_what_is_decided_on(forwarded: Question, officer: Any) -> None:
    """No row is empty; the words of the asker come first, and before what was done the form."""
    page = signed_in(officer).get(forwarded.matter.address).content.decode()
    html = BeautifulSoup(page, "lxml")
    rows = [one.get_text(strip=True) for one in html.select("dl.pbgdpl-matter__about dd")]
    assert rows[:2] == ["Ruộng lúa", WORDS]
    assert not {"", "–", "None"} & set(rows)
    assert html.select_one(".pbgdpl-matter--to-decide form [name=way][value=draft]") is not None
    assert page.index('value="draft"') < page.index('id="pbgdpl-history-section"')


def test_contact_data_needs_a_purpose_once(
    forwarded: Question, officer: Any, secretary: Any
) -> None:
    """Q7, R12: who looked, when, what for; of each case anew, of each person."""
    address = reverse("pbgdpl_question_contact", args=[forwarded.pk])
    client = signed_in(officer)
    page = client.get(forwarded.matter.address).content.decode()
    assert WORDS in page
    assert f'href="{address}"' in page
    for hidden in (NAME, SENDER["email"], SENDER["phone"]):
        assert hidden not in page
        assert hidden not in client.get(address).content.decode()
    assert client.post(address, {"purpose": " "}).status_code == 200
    assert not forwarded.matter.events.filter(move="looked").exists()
    shown = client.post(address, {"purpose": "Gọi hỏi thêm về thửa đất"}, follow=True)
    assert NAME in shown.content.decode()
    assert SENDER["phone"] in client.get(address).content.decode()
    assert "no-store" in shown["Cache-Control"]
    event = forwarded.matter.events.get(move="looked")
    assert (event.by, event.detail) == (officer, {"reason": "Gọi hỏi thêm về thửa đất"})
    assert "Gọi hỏi thêm" in signed_in(secretary).get(forwarded.matter.address).content.decode()
    assert NAME not in signed_in(secretary).get(address).content.decode()
    assert NAME not in client.get(forwarded.matter.address).content.decode()
    assert NAME not in signed_in(secretary).get(reverse("pbgdpl_questions:list")).content.decode()


def test_who_acts_on_what_has_changed_is_told(
    forwarded: Question, officer: Any, head: Any, secretary: Any
) -> None:
    """R12: the head approves the draft that was read, and a second click extends nothing."""
    make(officer, forwarded, "draft", answer="Bản một")
    seen = forwarded.matter
    make(officer, forwarded, "draft", answer="Bản hai")
    data = {"way": "approve", "approve-seen": seen.mark}
    assert signed_in(head).post(seen.address, data).status_code == 422
    assert state(forwarded) == "drafted"

    seen = forwarded.matter
    data = {"way": "extend", "extend-seen": seen.mark, "extend-days": 5, "extend-text": "Lâu"}
    client = signed_in(secretary)
    assert [client.post(seen.address, data).status_code for _click in range(2)] == [302, 422]
    assert forwarded.matter.extended_by == 5
