"""C14: the search of the portal finds what is public, and bears any query."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests.factories import NewsFactory, factory_for
from wagtail_pbgdpl.content import search_results
from wagtail_pbgdpl.core.flood import FloodGate
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.usefixtures("searched")


@pytest.fixture(autouse=True)
def no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_results, "gate", FloodGate(10_000, 100_000, 100))


@pytest.fixture
def search(portal: Any, client: Client) -> Any:
    address = "/pbgdpl/tim-kiem/"

    def find(query: str | None, **more: str) -> list[str]:
        process_cache.forget()
        data = more if query is None else {"q": query, **more}
        response = client.get(address, data)
        assert response.status_code == 200
        parsed = BeautifulSoup(response.content, "lxml")
        return [title.get_text() for title in parsed.select(".pbgdpl-result__title > a")]

    return find


def body(text: str) -> list[Any]:
    return [("rich_text", f"<p>{text}</p>")]


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("values", "query"),
        [
            ({"title": "Phiên tòa giả định"}, "phiên tòa giả định"),
            ({"summary": "Tuyên truyền lưu động"}, "lưu động"),
            ({"author": "Bàn Hữu Lộc"}, "Bàn Hữu Lộc"),
            ({"source": "Báo Bắc Kạn"}, "Báo Bắc Kạn"),
            ({"place": "Nhà văn hóa thôn Nà Pài"}, "Nà Pài"),
            ({"body": body("bạo lực học đường")}, "học đường"),
        ],
    )
    def test_news(self, index_of: Any, search: Any, values: dict[str, Any], query: str) -> None:
        NewsFactory(parent=index_of("C2"))
        title = NewsFactory(parent=index_of("C2"), **values).title
        assert title in search(query)

    @pytest.mark.parametrize(
        ("values", "query"),
        [
            ({"document_abstract": "Quy định mức trợ cấp"}, "mức trợ cấp"),
            ({"signer": "Đinh Quang Tuyên"}, "Quang Tuyên"),
        ],
    )
    def test_metadata_of_a_document(
        self, index_of: Any, search: Any, values: dict[str, Any], query: str
    ) -> None:
        """D1: the search reads the common table, what the type alone has is found all the same."""
        factory = factory_for(pages.LegalDocumentPage)
        factory(parent=index_of("C7"))
        title = factory(parent=index_of("C7"), title="Văn bản cần tìm", **values).title
        assert search(query) == [title]

    def test_other_spelling_forms(self, index_of: Any, search: Any) -> None:
        """I7: what is typed on macOS, or in capitals."""
        title = NewsFactory(parent=index_of("C2"), title="Hòa giải ở cơ sở").title
        assert search(unicodedata.normalize("NFD", "hòa giải"))[0] == title
        assert search("HÒA GIẢI")[0] == title

    def test_pages_of_all_types_in_one_list(self, index_of: Any, search: Any) -> None:
        found = {
            factory_for(model)(parent=index_of(code), title=f"Chung {code}").title
            for model, code in [
                (pages.NewsPage, "C2"),
                (pages.PartyDocumentPage, "C9"),
                (pages.OtherPage, "C15"),
            ]
        }
        assert set(search("chung")) == found

    def test_drafts_are_not_found(self, index_of: Any, search: Any) -> None:
        NewsFactory(parent=index_of("C2"), title="Bí mật một", live=False)
        NewsFactory(parent=index_of("C2"), title="Bí mật hai").unpublish()
        page = NewsFactory(parent=index_of("C2"), title="Công khai")
        page.title = "Bí mật ba"
        page.save_revision()
        assert search("bí mật") == []
        assert search("công khai") == ["Công khai"]

    def test_private_pages_are_not_found(self, index_of: Any, search: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), title="Nội bộ")
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert search("nội bộ") == []


ODD = [
    "",
    "   ",
    "\x00",
    "a\x00b",
    '"',
    '""',
    "'",
    "\\",
    "%",
    "_",
    "*",
    "( ) AND OR NOT NEAR",
    "-",
    "!",
    "&",
    "|",
    ":*",
    "<->",
    "title:",
    "x" * 10_000,
    "ế " * 5_000,
    "'; DROP TABLE wagtailcore_page; --",
    "<script>alert(1)</script>",
    "🇻🇳",
    "\ud7ff",
    "١٢٣",
    "\u202e\u200b",
    "17/2018/QĐ-UBND",
    "\u0661\u0667/20\u0661\u0668/QĐ-UBND",
    "điều \u0669",
    "điều 9 khoản 2 điểm a điều 7",
    "17/2018 18/2019 20/2020 điều 1 điều 2",
]


class TestOddQueries:
    @pytest.mark.parametrize("query", ODD, ids=ascii)
    def test_a_page_comes_back(self, index_of: Any, search: Any, query: str) -> None:
        NewsFactory(parent=index_of("C2"))
        search(query)

    def test_without_query(self, index_of: Any, search: Any) -> None:
        """An empty form, not everything there is."""
        NewsFactory(parent=index_of("C2"))
        assert search(None) == []
        assert search("") == []

    @hypothesis_settings(
        max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(query=st.text(max_size=40))
    def test_any_query(self, search: Any, query: str) -> None:
        search(query)

    def test_markup_is_escaped(self, client: Client, search: Any) -> None:
        address = "/pbgdpl/tim-kiem/"
        query = '"><script>alert(1)</script>'
        html = client.get(address, {"q": query}).content.decode()
        assert "<script>alert" not in html
        parsed = BeautifulSoup(html, "lxml")
        assert parsed.select_one("input[name=q]")["value"] == query

    def test_a_long_query_is_cut(self, client: Client, search: Any) -> None:
        address = "/pbgdpl/tim-kiem/"
        response = client.get(address, {"q": "x" * 10_000})
        assert response.context["query"] == "x" * 200


class TestPages:
    @pytest.fixture(autouse=True)
    def _three_items(self, index_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        for module in ("search.engine", "content.search_results"):
            monkeypatch.setattr(f"wagtail_pbgdpl.{module}.PER_PAGE", 2)
        for number in range(3):
            NewsFactory(parent=index_of("C2"), title=f"Tin & «bài» {number}")

    def test_the_query_is_kept(self, client: Client, search: Any) -> None:
        """Or the second page would show an empty form."""
        address = "/pbgdpl/tim-kiem/"
        query = "Tin & «bài»"
        found = search(query)
        assert len(found) == 2
        parsed = BeautifulSoup(client.get(address, {"q": query}).content, "lxml")
        link = parsed.select_one(".pbgdpl-pagination a[rel=next]")["href"]
        response = client.get(address + link)
        assert response.context["query"] == query
        assert response.context["search"].page_of_items.number == 2
        parsed = BeautifulSoup(response.content, "lxml")
        found += [title.get_text() for title in parsed.select(".pbgdpl-result__title > a")]
        assert sorted(found) == [f"Tin & «bài» {number}" for number in range(3)]
        back = parsed.select_one(".pbgdpl-pagination a[rel=prev]")["href"]
        assert client.get(address + back).context["query"] == query

    @pytest.mark.parametrize(("number", "shown"), [("abc", 2), ("999", 1), ("0", 2), ("", 2)])
    def test_odd_numbers(self, search: Any, number: str, shown: int) -> None:
        assert len(search("tin", trang=number)) == shown
