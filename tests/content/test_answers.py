"""An answer as a page of its own, and the list of them (C6: BK21 Điều 9.6; BP20 Điều 11.5)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import LegalFieldFactory, UnitFactory, factory_for, seated
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.traffic.models import TrafficPage
from wagtail_pbgdpl.worktime.active import today

pytestmark = pytest.mark.usefixtures("searched")

AnswerFactory = factory_for(pages.AnswerPage)
NOON = datetime.datetime(2026, 3, 2, 5, tzinfo=datetime.UTC)


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def basis(**values: Any) -> list[tuple[str, dict[str, Any]]]:
    return [("legal_basis", {"name": "Luật Hộ tịch năm 2014", **values})]


@pytest.fixture
def index(index_of: Any) -> Any:
    return index_of("C6")


class TestPage:
    def test_it_shows_question_answer_unit_and_day(self, index: Any, client: Client) -> None:
        unit = UnitFactory(name="Sở Tư pháp", phone="0209 0000 005", email="stp@example.vn")
        field = LegalFieldFactory(code="ho-tich", name="Hộ tịch")
        page = AnswerFactory(
            parent=index,
            title="Đăng ký khai sinh ở đâu?",
            question_text="Tôi muốn đăng ký khai sinh cho con.",
            body=[("rich_text", "<p>Tại Ủy ban nhân dân cấp xã.</p>")],
            unit=unit,
            answered_on=datetime.date(2026, 2, 3),
            legal_fields=[field],
        )
        html = soup(client, page.url)
        assert html.h1.get_text() == "Đăng ký khai sinh ở đâu?"
        assert "Tôi muốn đăng ký khai sinh" in html.select_one(".pbgdpl-asked").get_text()
        assert "Tại Ủy ban nhân dân" in html.select_one(".pbgdpl-body").get_text()
        assert html.select_one('time[datetime="2026-02-03"]')
        links = {link["href"] for link in html.select(".pbgdpl-details a")}
        assert links == {
            "tel:02090000005",
            "mailto:stp@example.vn",
            f"{index.url}?linh-vuc=ho-tich",
        }

    def test_the_asker_is_named_where_a_name_is_given(self, index: Any, client: Client) -> None:
        """Q7."""
        named = AnswerFactory(parent=index, asker_name="Ông Lý Văn Mẫu")
        unnamed = AnswerFactory(parent=index)
        assert "Ông Lý Văn Mẫu" in str(soup(client, named.url))
        assert not soup(client, unnamed.url).select(".pbgdpl-asked")

    def test_the_number_of_the_question_is_not_public(self, index: Any, client: Client) -> None:
        page = AnswerFactory(parent=index, question_number=918273645)
        for address in (page.url, index.url, reverse("wagtail_pbgdpl:category_feed", args=["C6"])):
            assert "918273645" not in client.get(address).content.decode()

    def test_the_number_survives_versions_and_is_not_copied(self, index: Any) -> None:
        page = AnswerFactory(parent=index)
        old = page.latest_revision
        pages.AnswerPage.objects.filter(pk=page.pk).update(question_number=7)
        assert old.as_object().question_number == 7
        page.refresh_from_db()
        assert page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False).question_number is None

    def test_an_answer_is_not_of_tomorrow(self, index: Any, english: None) -> None:
        with pytest.raises(ValidationError) as caught:
            AnswerFactory(parent=index, answered_on=today() + datetime.timedelta(days=1))
        assert caught.value.message_dict == {"answered_on": ["This day lies in the future."]}


class TestLegalBasis:
    def law(self, index_of: Any, **values: Any) -> Any:
        return factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), **values)

    def links(self, client: Client, page: Any) -> list[tuple[str, str]]:
        found = soup(client, page.url).select(".pbgdpl-basis a")
        return [(link.get_text(), link["href"]) for link in found]

    def test_each_article_leads_to_its_place(
        self, index: Any, index_of: Any, client: Client
    ) -> None:
        law = self.law(index_of)
        page = AnswerFactory(
            parent=index, legal_basis=basis(page=law, articles="Điều 11 và khoản 1 Điều 15")
        )
        assert self.links(client, page) == [
            ("Luật Hộ tịch năm 2014", law.url),
            ("Điều 11", f"{law.url}#dieu-11"),
            ("khoản 1 Điều 15", f"{law.url}#dieu-15-khoan-1"),
        ]

    def test_another_site(self, index: Any, client: Client) -> None:
        page = AnswerFactory(
            parent=index, legal_basis=basis(url="https://vbpl.vn/", articles="Điều 11")
        )
        assert self.links(client, page) == [("Luật Hộ tịch năm 2014", "https://vbpl.vn/")]

    @pytest.mark.parametrize("how", ["draft", "private"])
    def test_what_is_not_public_is_not_linked(
        self, index: Any, index_of: Any, client: Client, how: str
    ) -> None:
        law = self.law(index_of, live=how != "draft")
        if how == "private":
            PageViewRestriction.objects.create(page=law, restriction_type="login")
        page = AnswerFactory(parent=index, legal_basis=basis(page=law, articles="Điều 11"))
        assert self.links(client, page) == []
        assert law.url not in client.get(page.url).content.decode()

    def test_one_target_alone(self, index: Any, index_of: Any) -> None:
        block = pages.AnswerPage._meta.get_field("legal_basis").stream_block
        value = block.to_python(
            [
                {
                    "type": "legal_basis",
                    "value": {"name": "Luật", "page": index.pk, "url": "https://vbpl.vn/"},
                }
            ]
        )
        with pytest.raises(ValidationError):
            block.clean(value)


class TestStructuredData:
    def data(self, client: Client, page: Any) -> dict[str, Any]:
        script = soup(client, page.url).select_one('script[type="application/ld+json"]')
        return {one["@type"]: one for one in json.loads(script.string)}["QAPage"]

    def test_a_question_with_its_answer(self, index: Any, client: Client) -> None:
        page = AnswerFactory(
            parent=index,
            title="Ở đâu?",
            summary="Ở xã.",
            body=[("rich_text", "<p>Tại <b>Ủy ban</b>.</p>")],
            unit=UnitFactory(name="Sở Tư pháp"),
            answered_on=datetime.date(2026, 2, 3),
        )
        question = self.data(client, page)["mainEntity"]
        assert (question["@type"], question["name"], question["text"]) == (
            "Question",
            "Ở đâu?",
            "Ở đâu?",
        )
        assert question["answerCount"] == 1
        assert "author" not in question
        assert question["acceptedAnswer"] == {
            "@type": "Answer",
            "text": "Ở xã.\nTại Ủy ban.",
            "url": page.full_url,
            "datePublished": "2026-02-03",
            "author": {"@type": "Organization", "name": "Sở Tư pháp"},
        }

    def test_without_an_answer_none_is_claimed(self, index: Any, client: Client) -> None:
        question = self.data(client, AnswerFactory(parent=index, summary=""))["mainEntity"]
        assert question["answerCount"] == 0
        assert "acceptedAnswer" not in question


class TestList:
    @pytest.fixture
    def three(self, index: Any) -> dict[str, Any]:
        land, civil = (LegalField.objects.get(code=code) for code in ("dat-dai", "dan-su"))
        justice, aid = (UnitFactory(code="stp", name="Sở"), UnitFactory(code="tgpl", name="TGPL"))
        rows = [
            ("Chia thừa kế nhà", 2025, justice, [civil], "phân chia di sản"),
            ("Tranh chấp ranh giới", 2026, justice, [land, civil], "đo đạc lại"),
            ("Nhờ luật sư", 2026, aid, [land], "miễn phí"),
        ]
        return {
            title: AnswerFactory(
                parent=index,
                title=title,
                unit=unit,
                legal_fields=fields,
                body=[("rich_text", f"<p>{text}</p>")],
                at=NOON.replace(year=year) + datetime.timedelta(hours=number),
            )
            for number, (title, year, unit, fields, text) in enumerate(rows)
        }

    def titles(self, client: Client, address: str) -> list[str]:
        return [one.get_text() for one in soup(client, address).select(".pbgdpl-item__title")]

    def test_it_is_narrowed(self, three: Any, index: Any, client: Client) -> None:
        for query, found in [
            ("", ["Nhờ luật sư", "Tranh chấp ranh giới", "Chia thừa kế nhà"]),
            ("?linh-vuc=dat-dai", ["Nhờ luật sư", "Tranh chấp ranh giới"]),
            ("?linh-vuc=dat-dai&don-vi=stp", ["Tranh chấp ranh giới"]),
            ("?don-vi=tgpl", ["Nhờ luật sư"]),
            ("?nam=2025", ["Chia thừa kế nhà"]),
            ("?nam=2025&don-vi=tgpl", []),
            ("?linh-vuc=y-te", []),
            ("?linh-vuc=%00", ["Nhờ luật sư", "Tranh chấp ranh giới", "Chia thừa kế nhà"]),
            ("?q=thừa", ["Chia thừa kế nhà"]),
            ("?q=đạc&linh-vuc=dan-su", ["Tranh chấp ranh giới"]),
            ("?q=đạc&don-vi=tgpl", []),
            ("?q=%22*", []),
        ]:
            assert self.titles(client, index.url + query) == found, query

    def test_what_is_offered_has_answers(self, three: Any, index: Any, client: Client) -> None:
        html = soup(client, index.url)
        offered = {
            name: [option["value"] for option in html.select(f"select[name={name}] option")]
            for name in ("linh-vuc", "don-vi")
        }
        assert set(offered["linh-vuc"]) == {"", "dat-dai", "dan-su"}
        assert set(offered["don-vi"]) == {"", "stp", "tgpl"}

    def test_a_draft_is_neither_listed_nor_found(
        self, three: Any, index: Any, client: Client
    ) -> None:
        three["Nhờ luật sư"].unpublish()
        assert "Nhờ luật sư" not in self.titles(client, index.url)
        assert self.titles(client, f"{index.url}?q=luật") == []
        assert self.titles(client, f"{index.url}?don-vi=tgpl") == []
        process_cache.forget()
        assert "TGPL" not in client.get(index.url).content.decode()

    def test_the_filter_goes_along_through_the_pages(
        self, three: Any, index: Any, client: Client, settings: Any
    ) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"ITEMS_PER_PAGE": 1}
        html = soup(client, f"{index.url}?linh-vuc=dat-dai&nam=2026")
        link = html.select_one("a[rel=next]")["href"]
        assert self.titles(client, index.url + link) == ["Tranh chấp ranh giới"]

    @pytest.fixture
    def counted_anew(self) -> Iterator[None]:
        """What is kept for a minute is of no other test."""
        cache.clear()
        yield
        cache.clear()

    def test_those_read_most_stand_below_the_whole_list_alone(
        self, three: Any, index: Any, client: Client, counted_anew: None
    ) -> None:
        month = today().replace(day=1)
        for views, title in enumerate(("Tranh chấp ranh giới", "Nhờ luật sư", "Chia thừa kế nhà")):
            TrafficPage.objects.create(
                month=month, page_id=three[title].pk, category="C6", views=views + 1
            )
        three["Nhờ luật sư"].unpublish()

        def read_most(query: str) -> list[str]:
            shown = soup(client, index.url + query).select(".pbgdpl-most-read a")
            return [link.get_text() for link in shown]

        assert read_most("") == ["Chia thừa kế nhà", "Tranh chấp ranh giới"]
        assert read_most("?linh-vuc=dat-dai") == []

    def test_frequent_questions_stand_above_the_whole_list_alone(
        self, three: Any, index: Any, client: Client
    ) -> None:
        index.questions = [("question_answer", {"question": "Hay hỏi?", "answer": "<p>Có.</p>"})]
        index.save()
        assert "Hay hỏi?" in str(soup(client, index.url))
        assert "Hay hỏi?" not in str(soup(client, f"{index.url}?don-vi=stp"))

    def test_the_feed_of_the_category_has_them(self, three: Any, client: Client) -> None:
        feed = client.get(reverse("wagtail_pbgdpl:category_feed", args=["C6"])).content.decode()
        assert all(title in feed for title in three)

    @pytest.mark.parametrize(
        ("query", "most"),
        [
            ("", 2),  # the way, the items
            ("?linh-vuc=dat-dai&don-vi=stp&nam=2026", 3),  # and their number
            ("?q=đạc", 6),  # and which words there are, what has them, its numbers
        ],
    )
    def test_few_queries_however_many_answers(
        self,
        three: Any,
        index: Any,
        client: Client,
        monkeypatch: pytest.MonkeyPatch,
        query: str,
        most: int,
    ) -> None:
        monkeypatch.setattr(process_cache, "SECONDS", 3600)

        def cost() -> int:
            for _ in range(2):
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(index.url + query).status_code == 200
            return len(captured)

        counts = [cost()]
        for number in range(4):
            unit = UnitFactory()
            AnswerFactory(parent=index, title=f"Đo đạc {number}", unit=unit, at=NOON)
        process_cache.forget()
        counts.append(cost())
        process_cache.forget()
        assert counts == [most, most]

    def test_a_page_asks_as_much_for_many_laws_as_for_one(
        self, index: Any, index_of: Any, client: Client
    ) -> None:
        laws = [factory_for(pages.LegalDocumentPage)(parent=index_of("C7")) for _ in range(3)]
        counts = []
        for number in (1, 3):
            named = [one for law in laws[:number] for one in basis(page=law, articles="Điều 1")]
            page = AnswerFactory(parent=index, legal_basis=named, unit=UnitFactory())
            for _ in range(2):
                with CaptureQueriesContext(connection) as captured:
                    client.get(page.url)
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 6


def test_who_supplies_the_category_writes_answers(index: Any, client: Client) -> None:
    """R5, R11: a unit's people write answers where their unit was given the category."""
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "answerpage", index.pk)
    )
    for categories, status in ((["C6"], 200), (["C2"], 302)):
        client.force_login(seated("contact_officer", unit=UnitFactory(categories=categories)))
        assert client.get(address).status_code == status
