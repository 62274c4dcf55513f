"""The home page: what people come for first, in the order that the province wants; the menu."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import NewsFactory, factory_for
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime import VIETNAM

pytestmark = pytest.mark.django_db


def home(client: Client, portal: Any) -> BeautifulSoup:
    process_cache.forget()
    response = client.get(portal.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def headings(soup: BeautifulSoup) -> list[str]:
    return [one.get_text(strip=True) for one in soup.select(".pbgdpl-home h2")]


def arranged(portal: Any, *parts: tuple[str, Any]) -> None:
    portal.arrangement = json.dumps([{"type": name, "value": value} for name, value in parts])
    portal.save()


class TestActs:
    def test_each_tile_leads_to_where_it_is_done(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        tiles = home(client, portal).select(".pbgdpl-acts a")
        assert [tile.get_text(strip=True) for tile in tiles] == [
            "Đặt câu hỏi",
            "Trợ giúp pháp lý miễn phí",
            "Tìm văn bản",
            "Góp ý dự thảo",
        ]
        found = [str(tile["href"]) for tile in tiles]
        assert found[2:] == [index_of("C7").url, index_of("C12").url]
        assert all(client.get(address).status_code == 200 for address in found)

    def test_there_is_one_search_on_the_page(self, portal: Any, client: Client) -> None:
        soup = home(client, portal)
        (form,) = soup.select("form[role=search]")
        assert form.find_parent(class_="pbgdpl-band")
        arranged(portal, ("news", {"title": ""}))
        (form,) = home(client, portal).select("form[role=search]")
        assert form.find_parent("header")

    def test_tiles_of_the_editor_take_their_place(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        tile = {"icon": "learn", "verb": "Xem tờ gấp", "page": index_of("C5").pk, "url": ""}
        gone = tile | {"page": None}
        arranged(portal, ("band", {"title": "Luật", "examples": ["hộ tịch"], "acts": [tile, gone]}))
        soup = home(client, portal)
        (shown,) = soup.select(".pbgdpl-acts a")
        assert (shown.get_text(strip=True), shown["href"]) == ("Xem tờ gấp", index_of("C5").url)
        (example,) = soup.select(".pbgdpl-band__examples a")
        assert client.get(str(example["href"])).context["query"] == "hộ tịch"


class TestParts:
    def test_they_stand_as_the_province_wants(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        NewsFactory(parent=index_of("C2"), title="Hội thi")
        usual = headings(home(client, portal))
        assert usual[-1] == "Chuyên mục"
        arranged(portal, ("directory", {"title": "Mục lục"}), ("news", {"title": "Tin nóng"}))
        assert headings(home(client, portal)) == ["Mục lục", "Tin nóng"]

    def test_a_draft_says_how_long_it_is_open_and_leads_to_the_form(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        today = datetime.datetime.now(VIETNAM).date()
        dates = {"opens_on": today, "closes_on": today + datetime.timedelta(days=3)}
        draft = factory_for(pages.ConsultationPage)(
            parent=index_of("C12"), title="Dự thảo", short_because="Rút gọn", **dates
        )
        shown = home(client, portal).select_one(".pbgdpl-open-draft")
        # The closing day is a whole one, here as on the page of the draft.
        assert "còn 4 ngày" in shown.text
        assert "còn 4 ngày" in client.get(draft.url).content.decode()
        act = str(shown.select_one(".pbgdpl-open-draft__act")["href"])
        assert act == f"/pbgdpl/du-thao/{draft.pk}/gop-y/"

    def test_documents_stand_by_their_day_and_go_at_once(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        make = factory_for(pages.LegalDocumentPage)
        made = [
            make(
                parent=index_of("C7"),
                title=f"Quyết định {number}",
                document_number=f"{number}/2026/QĐ-UBND",
                issued_on=datetime.date(2026, 1, day),
            )
            for number, day in ((1, 5), (2, 9), (3, 2), (4, 7))
        ]
        numbers = home(client, portal).select(".pbgdpl-newest__number")
        assert [one.text for one in numbers] == [f"{n}/2026/QĐ-UBND" for n in (2, 4, 1, 3)]
        assert client.get(portal.url).status_code == 200
        factory_for(pages.PartyDocumentPage)(
            parent=index_of("C9"), title="Chỉ thị", issued_on=datetime.date(2020, 1, 1)
        )
        leading = home(client, portal).select_one(".pbgdpl-newest").find_previous("h2").a
        assert leading["href"] == index_of("C7").url
        made[1].unpublish()
        # Not even a second later: what a process remembers is asked anew whether it is public.
        soup = BeautifulSoup(client.get(portal.url).content, "lxml")
        assert "2/2026/QĐ-UBND" not in [one.text for one in soup.select(".pbgdpl-newest__number")]

    def test_the_directory_follows_the_regulation(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        index_of("C1").move(portal, "last-child")
        shown = home(client, portal).select(".pbgdpl-directory > li > a")
        assert shown[0]["href"] == index_of("C1").url
        assert len(shown) == 15


class TestMenu:
    def first(self, client: Client, portal: Any) -> list[str]:
        return [one.text for one in home(client, portal).select(".pbgdpl-nav__first a")]

    def test_citizens_come_first_by_short_names(self, portal: Any, client: Client) -> None:
        found = self.first(client, portal)
        assert found[0] == "Hỏi đáp"
        assert len(found) == 5
        assert max(map(len, found)) <= 24

    def test_the_whole_menu_follows_the_regulation(
        self, portal: Any, index_of: Any, client: Client
    ) -> None:
        index_of("C1").move(portal, "last-child")
        soup = home(client, portal)
        assert soup.select_one(".pbgdpl-menu__all a")["href"] == index_of("C1").url
        shown = [one["href"] for one in soup.select(".pbgdpl-menu__first a")]
        assert shown == [one["href"] for one in soup.select(".pbgdpl-nav__first a")]

    def test_editors_choose_and_name_them(self, portal: Any, index_of: Any, client: Client) -> None:
        for code, name in (("C8", "Hội đồng"), ("C2", "")):
            index = index_of(code)
            index.in_first_row, index.short_title = True, name
            index.save()
        assert self.first(client, portal) == [index_of("C2").menu_title, "Hội đồng"]
