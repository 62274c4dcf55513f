"""Listings, feeds and search: only what the public may read, newest first, in few queries."""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction

from tests.factories import NewsFactory, factory_for
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving.listing import newest, published

NOON = datetime.datetime(2026, 3, 2, 5, tzinfo=datetime.UTC)


def days(number: int) -> datetime.datetime:
    return NOON + datetime.timedelta(days=number)


def keys(items: Any) -> list[int]:
    return [item.pk for item in items]


def make_private(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def picture(name: str = "bia.png") -> Any:
    content = io.BytesIO()
    Picture.new("RGB", (640, 480), "teal").save(content, "PNG")
    return get_image_model().objects.create(title=name, file=ImageFile(content, name=name))


class TestPublished:
    def test_the_newest_stands_first(self, index_of: Any) -> None:
        index = index_of("C2")
        middle, newest_, oldest = (NewsFactory(parent=index, at=days(n)) for n in (2, 3, 1))
        assert keys(published()) == keys([newest_, middle, oldest])

    def test_items_of_one_moment_keep_one_order(self, index_of: Any) -> None:
        """Or an item could stand on two pages of a listing, and another on none."""
        items = [NewsFactory(parent=index_of("C2"), at=NOON) for _ in range(5)]
        assert keys(published()) == keys(reversed(items))

    def test_one_category(self, index_of: Any) -> None:
        news = NewsFactory(parent=index_of("C2"))
        other = factory_for(pages.OtherPage)(parent=index_of("C15"))
        assert keys(published("C2")) == [news.pk]
        assert set(keys(published())) == {news.pk, other.pk}
        assert keys(published("C9")) == []
        assert keys(published("")) == []

    def test_drafts_and_what_was_taken_down_are_not_listed(self, index_of: Any) -> None:
        NewsFactory(parent=index_of("C2"), live=False)
        NewsFactory(parent=index_of("C2")).unpublish()
        assert keys(published()) == []

    def test_private_pages_are_not_listed(self, index_of: Any) -> None:
        make_private(NewsFactory(parent=index_of("C2")))
        assert keys(published()) == []

    def test_nothing_below_a_private_page_is_listed(self, index_of: Any) -> None:
        NewsFactory(parent=index_of("C2"))
        kept = factory_for(pages.OtherPage)(parent=index_of("C15"))
        make_private(index_of("C2"))
        assert keys(published()) == [kept.pk]

    def test_newest_takes_so_many_in_the_language_of_the_page(
        self, index_of: Any, portal: Any
    ) -> None:
        """I6: the English pages of a category do not stand among the Vietnamese ones."""
        items = [NewsFactory(parent=index_of("C2"), at=days(n)) for n in range(4)]
        english = Locale.objects.create(language_code="en")
        pages.ContentPage.objects.filter(pk=items[3].pk).update(locale=english)
        assert keys(newest("C2", 2, portal)) == keys([items[2], items[1]])
        portal.locale = english
        assert keys(newest("C2", 2, portal)) == [items[3].pk]
        assert keys(newest("C2", 2)) == keys([items[3], items[2]])

    def test_newest_for_a_page_that_was_never_saved(self, index_of: Any) -> None:
        """The preview of a new page shows its block of newest items."""
        item = NewsFactory(parent=index_of("C2"))
        assert keys(newest("C2", 5, pages.OtherPage())) == [item.pk]

    def test_newest_takes_one_category(self, index_of: Any) -> None:
        item = NewsFactory(parent=index_of("C2"))
        factory_for(pages.OtherPage)(parent=index_of("C15"))
        assert keys(newest("C2", 5)) == [item.pk]


class TestIndexPage:
    @pytest.fixture
    def index(self, index_of: Any, settings: Any) -> Any:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"ITEMS_PER_PAGE": 3}
        for number in range(7):
            NewsFactory(parent=index_of("C2"), title=f"Tin số {number:02}", at=days(number - 60))
        return index_of("C2")

    def shown(self, client: Client, address: str) -> list[str]:
        response = client.get(address)
        assert response.status_code == 200
        parsed = BeautifulSoup(response.content, "lxml")
        return [title.get_text() for title in parsed.select(".pbgdpl-item__title")]

    def titles(self, *numbers: int) -> list[str]:
        return [f"Tin số {number:02}" for number in numbers]

    def test_pages(self, index: Any, client: Client) -> None:
        for query, numbers in [
            ("", (6, 5, 4)),
            ("?trang=1", (6, 5, 4)),
            ("?trang=2", (3, 2, 1)),
            ("?trang=3", (0,)),
            ("?trang=999", (0,)),
            ("?trang=0", (0,)),
            ("?trang=-1", (0,)),
            ("?trang=abc", (6, 5, 4)),
            ("?trang=", (6, 5, 4)),
            ("?trang=1%00", (6, 5, 4)),
            ("?trang=٣", (0,)),
        ]:
            assert self.shown(client, index.url + query) == self.titles(*numbers), query

    def test_links_lead_through_all_items(self, index: Any, client: Client) -> None:
        found, address = [], index.url
        while address:
            found += self.shown(client, address)
            parsed = BeautifulSoup(client.get(address).content, "lxml")
            link = parsed.select_one(".pbgdpl-pagination a[rel=next]")
            address = index.url + link["href"] if link else ""
        assert found == self.titles(*range(6, -1, -1))

    def test_nothing_that_is_not_public(self, index_of: Any, client: Client) -> None:
        NewsFactory(parent=index_of("C2"), title="Bản thảo", live=False)
        make_private(NewsFactory(parent=index_of("C2"), title="Nội bộ"))
        assert self.shown(client, index_of("C2").url) == []


