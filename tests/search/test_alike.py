"""Answered questions that look like what somebody types (C6, Q1)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import factory_for
from tests.search.written import TITLES, TUNING, Titles, places, share_of_first
from wagtail_pbgdpl.core.flood import FloodGate
from wagtail_pbgdpl.pages.models import AnswerPage
from wagtail_pbgdpl.questions import cases
from wagtail_pbgdpl.search import keeping, sources, views
from wagtail_pbgdpl.search.alike import LONGEST_TEXT, alike
from wagtail_pbgdpl.search.models import AlikeCount, AlikeTerm
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db

AnswerFactory = factory_for(AnswerPage)
TITLE = "Đăng ký khai sinh quá hạn cho trẻ em"
TYPED = "dang ky khai sinh qua han"
ADDRESS = "/pbgdpl/hoi-dap/tuong-tu"


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "gate", FloodGate(240, 1200, 20))
    monkeypatch.setattr(views, "gate_of_unknown", FloodGate(1200, 1200, 0))
    yield
    process_cache.forget()


@pytest.fixture
def answer(index_of: Any) -> Any:
    return AnswerFactory(
        parent=index_of("C6"),
        title=TITLE,
        question_text="Con tôi bốn tháng tuổi mà chưa có giấy tờ gì.",
        legal_basis=[
            (
                "legal_basis",
                {
                    "name": "Luật Hộ tịch năm 2014",
                    "articles": "Điều 15",
                    "url": "https://vbpl.example.vn/ho-tich",
                },
            )
        ],
    )


def found(text: str = TYPED) -> list[str]:
    process_cache.forget()
    return [one.title for one in alike(text)]


def test_the_right_answer_stands_first_for_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 399 answers; what was written afterwards is measured in ``benchmarks.alike``."""
    monkeypatch.setattr(sources, "_sources", {"titles": Titles(TITLES)})
    assert keeping.mend() == len(TITLES)
    assert keeping.mend() == 0
    assert share_of_first(3, places(TUNING)) >= 0.8


