"""The page of the search: what a citizen sees of what was found (C14, D1, C7)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.search import demo_pages
from wagtail_pbgdpl.content import search_results
from wagtail_pbgdpl.core.base_page import base_page_model
from wagtail_pbgdpl.core.flood import FloodGate
from wagtail_pbgdpl.search.index_models import SearchPin, SearchSynonym
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.traffic.buffer import buffer
from wagtail_pbgdpl.traffic.models import TrafficSearch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched")]

ADDRESS = "/pbgdpl/tim-kiem/"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(scope="module", autouse=True)
def demo(kept_rows: None) -> None:
    demo_pages.load()


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(search_results, "gate", FloodGate(1000, 10_000, 100))
    monkeypatch.setattr(search_results, "gate_of_typing", FloodGate(1000, 10_000, 100))
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"TRAFFIC_FLUSH_SECONDS": 0}
    # On a slow computer two requests may lie more than a second apart.
    monkeypatch.setattr(process_cache, "SECONDS", 3600)
    process_cache.forget()


@pytest.fixture
def shown(client: Client) -> Any:
    def show(text: str, **more: str) -> BeautifulSoup:
        process_cache.forget()
        response = client.get(ADDRESS, {"q": text, **more}, headers=BROWSER)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return show


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select(".pbgdpl-result__title a")]


def links(soup: BeautifulSoup) -> list[str]:
    return [link["href"] for link in soup.select(".pbgdpl-result__title a")]


class TestResults:
    def test_they_stand_in_groups_with_counts(self, shown: Any) -> None:
        soup = shown("hòa giải")
        groups = [one.get_text() for one in soup.select(".pbgdpl-found__kind")]
        assert any(one.startswith("Tài liệu") or "Materials" in one for one in groups)
        kinds = soup.select(".pbgdpl-found__kinds a")
        assert all(one.get_text().rstrip().endswith(")") for one in kinds)
        assert len(titles(soup)) == 10

    def test_a_kind_and_a_year_narrow_them(self, shown: Any) -> None:
        soup = shown("hòa giải")
        news = next(
            one for one in soup.select(".pbgdpl-found__kinds a") if "loai=news" in one["href"]
        )
        count = int(news.get_text().rpartition("(")[2].rstrip(") "))
        narrowed = shown("hòa giải", loai="news")
        assert len(titles(narrowed)) == count
        assert narrowed.select_one('.pbgdpl-found__kinds a[aria-current="true"]')
        assert shown("hòa giải", loai="news", nam="1999").select_one(".pbgdpl-ask")

    def test_what_they_are_narrowed_to_can_be_undone_one_by_one(self, shown: Any) -> None:
        soup = shown("pháp luật", loai="news", nam="2026")
        chosen = {
            one.get_text().strip("✕ "): one["href"]
            for one in soup.select(".pbgdpl-found__chosen a[aria-current]")
        }
        assert len(chosen) == 2
        assert "nam=" not in chosen["2026"]
        assert "loai=news" in chosen["2026"]
        assert not shown("pháp luật").select(".pbgdpl-found__chosen")

    def test_beside_results_is_what_narrows_them_and_who_helps(self, shown: Any) -> None:
        soup = shown("pháp luật")
        (found,) = soup.select(".pbgdpl-found--beside")
        assert found.select_one("details[data-open-when-wide] .pbgdpl-found__choices a")
        assert found.select_one(".pbgdpl-found__help a.pbgdpl-go")

    def test_words_are_marked_as_they_stand_there(self, shown: Any) -> None:
        soup = shown("dang ky khai sinh")
        marked = {one.get_text().lower() for one in soup.select(".pbgdpl-result mark")}
        assert "đăng ký khai sinh" in marked

    def test_no_pictures(self, shown: Any) -> None:
        assert not shown("hòa giải").select("main img")

    def test_a_number_leads(self, shown: Any) -> None:
        soup = shown("17-2018 qd ubnd")
        lead = soup.select_one(".pbgdpl-result--lead")
        assert "17/2018/QĐ-UBND" in lead.get_text()
        assert titles(soup)[0].startswith("Quyết định số 17/2018")

    def test_a_result_leads_to_the_very_article(self, shown: Any, client: Client) -> None:
        """D3: «Điều 9» of the regulation of the portal, and its clause."""
        address = links(shown("dieu 9 pho bien giao duc"))[0]
        assert address.endswith("#quy-che-dieu-9")
        page = BeautifulSoup(client.get(address.partition("#")[0]).content, "lxml")
        assert page.find(id="quy-che-dieu-9")
        assert links(shown("khoản 1 điều 7 17/2018"))[0].endswith("#quy-che-dieu-7-khoan-1")

    def test_what_was_meant_is_said_and_can_be_undone(self, shown: Any) -> None:
        soup = shown("dang ky khai sihn")
        said = soup.select_one(".pbgdpl-found__meant")
        assert "đăng ký khai sinh" in said.get_text()
        assert titles(soup)
        only = shown("dang ky khai sihn", **{"nguyen-van": "1"})
        assert not only.select_one(".pbgdpl-found__meant")
        assert said.select_one("a")["href"].endswith("nguyen-van=1")

    def test_the_words_that_were_looked_for_are_said_not_others_for_them(self, shown: Any) -> None:
        said = shown("bo nhau thi chia tai san the nao, hoi hoa giai vienn").select_one(
            ".pbgdpl-found__meant"
        )
        assert said is None or "ly hôn" not in said.get_text()
        said = shown("tien nuoi con cua ho ngheoo").select_one(".pbgdpl-found__meant")
        assert said is None or "cấp dưỡng" not in said.get_text()

    @pytest.mark.parametrize(
        "typed",
        [
            "cach nau pho boo",  # nobody wrote it beside the words that are known
            "lich tiep cong dan",  # the table of synonyms has it, so that it is spelled right
            "toi bi danh thi bao cong an nao",  # known words, in a long question
        ],
    )
    def test_nothing_is_meant_where_nothing_tells(self, shown: Any, typed: str) -> None:
        assert not shown(typed).select_one(".pbgdpl-found__meant")

    def test_a_document_without_text_comes_before_others_that_have_such_an_article(
        self, shown: Any
    ) -> None:
        assert titles(shown("điều 5 luật trợ giúp pháp lý"))[0].startswith("Luật Trợ giúp pháp lý")

    def test_what_people_leave_of_a_symbol_leads(self, shown: Any) -> None:
        soup = shown("quyết định 17 năm 2018 UBND")
        assert "17/2018/QĐ-UBND" in soup.select_one(".pbgdpl-result--lead").get_text()

    def test_a_day_may_be_written_with_zeros_or_without(self, shown: Any) -> None:
        for typed in ("ngày 9/11", "ngay 09/11"):
            soup = shown(typed)
            assert "Ngày Pháp luật" in titles(soup)[0], typed
            assert "09" in {one.get_text() for one in soup.select("mark")}, typed

    def test_nothing_found_helps(self, shown: Any, portal: Any) -> None:
        soup = shown("zzz qqq")
        assert titles(soup) == []
        assert len(soup.select("main .pbgdpl-lines a")) >= 10
        assert soup.select_one("main a.pbgdpl-go")

    def test_a_page_of_results_is_for_no_search_engine(self, shown: Any) -> None:
        assert shown("hòa giải").select_one('meta[name=robots][content="noindex"]')

    def test_it_costs_few_queries(self, client: Client) -> None:
        """Whatever is found: ten results with counts, narrowing and marks."""
        counts = []
        for text in ("hòa giải", "pháp luật", "17/2018", "điều 9 quy chế", "khai sinh"):
            client.get(ADDRESS, {"q": text})
            with CaptureQueriesContext(connection) as captured:
                client.get(ADDRESS, {"q": text})
            counts.append(len(captured))
        assert max(counts) <= 14, counts


class TestSuggestions:
    def suggest(self, client: Client, typed: str) -> list[str]:
        response = client.get(f"{ADDRESS}goi-y", {"q": typed})
        assert response.status_code == 200
        said, found = response.json()
        assert said == typed
        return list(found)

    @pytest.mark.parametrize("typed", ["trợ giúp ph", "tro giup phap l", "TRO GIUP"])
    def test_titles_that_go_on_so(self, client: Client, typed: str) -> None:
        assert any("rợ giúp pháp lý" in title for title in self.suggest(client, typed))

    @pytest.mark.parametrize("typed", ["", "t", "  ", "'\"*", "zzqq"])
    def test_nothing_for_little(self, client: Client, typed: str) -> None:
        assert self.suggest(client, typed) == []

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("trowj giups", "Luật Trợ giúp pháp lý"),
            ("luat tgpl", "Luật Trợ giúp pháp lý"),
            ("32-CT", "Chỉ thị số 32-CT/TW"),
            ("số 17 năm 2018", "Quyết định số 17/2018"),
        ],
    )
    def test_titles_that_may_be_meant(self, client: Client, typed: str, first: str) -> None:
        with CaptureQueriesContext(connection) as captured:
            found = self.suggest(client, typed)
        assert found[0].startswith(first)
        assert len(captured) <= 6

    def test_it_costs_two_queries(self, client: Client) -> None:
        self.suggest(client, "hoa giai")
        with CaptureQueriesContext(connection) as captured:
            self.suggest(client, "hoa giai")
        assert len(captured) <= 4


class TestFlood:
    def test_too_much_is_refused(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search_results, "gate", FloodGate(1, 1000, 1))
        client.defaults["REMOTE_ADDR"] = "14.160.0.5"
        assert client.get(ADDRESS, {"q": "a"}).status_code == 200
        response = client.get(ADDRESS, {"q": "a"})
        assert response.status_code == 429
        assert 'name="q"' in response.content.decode()
        assert client.get(ADDRESS).status_code == 200

    def test_so_are_suggestions(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search_results, "gate_of_typing", FloodGate(1, 1000, 1))
        answers = [client.get(f"{ADDRESS}goi-y", {"q": "hoa"}).status_code for _ in range(2)]
        assert answers == [200, 429]


class TestEditors:
    def test_words_that_mean_the_same(self, shown: Any) -> None:
        assert "Tiểu phẩm: Mùa xuân chưa đến tuổi" not in titles(shown("rước xằng"))
        SearchSynonym.objects.create(phrases="rước xằng\ntảo hôn")
        assert titles(shown("rước xằng"))[0] == "Tiểu phẩm: Mùa xuân chưa đến tuổi"

    def test_a_pinned_page_stands_first(self, shown: Any) -> None:
        page = base_page_model().objects.get(slug="thong-tin-lien-he")
        SearchPin.objects.create(query="Hòa giải", page=page.pk)
        soup = shown("HOA GIAI")
        assert titles(soup)[0] == page.title
        assert len(titles(soup)) == 10
        assert page.title not in titles(shown("hòa giải", loai="news"))

    def test_a_pinned_page_that_is_private_is_not_shown(self, shown: Any) -> None:
        page = base_page_model().objects.get(slug="thong-tin-lien-he").specific
        SearchPin.objects.create(query="Hòa giải", page=page.pk)
        page.unpublish()
        assert page.title not in titles(shown("hòa giải"))


class TestCounting:
    def counted(self) -> list[tuple[str, bool, int]]:
        buffer.flush()
        return list(TrafficSearch.objects.values_list("words", "is_empty", "searches"))

    def test_searches_are_counted(self, shown: Any) -> None:
        for text in ("Hòa giải", "hòa  giải ", "zzz qqq"):
            shown(text)
        assert sorted(self.counted()) == [("hòa giải", False, 2), ("zzz qqq", True, 1)]

    @pytest.mark.parametrize(
        "text", ["số điện thoại 0912 345 678", "cccd 001203004005", "a@example.vn", "x" * 150]
    )
    def test_nothing_that_tells_who(self, shown: Any, text: str) -> None:
        shown(text)
        assert self.counted() == []

    def test_neither_robots_nor_turned_pages(self, shown: Any, client: Client) -> None:
        client.get(ADDRESS, {"q": "hòa giải"}, headers={"User-Agent": "Googlebot/2.1"})
        shown("hòa giải", trang="2")
        shown("hòa giải", loai="news")
        assert self.counted() == []


class TestPrivacy:
    def test_what_is_no_longer_public_is_left_out_though_it_is_in_the_index(
        self, shown: Any, client: Client
    ) -> None:
        """Asked of the pages each time: here a change that told nobody."""
        page = base_page_model().objects.get(slug="tieu-pham-mua-xuan-chua-den-tuoi")
        base_page_model().objects.filter(pk=page.pk).update(live=False)
        assert page.title not in titles(shown("tảo hôn"))