CHANNEL = "./channel"
ATOM = "{http://www.w3.org/2005/Atom}"


class TestFeeds:
    def feed(self, client: Client, code: str | None = None, **extra: Any) -> ET.Element:
        name = "feed" if code is None else "category_feed"
        address = reverse(f"wagtail_pbgdpl:{name}", args=[code] if code else [])
        response = client.get(address, **extra)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/rss+xml")
        return ET.fromstring(response.content)  # noqa: S314 (our own output)

    def test_order_and_fields(self, index_of: Any, client: Client) -> None:
        first = NewsFactory(parent=index_of("C2"), at=days(1), title="Trước")
        second = NewsFactory(
            parent=index_of("C2"),
            at=days(2),
            title="Sau",
            summary="Tóm tắt",
            author="Lý Thu Hà",
            source="Báo Bắc Kạn",
        )
        items = self.feed(client).findall(f"{CHANNEL}/item")
        assert [item.findtext("title") for item in items] == ["Sau", "Trước"]
        item = items[0]
        assert item.findtext("description") == "Tóm tắt"
        assert item.findtext("pubDate") == "Wed, 04 Mar 2026 05:00:00 +0000"
        assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Lý Thu Hà"
        assert item.findtext("{http://purl.org/dc/elements/1.1/}source") == "Báo Bắc Kạn"
        assert item.findtext("link") == second.full_url
        assert item.findtext("guid") == second.full_url
        assert first.full_url == items[1].findtext("link")

    def test_every_address_is_absolute(self, index_of: Any, client: Client, site: Any) -> None:
        NewsFactory(parent=index_of("C2"))
        root = self.feed(client)
        addresses = [element.text for element in root.iter("link")]
        addresses += [element.get("href") for element in root.iter(f"{ATOM}link")]
        assert len(addresses) == 3
        assert all(str(address).startswith("http://") for address in addresses)

    def test_a_category(self, index_of: Any, client: Client) -> None:
        NewsFactory(parent=index_of("C2"), title="Tin")
        factory_for(pages.OtherPage)(parent=index_of("C15"), title="Khác")
        root = self.feed(client, "C2")
        assert [item.findtext("title") for item in root.iter("item")] == ["Tin"]
        assert root.findtext(f"{CHANNEL}/title").startswith("Tin hoạt động | ")
        assert root.findtext(f"{CHANNEL}/description").startswith("Thông tin hoạt động về công tác")
        assert root.findtext(f"{CHANNEL}/language") == "vi"

    def test_an_unknown_category(self, client: Client, db: Any) -> None:
        assert client.get("/pbgdpl/rss/khong-co.xml").status_code == 404

    def test_a_category_without_items_is_a_valid_feed(self, client: Client, db: Any) -> None:
        assert self.feed(client, "C9").findall(f"{CHANNEL}/item") == []

    def test_drafts_and_private_pages_are_absent(self, index_of: Any, client: Client) -> None:
        NewsFactory(parent=index_of("C2"), live=False)
        make_private(NewsFactory(parent=index_of("C2")))
        assert not list(self.feed(client).iter("item"))
        assert not list(self.feed(client, "C2").iter("item"))

    def test_the_title_of_a_newer_draft_is_not_told(self, index_of: Any, client: Client) -> None:
        page = NewsFactory(parent=index_of("C2"), title="Đã đăng")
        page.title = "Chưa duyệt"
        page.save_revision()
        assert [item.findtext("title") for item in self.feed(client).iter("item")] == ["Đã đăng"]

    def test_markup_and_control_characters(self, index_of: Any, client: Client) -> None:
        """XML knows no form feed: one of them would make the whole feed unreadable."""
        title = '<script>alert("1")</script> & Co ]]>'
        NewsFactory(parent=index_of("C2"), title=title, summary="Trang\x0c hai", author="A & B")
        item = next(self.feed(client).iter("item"))
        assert item.findtext("title") == title
        assert item.findtext("description").split() == ["Trang", "hai"]

    def test_no_more_than_so_many(
        self, index_of: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wagtail_pbgdpl.face.feeds.ITEMS", 2)
        for _ in range(3):
            NewsFactory(parent=index_of("C2"))
        assert len(list(self.feed(client).iter("item"))) == 2

    def test_the_html_names_the_feeds(self, index_of: Any, client: Client) -> None:
        html = BeautifulSoup(client.get(index_of("C2").url).content, "lxml")
        links = [link["href"] for link in html.select('link[rel=alternate][type*="rss"]')]
        assert links == ["/pbgdpl/rss.xml", "/pbgdpl/rss/C2.xml"]
        assert all(client.get(link).status_code == 200 for link in links)