def test_frequent_terms_are_counted_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells little is the same, counted before or now; what is rare is never kept."""
    monkeypatch.setattr(sources, "_sources", {"titles": Titles(TITLES)})
    keeping.mend()
    keeping.count()
    before = places(TUNING[:20])
    monkeypatch.setattr(keeping, "FREQUENT", 10)
    kept = keeping.count()
    rows = AlikeCount.objects.in_bulk()
    assert kept == len(rows) > 10
    assert rows[keeping.EVERY].answers == len(TITLES)
    assert all(
        row.answers == AlikeTerm.objects.filter(term=term).count() >= 10
        for term, row in rows.items()
    )
    assert places(TUNING[:20]) == before
    AlikeTerm.objects.all().delete()
    assert keeping.count() == 0
    assert not AlikeCount.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", TITLE),
        "ĐĂNG KÍ KHAI SINH QUÁ HẠN",
        "dang ky kahi sinh qua hna",
        "đang kýkhai sinh",
        "dda8ng kys khai sinh",
        "Con tôi bốn tháng tuổi chưa có giấy tờ",
    ],
)
def test_it_is_found_however_it_is_typed(answer: Any, text: str) -> None:
    assert found(text) == [TITLE]


@pytest.mark.parametrize(
    "text",
    ["", " ?! ", "thế nào ở đâu không", "thời tiết hôm nay", "a" * 10_000, "\x00' OR 1=1 --"],
)
def test_nothing_alike_is_nothing(answer: Any, text: str) -> None:
    assert found(text) == []


def test_of_long_texts_the_beginning_counts(answer: Any) -> None:
    assert found("xin chào " * 40 + TYPED) == [TITLE]
    assert found("xin chào " * (LONGEST_TEXT // 9 + 1) + TYPED) == []


class TestUpkeep:
    def test_a_draft_is_not_found(self, index_of: Any) -> None:
        AnswerFactory(parent=index_of("C6"), title=TITLE, live=False)
        assert found() == []
        assert not AlikeTerm.objects.exists()

    def test_what_is_taken_down_is_gone(self, answer: Any) -> None:
        # As the admin does it: by the row of the base page.
        answer.page_ptr.unpublish()
        assert found() == []
        assert not AlikeTerm.objects.exists()

    def test_what_is_deleted_is_gone(self, answer: Any) -> None:
        answer.page_ptr.delete()
        assert not AlikeTerm.objects.exists()

    def test_what_is_changed_is_found_by_its_new_words(self, answer: Any) -> None:
        answer.title = "Cải chính năm sinh"
        answer.save_revision()
        assert found() == [TITLE]  # a draft
        answer.save()
        assert found("cai chinh nam sinh") == ["Cải chính năm sinh"]
        assert not AlikeTerm.objects.filter(term="khai_sinh").exists()

    def test_what_becomes_private_is_not_found(self, answer: Any) -> None:
        lock = PageViewRestriction.objects.create(
            page=answer.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
        assert found() == []
        lock.delete()
        assert found() == [TITLE]

    def test_what_is_rolled_back_was_never_there(self, index_of: Any) -> None:
        with transaction.atomic():
            AnswerFactory(parent=index_of("C6"), title=TITLE)
            assert found() == [TITLE]
            transaction.set_rollback(True)
        assert found() == []

    def test_ways_that_tell_nobody_are_mended(self, answer: Any) -> None:
        AnswerPage.objects.filter(pk=answer.pk).update(live=False)
        assert found() == []  # asked of the page
        assert keeping.mend() == 1
        assert not AlikeTerm.objects.exists()
        AnswerPage.objects.filter(pk=answer.pk).update(live=True)
        assert found() == []
        assert keeping.mend() == 1
        assert found() == [TITLE]

    def test_nothing_stays_in_a_process(self, answer: Any) -> None:
        """What another process enters or removes is seen at once: the database alone knows it."""
        assert found() == [TITLE]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM wagtail_pbgdpl_aliketerm")
        assert found() == []
        keeping.mend()
        assert found() == [TITLE]


class TestAddress:
    def ask(self, text: str = TYPED, **headers: Any) -> Any:
        return Client(**headers).get(ADDRESS, {"q": text})

    def test_it_tells_title_and_address(self, answer: Any) -> None:
        assert reverse("wagtail_pbgdpl:alike") == ADDRESS
        response = self.ask()
        assert response.json() == {"answers": [{"title": TITLE, "address": answer.url}]}
        assert "private" in response["Cache-Control"]
        assert "max-age=60" in response["Cache-Control"]
        assert not response.cookies

    @pytest.mark.parametrize("text", ["", "ngan", "\x00" * 50, "x" * 3000])
    def test_nothing_is_asked_of_odd_texts(self, answer: Any, text: str) -> None:
        response = self.ask(text)
        assert (response.status_code, response.json()) == (200, {"answers": []})

    def test_it_is_only_read(self, answer: Any) -> None:
        assert Client().post(ADDRESS, {"q": TYPED}).status_code == 405

    def test_a_flood_is_stopped(self, answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "gate", FloodGate(1, 1200, 20))
        one, other = {"REMOTE_ADDR": "113.160.0.1"}, {"REMOTE_ADDR": "113.160.0.2"}
        assert [self.ask(**one).status_code for _ in range(2)] == [200, 429]
        assert self.ask(**other).status_code == 200

    def test_the_text_stays_nowhere(self, answer: Any, caplog: pytest.LogCaptureFixture) -> None:
        cache.clear()
        with (
            CaptureQueriesContext(connection) as queries,
            caplog.at_level("DEBUG", "wagtail_pbgdpl"),
        ):
            self.ask(f"{TYPED} 0912345678")
        written = [one["sql"] for one in queries if not one["sql"].startswith(("SELECT", "WITH"))]
        assert written == []
        assert caplog.text == ""
        assert "0912345678" not in repr(getattr(cache, "_cache", ""))
        assert len(queries) <= 12


def test_the_include_shows_the_list_without_a_script(answer: Any) -> None:
    name = "wagtail_pbgdpl/includes/alike.html"
    shown = render_to_string(name, {"alike_text": TYPED})
    assert f'href="{answer.url}"' in shown
    assert "<script" not in shown
    waiting = render_to_string(name, {"alike_field": "id_text"})
    assert " hidden>" in waiting
    assert "alike.js" in waiting
    assert 'data-field="id_text"' in waiting


def test_an_official_sees_the_nearest_with_their_basis(answer: Any) -> None:
    from wagtail_pbgdpl.questions.details import details_of

    sender = {"full_name": "Hoàng Thị Người Hỏi", "email": "nguoi-hoi@example.vn"}
    question = cases.receive("question", f"Tôi muốn {TYPED}", sender)
    shown = "\n".join(str(value) for _label, value in details_of(question))
    assert f'href="{answer.url}"' in shown
    assert 'href="https://vbpl.example.vn/ho-tich"' in shown
    assert "Luật Hộ tịch năm 2014, Điều 15" in shown
    assert json.dumps(list(AlikeTerm.objects.values_list("term", flat=True))).count("muon") == 0
