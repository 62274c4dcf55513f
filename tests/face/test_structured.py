"""What machines are told: JSON-LD, OpenGraph, the sitemap."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    DocumentTypeFactory,
    ImageFactory,
    IssuingBodyFactory,
    NewsFactory,
    factory_for,
)
from wagtail_pbgdpl.face.structured_data import as_script
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.portal import PortalSettings


def data_of(client: Client, page: Any) -> dict[str, Any]:
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    found = json.loads(soup.select_one('script[type="application/ld+json"]').string)
    return {item["@type"]: item for item in found}


def test_a_legal_document_is_legislation(index_of: Any, client: Client) -> None:
    """D1, D2."""
    page = factory_for(pages.LegalDocumentPage)(
        parent=index_of("C7"),
        title="Quyết định về Cổng",
        document_number="17/2018/QĐ-UBND",
        document_type=DocumentTypeFactory(name="Quyết định", code="quyet-dinh-thu"),
        issuing_body=IssuingBodyFactory(name="Ủy ban nhân dân tỉnh", code="ubnd"),
        issued_on=datetime.date(2018, 7, 31),
        effective_on=datetime.date(2018, 8, 10),
        validity="CHL",
        national_database_url="https://vbpl.vn/van-ban/chi-tiet/a--1",
    )
    data = data_of(client, page)["Legislation"]
    assert data["name"] == "Quyết định về Cổng"
    assert data["legislationIdentifier"] == "17/2018/QĐ-UBND"
    assert data["legislationType"] == "Quyết định"
    assert data["legislationPassedBy"]["name"] == "Ủy ban nhân dân tỉnh"
    assert data["legislationDate"] == "2018-07-31"
    # Since when it holds; the date of a version is something else.
    assert data["temporalCoverage"] == "2018-08-10/.."
    assert "legislationDateVersion" not in data
    assert data["datePublished"] == page.published_at.isoformat()
    address = "http://localhost/pbgdpl/eli/vn/ubnd/quyet-dinh-thu/2018/17-2018-qd-ubnd"
    assert data["@id"] == address
    assert data["encoding"]["contentUrl"] == f"{address}.xml"
    assert data["legislationLegalForce"] == "https://schema.org/InForce"
    assert data["sameAs"] == "https://vbpl.vn/van-ban/chi-tiet/a--1"


def test_nobody_has_passed_a_draft(index_of: Any, client: Client) -> None:
    """C12"""
    page = factory_for(pages.ConsultationPage)(
        parent=index_of("C12"),
        title="Dự thảo Nghị quyết",
        drafting_body="Sở Tư pháp",
        issuing_body=IssuingBodyFactory(name="Hội đồng nhân dân tỉnh"),
    )
    found = data_of(client, page)
    assert "Legislation" not in found
    data = found["DigitalDocument"]
    assert data["creativeWorkStatus"] == "Draft"
    assert data["creator"]["name"] == "Sở Tư pháp"
    assert not [name for name in data if name.startswith("legislation")]


@pytest.mark.parametrize(
    ("model", "code", "kind"),
    [(pages.NewsPage, "C2", "NewsArticle"), (pages.OtherPage, "C15", "Article")],
)
def test_other_items_are_articles(
    model: Any, code: str, kind: str, index_of: Any, client: Client
) -> None:
    """S3: author and source."""
    page = factory_for(model)(parent=index_of(code), title="Tên bài")
    data = data_of(client, page)
    assert data[kind]["headline"] == "Tên bài"
    assert data[kind]["author"]["name"] == "Nông Thị Hoa"
    assert data[kind]["sourceOrganization"]["name"] == "Sở Tư pháp"
    assert data[kind]["datePublished"] == page.published_at.isoformat()
    way = [step["name"] for step in data["BreadcrumbList"]["itemListElement"]]
    assert way[1:] == [index_of(code).title, "Tên bài"]


def test_news_have_a_picture(index_of: Any, client: Client) -> None:
    page = NewsFactory(parent=index_of("C2"), cover=ImageFactory())
    address = data_of(client, page)["NewsArticle"]["image"]
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    assert html.select_one('meta[property="og:image"]')["content"] == address


def test_the_home_is_a_web_site_of_an_agency(portal: Any, site: Any, client: Client) -> None:
    row = PortalSettings.for_site(site)
    row.phone, row.email = "0209 3870 000", "pbgdpl@backan.example"
    row.save()
    process_cache.forget()
    data = data_of(client, portal)
    assert data["WebSite"]["url"] == portal.full_url
    agency = data["GovernmentOrganization"]
    assert agency["name"] == data["WebSite"]["publisher"]["name"]
    assert (agency["url"], agency["telephone"]) == (portal.full_url, "0209 3870 000")


def test_a_title_cannot_leave_the_script(index_of: Any, client: Client) -> None:
    title = "</script><script>alert(1)</script> & <!--"
    page = NewsFactory(parent=index_of("C2"), title=title)
    assert data_of(client, page)["NewsArticle"]["headline"] == title


@given(st.text())
def test_no_text_leaves_the_script_or_changes_in_it(text: str) -> None:
    html = as_script([{"headline": text}])
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inside) & set("<>&")
    assert json.loads(inside) == [{"headline": text}]


def test_open_graph(index_of: Any, client: Client) -> None:
    """I5: what social networks show of a shared address."""
    page = NewsFactory(parent=index_of("C2"), title='Tin "mới"')
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    found = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
    assert found["og:title"] == 'Tin "mới"'
    assert found["og:type"] == "article"
    assert found["og:url"] == page.full_url
    assert found["og:description"] == "Tóm tắt nội dung của tin, bài."
    assert soup.select_one("link[rel=canonical]")["href"] == page.full_url


def addresses(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return re.findall("<loc>(.*?)</loc>", response.content.decode())


def test_the_sitemap_has_what_is_public_and_nothing_else(index_of: Any, client: Client) -> None:
    live = NewsFactory(parent=index_of("C2"))
    draft = NewsFactory(parent=index_of("C2"), live=False)
    (section,) = addresses(client, "/sitemap.xml")
    found = addresses(client, section)
    assert live.full_url in found
    assert index_of("C2").full_url in found
    assert draft.full_url not in found
    assert len(found) == len(set(found))


def test_the_portal_takes_addresses_of_its_own_alone() -> None:
    """A site has a sitemap, and other addresses at its root, already."""
    from wagtail_pbgdpl import urls

    taken = [str(pattern.pattern) for pattern in urls.urlpatterns]
    assert all(one.startswith(("pbgdpl/", "api/pbgdpl/")) for one in taken), taken


def test_a_long_sitemap_is_cut_into_files(
    index_of: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail_pbgdpl.face.sitemaps import PortalSitemap

    whole = addresses(client, "/sitemap-trang.xml")
    monkeypatch.setattr(PortalSitemap, "limit", 7)
    parts = addresses(client, "/sitemap.xml")
    assert len(parts) == -(-len(whole) // 7)
    assert [loc for part in parts for loc in addresses(client, part)] == whole


def test_every_page_has_a_picture_and_a_language_for_others(
    index_of: Any, portal: Any, client: Client
) -> None:
    """I5; a page outside the tree too, and with the host of the site."""
    page = NewsFactory(parent=index_of("C2"), tags=["Đất đai"])
    for address in (portal.url, page.url, "/pbgdpl/the/dat-dai/", "/pbgdpl/hoi-dap/so-lieu/"):
        html = BeautifulSoup(client.get(address).content, "lxml")
        picture = html.select_one('meta[property="og:image"]')["content"]
        assert picture.startswith("http://")
        assert picture.endswith("share.png")
        assert html.select_one('meta[property="og:locale"]')["content"] == "vi_VN"


def test_times_are_such_as_html_allows(index_of: Any, client: Client) -> None:
    page = NewsFactory(parent=index_of("C2"))
    html = BeautifulSoup(client.get(page.url).content, "lxml")
    times = [str(one["datetime"]) for one in html.select("time[datetime]")]
    assert times
    valid = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?[+-]\d\d:?\d\d)?"
    assert [one for one in times if not re.fullmatch(valid, one)] == []
