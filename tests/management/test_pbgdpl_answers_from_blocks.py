"""``pbgdpl_answers_from_blocks``: questions that stand as blocks become answers (C6)."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.factories import UnitFactory
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.answers_from_blocks import LONGEST_TITLE, short
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.pages.models import AnswerPage

pytestmark = pytest.mark.django_db


def block(question: str, **values: str) -> tuple[str, dict[str, str]]:
    given = {"answered_by": "Sở Tư pháp", "legal_basis": "Luật Hộ tịch năm 2014, Điều 11"}
    return ("question_answer", {"question": question, "answer": "<p>Có.</p>", **given, **values})


@pytest.fixture
def index(index_of: Any) -> Any:
    page = index_of("C6")
    page.questions = [block("Có mất lệ phí không?"), block("Nộp ở đâu?", answered_by="")]
    return publish(page)


def run(*options: str) -> str:
    out = StringIO()
    call_command("pbgdpl_answers_from_blocks", *options, stdout=out)
    return out.getvalue()


def test_what_is_complete_is_public(index: Any, client: Client) -> None:
    unit = UnitFactory(name="Sở Tư pháp")
    said = run()
    page = AnswerPage.objects.live().get()
    assert page.title in said
    assert (page.title, page.question_text) == ("Có mất lệ phí không?",) * 2
    assert (page.unit, page.author, page.source) == (unit, "Sở Tư pháp", "Sở Tư pháp")
    assert page.published_at <= datetime.datetime.now(datetime.UTC)
    assert page.published_at == index.last_published_at
    html = client.get(page.url).content.decode()
    assert "<p>Có.</p>" in html
    assert "Luật Hộ tịch năm 2014, Điều 11" in html


def test_the_journal_says_that_no_board_decided_it(index: Any) -> None:
    """R8, R12."""
    run()
    page = AnswerPage.objects.live().get()
    events = Event.objects.filter(matter__subject=page.pk, clears=True)
    assert [event.move for event in events] == ["entered"]
    assert events.get().step == ""


def test_what_is_not_complete_waits_for_the_board(index: Any, english: None) -> None:
    """S3: the regulation asks for the author and the source."""
    said = run()
    draft = AnswerPage.objects.get(title="Nộp ở đâu?")
    assert not draft.live
    assert not Event.objects.filter(matter__subject=draft.pk, clears=True).exists()
    assert "draft: Nộp ở đâu? (author: This field cannot be blank." in said
    assert "1 answers made public, 1 left as drafts" in said


def test_it_may_run_again(index: Any) -> None:
    run()
    keys = set(AnswerPage.objects.values_list("pk", flat=True))
    run()
    assert set(AnswerPage.objects.values_list("pk", flat=True)) == keys
    assert len(keys) == 2


def test_a_draft_of_the_index_page_is_left_alone(index: Any) -> None:
    """What was never public does not become public here."""
    index.questions = [block("Chưa duyệt?")]
    index.save_revision()
    run()
    assert not AnswerPage.objects.filter(title="Chưa duyệt?").exists()


def test_a_trial_run_makes_nothing(index: Any) -> None:
    assert "Có mất lệ phí không?" in run("--dry-run")
    assert not AnswerPage.objects.exists()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Một  câu?\nChi tiết.", "Một câu?"),
        ("a " * 200, "a " * 126 + "a…"),
    ],
)
def test_the_title_is_the_question_in_short(question: str, title: str) -> None:
    assert short(question) == title
    assert len(short(question)) <= LONGEST_TITLE
