"""D5: relations between documents, shown from both sides, and citations in running text."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NewsFactory, factory_for
from tests.questions.case import day
from wagtail_pbgdpl.blocks.relation import RelationBlock
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.recording import record_new
from wagtail_pbgdpl.corpus.diagram import Box, draw
from wagtail_pbgdpl.corpus.models import Citation, DocumentRecord, DocumentRelation
from wagtail_pbgdpl.corpus.records import validity_at
from wagtail_pbgdpl.corpus.resolving import place_of
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache

LawFactory = factory_for(pages.LegalDocumentPage)
MARCH = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(day(2), tick=False) as frozen:
        yield frozen


def relation(code: str, page: Any = None, **values: Any) -> tuple[str, dict[str, Any]]:
    empty = {"number": "", "name": "", "provisions": "", "since": None}
    return ("relation", {"relation": code, "page": page, **empty, **values})


def articles(*numbers: str) -> list[Any]:
    return [
        ("legal_article", {"number": number, "title": "", "lead": "", "clauses": [], "prefix": ""})
        for number in numbers
    ]


def shown(page: Any, part: str = ".pbgdpl-relations") -> Any:
    process_cache.forget()
    response = Client().get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml").select_one(part)


def words(element: Any) -> str:
    return " ".join(element.get_text().split()) if element else ""


@pytest.mark.django_db
class TestBothSides:
    @pytest.fixture
    def old(self, index_of: Any) -> Any:
        return LawFactory(
            parent=index_of("C7"),
            title="Quyết định cũ",
            document_number="17/2018/QĐ-UBND",
            effective_on=datetime.date(2018, 8, 10),
            body=articles("1", "9"),
        )

    def acting(self, index_of: Any, *relations: Any, **values: Any) -> Any:
        values = {"title": "Quyết định mới", "effective_on": MARCH} | values
        return LawFactory(parent=index_of("C7"), relations=list(relations), **values)

    def test_each_names_the_other(self, old: Any, index_of: Any) -> None:
        new = self.acting(index_of, relation("amends", old, provisions="Điều 9"))
        mine, its = shown(new), shown(old)
        assert "Văn bản này sửa đổi, bổ sung Quyết định cũ: Điều 9" in words(mine)
        assert mine.select_one("dd a[href$='#dieu-9']")["href"] == f"{old.url}#dieu-9"
        assert "Văn bản này được sửa đổi, bổ sung bởi Quyết định mới: Điều 9" in words(its)
        assert its.select_one("dd a[href='#dieu-9']")
        assert its.select_one("svg[role=img][aria-labelledby=van-ban-lien-quan]")
        assert "Quyết định mới" in its.select_one("svg").get_text()

    def test_the_other_side_may_say_it(self, old: Any, index_of: Any) -> None:
        new = self.acting(index_of)
        old.relations = [relation("replaces_by", new)]
        publish(old)
        assert "Văn bản này thay thế Quyết định cũ" in words(shown(new))
        # Both said it: it is shown once.
        new.relations = [relation("replaces", old)]
        publish(new)
        assert len(shown(new).select("dd")) == 1

    @pytest.mark.parametrize(
        ("code", "provisions", "validity"),
        [
            ("replaces", "", "Hết hiệu lực"),
            ("repeals", "", "Hết hiệu lực"),
            ("repeals", "Điều 9", "Hết hiệu lực một phần"),
            ("amends", "", "Hết hiệu lực một phần"),
            ("corrects", "", "Còn hiệu lực"),
            ("based_on", "", "Còn hiệu lực"),
        ],
    )
    def test_the_validity_follows(
        self, code: str, provisions: str, validity: str, old: Any, index_of: Any, clock: Any
    ) -> None:
        since = MARCH + datetime.timedelta(days=1)
        self.acting(index_of, relation(code, old, provisions=provisions), effective_on=since)
        assert words(shown(old, ".pbgdpl-badge")) == "Còn hiệu lực"
        # Nobody does anything, and no job runs: the day has come.
        clock.move_to(day(3, 0))
        assert words(shown(old, ".pbgdpl-badge")) == validity

    def test_what_is_taken_down_does_nothing_any_more(self, old: Any, index_of: Any) -> None:
        new = self.acting(index_of, relation("replaces", old))
        assert old.validity_now == "HHL"
        new.unpublish()
        again = type(old).objects.get(pk=old.pk)
        assert again.validity_now == "CHL"
        assert shown(old) is None

    def test_a_document_that_the_portal_gets_later(self, old: Any, index_of: Any) -> None:
        new = self.acting(
            index_of, relation("based_on", number="30/2020/NĐ-CP", name="Nghị định 30/2020/NĐ-CP")
        )
        assert "căn cứ Nghị định 30/2020/NĐ-CP" in words(shown(new))
        decree = self.acting(
            index_of, title="Nghị định về công tác văn thư", document_number="30/2020/NĐ–CP"
        )
        assert shown(new).select_one("dd a")["href"] == decree.url
        assert "là căn cứ của Quyết định mới" in words(shown(decree))

    def test_not_even_the_name_of_a_draft_is_shown_as_a_link(self, old: Any, index_of: Any) -> None:
        draft = LawFactory(parent=index_of("C7"), live=False, title="Mật")
        self.acting(index_of, relation("amends", old))
        old.relations = [relation("replaces_by", draft)]
        publish(old)
        process_cache.forget()
        html = Client().get(old.url).content.decode()
        assert draft.url not in html
        assert "Mật" not in html

    def test_who_was_told_stays_when_it_is_published_anew(self, old: Any, index_of: Any) -> None:
        new = self.acting(index_of, relation("amends", old, provisions="Điều 9"))
        before = DocumentRelation.objects.get()
        assert before.told_at is not None
        publish(type(new).objects.get(pk=new.pk))
        assert DocumentRelation.objects.get().told_at == before.told_at

    @pytest.mark.parametrize(
        "wrong",
        [
            {"number": "", "name": ""},
            {"number": "1/QĐ-UBND", "provisions": "toàn bộ"},
            {"page": "old", "number": "1/QĐ-UBND"},
        ],
    )
    def test_what_says_nothing_is_refused(self, wrong: dict[str, Any], old: Any) -> None:
        value = dict(relation("amends", **wrong)[1])
        value["page"] = old if value["page"] else None
        block = RelationBlock()
        with pytest.raises(ValidationError):
            block.clean(block.normalize(value))

    def test_queries_do_not_grow_with_relations(
        self, old: Any, index_of: Any, monkeypatch: Any
    ) -> None:
        # On a slow computer two requests may lie more than a second apart.
        monkeypatch.setattr(process_cache, "SECONDS", 3600)
        counts = []
        for number in (1, 4):
            for _ in range(number):
                self.acting(index_of, relation("guides", old))
            shown(old)
            with CaptureQueriesContext(connection) as captured:
                Client().get(old.url)
            counts.append(len(captured))
        assert counts[0] == counts[1]


DAYS = st.one_of(st.none(), st.dates(MARCH - datetime.timedelta(3), MARCH + datetime.timedelta(3)))


@pytest.mark.django_db
def test_the_database_and_the_program_agree() -> None:
    """On what a record comes to on a day, whatever it says."""

    @given(DAYS, DAYS, DAYS, DAYS, st.sampled_from(["", "CHL", "HHL", "HHL1P", "CCHL", "TNHL"]))
    def agree(effective: Any, expired: Any, ended: Any, partly: Any, stated: str) -> None:
        DocumentRecord(
            page=1,
            original=1,
            effective_on=effective,
            expired_on=expired,
            ended_on=ended,
            partly_on=partly,
            stated=stated,
        ).save()
        row = DocumentRecord.objects.annotate(validity=validity_at(MARCH)).get(pk=1)
        assert row.validity == row.standing.on(MARCH)

    agree()


@pytest.mark.django_db
class TestCitations:
    @pytest.fixture
    def law(self, index_of: Any) -> Any:
        return LawFactory(
            parent=index_of("C7"),
            title="Luật Trợ giúp pháp lý",
            document_number="11/2017/QH14",
            issued_on=datetime.date(2017, 6, 20),
            body=articles("7"),
        )

    def links(self, page: Any) -> dict[str, str]:
        found = shown(page, ".pbgdpl-entry__text").select("a.pbgdpl-citation")
        return {words(one): one["href"] for one in found}

    def news(self, index_of: Any, html: str) -> Any:
        return NewsFactory(parent=index_of("C2"), body=[("rich_text", html)])

    def test_lead_to_the_document_and_to_the_article(self, law: Any, index_of: Any) -> None:
        page = self.news(
            index_of,
            "<p>Theo Điều 7 Luật Trợ giúp pháp lý năm 2017 và <b>Luật số 11/2017/QH14</b>.</p>",
        )
        assert self.links(page) == {
            "Điều 7": f"{law.url}#dieu-7",
            "Luật Trợ giúp pháp lý năm 2017": law.url,
            "Luật số 11/2017/QH14": law.url,
        }

    def test_what_is_a_link_already_and_what_is_not_there_stay(
        self, law: Any, index_of: Any
    ) -> None:
        page = self.news(
            index_of,
            '<p><a href="https://example.vn/">Luật Trợ giúp pháp lý năm 2017</a>, '
            "Luật Hộ tịch năm 2014 &amp; Nghị định 1/2020/NĐ-CP</p>",
        )
        assert self.links(page) == {}

    def test_a_document_does_not_lead_to_itself(self, law: Any) -> None:
        law.body = [("rich_text", "<p>Luật này là Luật số 11/2017/QH14.</p>")]
        assert self.links(publish(law)) == {}

    def test_of_two_with_one_number_nobody_knows_which(self, law: Any, index_of: Any) -> None:
        LawFactory(parent=index_of("C7"), document_number="11/2017/QH14", title="Trùng số")
        page = self.news(index_of, "<p>Luật số 11/2017/QH14</p>")
        assert self.links(page) == {}

    def test_a_draft_is_none(self, law: Any, index_of: Any) -> None:
        page = self.news(index_of, "<p>Luật số 11/2017/QH14</p>")
        law.unpublish()
        assert self.links(page) == {}

    def test_who_cites_is_known_and_forgotten(self, law: Any, index_of: Any) -> None:
        page = self.news(index_of, "<p>khoản 1 Điều 7 Luật Trợ giúp pháp lý năm 2017</p>")
        cited = Citation.objects.filter(page=page.pk).exclude(key="")
        assert [(one.key, one.provisions) for one in cited] == [
            ("l:luat tro giup phap ly 2017", "khoản 1 Điều 7")
        ]
        page.unpublish()
        assert not Citation.objects.filter(page=page.pk).exists()

    def test_what_was_public_before_is_read_by_the_job(self, law: Any, index_of: Any) -> None:
        self.news(index_of, "<p>Luật Trợ giúp pháp lý năm 2017</p>")
        record_new()
        Citation.objects.all().delete()
        DocumentRecord.objects.all().delete()
        assert record_new() == pages.ContentPage.objects.live().count()
        assert DocumentRecord.objects.get().law == "luat tro giup phap ly 2017"
        assert record_new() == 0


@pytest.mark.parametrize(
    ("anchor", "places", "place"),
    [
        ("dieu-9", {}, "dieu-9"),
        ("dieu-9-khoan-2", {"9": "quy-che-dieu-9"}, "quy-che-dieu-9-khoan-2"),
        ("dieu-2-khoan-1", {"2": ""}, ""),
        ("dieu-9dd", {"9đ": "quy-che-dieu-9dd"}, "quy-che-dieu-9dd"),
        ("", {}, ""),
    ],
)
def test_the_place_of_an_article(anchor: str, places: dict[str, str], place: str) -> None:
    assert place_of(anchor, places) == place


def test_the_diagram_escapes_and_shortens() -> None:
    drawn = draw("<script>", [Box("Luật & " * 60, "sửa")], [], "danh-sach")
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert drawn.count("<text") == 1 + 3 + 1
    assert " …" in drawn
