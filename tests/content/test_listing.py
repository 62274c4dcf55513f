"""Listings, feeds and search: only what the public may read, newest first, in few queries."""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction
from wagtail.rich_text import RichText

from tests.factories import LegalFieldFactory, NewsFactory, factory_for
from wagtail_pbgdpl.content.cards import card_of, note_cards
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache
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


class TestCards:
    """What a list says of an item beside its title."""

    @pytest.fixture
    def leaflet(self, index_of: Any) -> Any:
        file = get_document_model().objects.create(
            title="Tờ gấp", file=ContentFile(b"%PDF-1.4 to gap", name="to-gap.pdf")
        )
        value = {"document": file, "kind": "full_text", "title": "", "note": ""}
        page = factory_for(pages.MaterialPage)(
            parent=index_of("C5"),
            title="Tờ gấp đất đai",
            material_kind="leaflet",
            attachments=[("attachment", value), ("attachment", value | {"kind": "annex"})],
        )
        page.legal_fields = [LegalFieldFactory(name="Đất đai", code="dat-dai-the")]
        page.save()
        return page

    def test_a_card_says_kind_field_and_file(
        self, leaflet: Any, index_of: Any, client: Client
    ) -> None:
        """C5."""
        process_cache.forget()
        html = BeautifulSoup(client.get(index_of("C5").url).content, "lxml")
        (card,) = html.select(".pbgdpl-item")
        assert card.select_one(".pbgdpl-item__kind").text == "Tờ gấp"
        assert "Đất đai" in card.select_one(".pbgdpl-item__fields").text
        link = card.select_one(".pbgdpl-item__file a")
        assert link.text == "Tải PDF: Tờ gấp đất đai"
        assert client.get(link["href"]).status_code == 200
        assert "15" in card.select_one(".pbgdpl-item__file span:not([class])").text

    def test_cards_cost_as_much_for_many(self, leaflet: Any, index_of: Any) -> None:
        for number in range(5):
            factory_for(pages.MaterialPage)(parent=index_of("C5"), title=f"Sách {number}")
        counts = []
        for items in (list(published("C5")[:1]), list(published("C5"))):
            process_cache.forget()
            with CaptureQueriesContext(connection) as captured:
                note_cards(items)
            counts.append(len(captured))
            assert {card_of(item).glyph for item in items} <= {"leaflet", "paper"}
        assert counts[1] <= 3

    def test_an_item_without_picture_has_a_cover_of_its_own(
        self, index_of: Any, client: Client
    ) -> None:
        items = [NewsFactory(parent=index_of("C2"), at=days(number)) for number in range(6)]
        NewsFactory(parent=index_of("C2"), at=days(7), cover=picture())
        process_cache.forget()
        html = BeautifulSoup(client.get(index_of("C2").url).content, "lxml")
        drawn = [str(one) for one in html.select("svg.pbgdpl-cover")]
        assert len(drawn) == len(items)
        assert len(set(drawn)) > 3
        assert all("style=" not in one for one in drawn)
        again = BeautifulSoup(client.get(index_of("C2").url).content, "lxml")
        assert [str(one) for one in again.select("svg.pbgdpl-cover")] == drawn


def test_what_leads_stands_above_the_text(index_of: Any, client: Client) -> None:
    """I8, S7: plain words and the recording, wherever editors put them, and once each."""
    file = get_document_model().objects.create(
        title="Đọc", file=ContentFile(b"ID3", name="doc.mp3")
    )
    sound = {"title": "Bài đọc", "file": file, "transcript": "Lời", "is_reading": True}
    body = [
        ("rich_text", RichText("<p>Theo quy định tại khoản 1.</p>")),
        ("in_short", {"text": RichText("<p>Bạn không mất tiền.</p>")}),
        ("audio", sound),
        ("audio", sound | {"title": "Nhạc hiệu", "is_reading": False}),
    ]
    page = NewsFactory(parent=index_of("C2"), body=body)
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    text = html.select_one(".pbgdpl-entry__text").get_text()
    assert text.count("Bạn không mất tiền.") == 1
    assert text.index("Bạn không mất tiền.") < text.index("Theo quy định tại khoản 1.")
    assert text.index("Bài đọc") < text.index("Theo quy định") < text.index("Nhạc hiệu")
    listen = html.select_one(".pbgdpl-tools__listen")["href"]
    assert html.select_one(listen).name == "figure"
