"""I2, S3: feeds of a unit and a tag, as RSS and Atom; news for search engines; OpenSearch."""

from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from tests.factories import NewsFactory, UnitFactory
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.serving import process_cache

ATOM = "{http://www.w3.org/2005/Atom}"
SOURCE = "{http://purl.org/dc/elements/1.1/}source"


@pytest.fixture
def news(index_of: Any) -> Any:
    """An item of a unit with a tag, and one beside it that has neither."""
    NewsFactory(parent=index_of("C2"), title="Khác", unit=UnitFactory(code="khac"))
    item = NewsFactory(
        parent=index_of("C2"),
        title="Tin",
        author="Lý Thu Hà",
        source="Báo Bắc Kạn",
        unit=UnitFactory(code="so-tu-phap", name="Sở Tư pháp"),
        live=False,
    )
    item.tags.add(ContentTag.objects.create(name="Hòa giải", slug="hoa-giai"))
    publish(item)
    item.refresh_from_db()
    return item


def parsed(client: Client, address: str, kind: str) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith(f"application/{kind}+xml")
    return ET.fromstring(response.content)  # noqa: S314 (our own output)


@pytest.mark.parametrize("end", ["/don-vi/so-tu-phap", "/the/hoa-giai"])
def test_of_a_unit_and_of_a_tag(end: str, news: Any, client: Client) -> None:
    rss = parsed(client, f"/pbgdpl/rss{end}.xml", "rss")
    assert [one.findtext("title") for one in rss.iter("item")] == ["Tin"]
    assert rss.findtext("channel/title").partition(" | ")[0] in {"Sở Tư pháp", "Hòa giải"}
    atom = parsed(client, f"/pbgdpl/atom{end}.xml", "atom")
    (entry,) = atom.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Lý Thu Hà"
    assert entry.findtext(SOURCE) == "Báo Bắc Kạn"
    assert entry.find(f"{ATOM}link").get("href") == news.full_url
    assert entry.findtext(f"{ATOM}updated") == news.last_published_at.isoformat()


@pytest.mark.parametrize(
    "address", ["rss/don-vi/khong-co", "atom/the/khong-co", "atom/khong-co", "rss/the/a/b"]
)
def test_of_nothing(address: str, portal: Any, client: Client) -> None:
    assert client.get(f"/pbgdpl/{address}.xml").status_code == 404


def test_a_reader_that_has_it_is_told_so_until_something_changes(news: Any, client: Client) -> None:
    first = client.get("/pbgdpl/atom/C2.xml")
    known = {"if-none-match": first["ETag"]}
    assert client.get("/pbgdpl/atom/C2.xml", headers=known).status_code == 304
    # A change of an older item, and no new one: the day of the newest would not tell.
    news.summary = "Đã sửa"
    publish(news)
    process_cache.forget()
    assert client.get("/pbgdpl/atom/C2.xml", headers=known).status_code == 200
    assert "Last-Modified" not in first


def test_pages_name_their_feeds(news: Any, index_of: Any, client: Client) -> None:
    def named(address: str) -> set[str]:
        soup = BeautifulSoup(client.get(address).content, "lxml")
        links = soup.select("link[rel=alternate][type$='+xml'], link[rel=search]")
        return {link["href"].removeprefix("/pbgdpl/") for link in links}

    every = {"rss.xml", "atom.xml", "opensearch.xml"}
    of_category = {"rss/C2.xml", "atom/C2.xml"}
    assert named(news.url) == every | of_category | {"atom/the/hoa-giai.xml"}
    listing = index_of("C2").url
    assert named(f"{listing}?the=hoa-giai") == every | of_category | {"atom/the/hoa-giai.xml"}
    assert named(f"{listing}?the=khong-co") == every | of_category


def test_news_for_search_engines(news: Any, index_of: Any, client: Client) -> None:
    old = timezone.now() - datetime.timedelta(days=3)
    NewsFactory(parent=index_of("C2"), title="Cũ", at=old)
    NewsFactory(parent=index_of("C2"), title="Nháp", live=False)
    response = client.get("/sitemap-tin-moi.xml")
    assert response["Content-Type"].startswith("application/xml")
    root = ET.fromstring(response.content)  # noqa: S314
    titles = [one.text for one in root.iter() if one.tag.endswith("}title")]
    assert sorted(titles) == ["Khác", "Tin"]


def test_robots_are_led_to_the_sitemaps(portal: Any, site: Any, client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert [line for line in lines if line.startswith("Sitemap")] == [
        f"Sitemap: {site.root_url}/sitemap.xml",
        f"Sitemap: {site.root_url}/sitemap-tin-moi.xml",
    ]


def test_a_browser_learns_to_search(portal: Any, client: Client) -> None:
    """C14"""
    root = parsed(client, "/pbgdpl/opensearch.xml", "opensearchdescription")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    template = root.find(f"{space}Url").get("template")
    assert template == "http://testserver/pbgdpl/tim-kiem/?q={searchTerms}"
    assert 0 < len(root.findtext(f"{space}ShortName")) <= 16
