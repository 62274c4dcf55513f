"""What a reader gets around an item: filters, neighbours, tools, statement."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from tests.factories import NewsFactory, UnitFactory, factory_for
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.consultations import open_consultations
from wagtail_pbgdpl.content.document_facets import TYPE
from wagtail_pbgdpl.content.facets import SUPPLIER, TAG
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.face.neighbours import neighbours
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.models import ReferenceItem
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime.calendar import VIETNAM


def soup_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.text for link in soup.select(".pbgdpl-listing .pbgdpl-item__title a")]


def at(year: int, month: int = 6, day: int = 1, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def news(index_of: Any) -> dict[str, Any]:
    parent = index_of("C2")
    return {
        name: NewsFactory(parent=parent, title=name, at=moment, tags=tags)
        for name, moment, tags in [
            ("Tin cũ", at(2024, 12, 31, 23), ["Đất đai"]),
            ("Tin đầu năm", at(2025, 1, 1, 0), ["Đất đai"]),
            ("Tin giữa năm", at(2025), []),
            ("Tin mới", at(2026), ["Đất đai"]),
        ]
    }


def test_a_listing_of_a_year_knows_the_new_year_of_vietnam(
    news: dict[str, Any], index_of: Any, client: Client
) -> None:
    found = soup_of(client, index_of("C2").url + "?nam=2025")
    assert titles(found) == ["Tin giữa năm", "Tin đầu năm"]


def test_a_listing_of_a_tag(news: dict[str, Any], index_of: Any, client: Client) -> None:
    found = soup_of(client, index_of("C2").url + "?the=dat-dai")
    assert titles(found) == ["Tin mới", "Tin đầu năm", "Tin cũ"]
    assert "Đất đai" in found.select_one(".pbgdpl-filter__state").text


def test_a_tag_of_an_item_leads_to_what_bears_it_in_all_categories(
    news: dict[str, Any], index_of: Any, client: Client
) -> None:
    other = factory_for(pages.MaterialPage)(parent=index_of("C5"), title="Tờ gấp", tags=["Đất đai"])
    link = soup_of(client, news["Tin mới"].url).select_one(".pbgdpl-tags a")
    assert link["href"] == "/pbgdpl/the/dat-dai/"
    assert {"Tin mới", "Tờ gấp"} <= set(titles(soup_of(client, link["href"])))
    of_materials = soup_of(client, f"{link['href']}?chuyen-muc=C5")
    assert titles(of_materials) == ["Tờ gấp"]
    assert "1" in of_materials.select_one(".pbgdpl-chip[aria-current]").get_text()
    other.unpublish()
    assert titles(soup_of(client, f"{link['href']}?chuyen-muc=C5")) != ["Tờ gấp"]


def test_a_tag_that_nothing_bears_is_not_there(db: Any, client: Client) -> None:
    assert client.get("/pbgdpl/the/khong-co/").status_code == 404


@pytest.mark.parametrize("query", ["nam=hai", "nam=-1", "nam=٢٠٢٥", "nam=99999999999", "nam="])
def test_a_year_that_makes_no_sense_is_left_out(
    query: str, news: dict[str, Any], index_of: Any, client: Client
) -> None:
    assert len(titles(soup_of(client, index_of("C2").url + "?" + query))) == 4


def test_turning_the_page_keeps_the_filter(index_of: Any, client: Client) -> None:
    for number in range(21):
        NewsFactory(parent=index_of("C2"), at=at(2025, 1 + number % 12), tags=["Đất đai"])
    found = soup_of(client, index_of("C2").url + "?nam=2025&the=dat-dai")
    following = found.select_one("a[rel=next]")["href"]
    assert following == "?the=dat-dai&nam=2025&trang=2"
    assert len(titles(soup_of(client, index_of("C2").url + following))) == 1


@pytest.mark.parametrize("model", concrete_models(ContentMixin))
def test_every_list_is_narrowed_by_what_its_items_have(model: Any, db: None) -> None:
    """C5 and the others: kinds, reference tables, units and tags; of documents their records."""
    offered = [*model.listed_facets, SUPPLIER, TAG]
    known = {getattr(one, "field", one.name) for one in offered}
    if getattr(model, "is_passed", False):
        known |= {"document_type", "issuing_body", "validity"} if TYPE in offered else set()
    # A draft has no validity, and who drafts it is a text.
    known |= {"validity", "issuing_body"} if model is pages.ConsultationPage else set()
    tables = (ReferenceItem, Unit, ContentTag)
    fields = {
        field.name
        for field in model._meta.get_fields()
        if not field.auto_created
        and (
            (getattr(field, "choices", None) and field.model is model)
            or (field.related_model and issubclass(field.related_model, tables))
        )
    }
    assert fields - known == set()


def test_a_list_is_narrowed_by_unit_and_tag(index_of: Any, client: Client) -> None:
    category = index_of("C10")
    article = factory_for(pages.ResearchPage)
    units = [UnitFactory(name=name, code=code) for name, code in (("Sở", "so"), ("Xã", "xa"))]
    article(parent=category, title="Một", unit=units[0], tags=["Hòa giải"])
    everything = soup_of(client, category.url)
    # Where all have the same there is nothing to choose.
    assert not everything.select("select[name=don-vi], select[name=the]")
    article(parent=category, title="Hai", unit=units[0], tags=["Hòa giải", "Đất đai"])
    article(parent=category, title="Ba", unit=units[1])
    article(parent=category, title="Chưa đăng", unit=units[1], tags=["Mật"], live=False)
    process_cache.forget()
    everything = soup_of(client, category.url)
    chosen = {one["name"]: one.get_text(" ") for one in everything.select("select")}
    assert "Sở (2)" in chosen["don-vi"]
    assert "Xã (1)" in chosen["don-vi"]
    assert "Đất đai (1)" in chosen["the"]
    assert "Hòa giải (2)" in chosen["the"]
    assert "Mật" not in chosen["the"]
    found = soup_of(client, f"{category.url}?don-vi=so&the=dat-dai")
    assert titles(found) == ["Hai"]
    assert found.select_one("select[name=don-vi] option[selected]")["value"] == "so"
    # Units that are named by what stands nowhere, and those of others, have nothing.
    assert titles(soup_of(client, f"{category.url}?don-vi=khong-co")) == []
    answers = [one.name for one in index_of("C6").facets()]
    assert answers.count("don-vi") == 1


def test_neighbours_of_an_item(news: dict[str, Any], index_of: Any) -> None:
    around = neighbours(pages.ContentPage.objects.get(pk=news["Tin đầu năm"].pk))
    assert around.previous.title == "Tin cũ"
    assert around.next.title == "Tin giữa năm"
    assert [page.title for page in around.related] == ["Tin mới", "Tin giữa năm", "Tin cũ"]


def test_neighbours_published_in_the_same_moment_are_all_reached(index_of: Any) -> None:
    moment = timezone.now() - datetime.timedelta(days=1)
    made = [NewsFactory(parent=index_of("C2"), at=moment) for _ in range(3)]
    pages.ContentPage.objects.update(published_at=moment)
    page = pages.ContentPage.objects.get(pk=made[0].pk)
    seen = [page.pk]
    while page := neighbours(page).next:
        seen.append(page.pk)
    assert seen == [one.pk for one in made]


def test_neighbours_leave_out_drafts_and_other_categories(index_of: Any) -> None:
    page = NewsFactory(parent=index_of("C2"))
    NewsFactory(parent=index_of("C2"), live=False)
    factory_for(pages.OtherPage)(parent=index_of("C15"))
    around = neighbours(page)
    assert (around.next, around.previous, list(around.related)) == (None, None, [])


def test_neighbours_cost_one_query(
    news: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    page = pages.ContentPage.objects.get(pk=news["Tin mới"].pk)
    neighbours(page)
    with django_assert_max_num_queries(1):
        neighbours(page)


@time_machine.travel(datetime.datetime(2026, 6, 10, 16, 59, tzinfo=datetime.UTC))
def test_open_consultations_until_the_end_of_the_day_in_vietnam(index_of: Any) -> None:
    """C12: the closing day still counts, Asia/Ho_Chi_Minh; 16:59 UTC is 23:59 there."""
    make = factory_for(pages.ConsultationPage)
    day = datetime.date
    for title, opens, closes in [
        ("hôm nay", day(2026, 5, 1), day(2026, 6, 10)),
        ("hôm qua", day(2026, 5, 1), day(2026, 6, 9)),
        ("ngày mai", day(2026, 6, 11), day(2026, 7, 30)),
        # As long as the regulation has it: 20 days.
        ("hai mươi ngày", day(2026, 6, 1), None),
        ("còn lâu", day(2026, 6, 1), day(2026, 7, 1)),
    ]:
        make(parent=index_of("C12"), title=title, opens_on=opens, closes_on=closes)
    assert [page.title for page in open_consultations(9)] == [
        *("hôm nay", "hai mươi ngày", "còn lâu")
    ]
    assert [page.title for page in open_consultations(1)] == ["hôm nay"]


def test_the_citation_to_copy_names_author_title_time_and_source(
    news: dict[str, Any], client: Client
) -> None:
    """S4: author, time of publication, the reuse phrase and the address."""
    page = news["Tin mới"]
    button = soup_of(client, page.url).select_one(".pbgdpl-attribution [data-copy]")
    assert button["data-copy"] == (
        "Nông Thị Hoa, Tin mới, 09:00 01/06/2026. Theo Cổng TTĐTPBGDPL tỉnh Bắc Kạn, "
        + page.full_url
    )


def test_tools_that_need_a_script_wait_for_it(news: dict[str, Any], client: Client) -> None:
    tools = soup_of(client, news["Tin mới"].url).select_one(".pbgdpl-tools")
    for name in ("data-text-size", "data-read-aloud", "data-print", "data-copy-row"):
        assert tools.select_one(f"[{name}]").has_attr("hidden"), name
    shared = [link["href"] for link in tools.select("a")]
    assert shared[0].startswith("https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2F")
    assert shared[1].startswith("https://zalo.me/share?url=http%3A%2F%2F")


def test_a_page_asks_no_other_host_and_sets_no_cookie(news: dict[str, Any], client: Client) -> None:
    response = client.get(news["Tin mới"].url)
    assert not response.cookies
    soup = BeautifulSoup(response.content, "lxml")
    asked = [tag["src"] for tag in soup.select("[src]")]
    asked += [tag["href"] for tag in soup.select("link[rel=stylesheet], link[rel=preload]")]
    assert asked
    assert all(address.startswith("/") and not address.startswith("//") for address in asked)
    assert not soup.select("[style], style")


def test_the_statement_names_whom_to_tell(client: Client, site: Any) -> None:
    """I8: the accessibility statement."""
    from wagtail_pbgdpl.site.portal import PortalSettings

    PortalSettings.objects.filter(site=site).update(email="tro-nang@example.vn")
    soup = soup_of(client, "/pbgdpl/tro-nang/")
    assert soup.h1.text == "Tuyên bố về khả năng tiếp cận"
    assert soup.select_one('main a[href="mailto:tro-nang@example.vn"]')


def test_every_page_links_to_the_statement(client: Client, portal: Any) -> None:
    assert soup_of(client, portal.url).select_one('footer a[href="/pbgdpl/tro-nang/"]')


def test_the_search_box_leads_to_the_search(client: Client, portal: Any) -> None:
    """C14."""
    form = soup_of(client, portal.url).select_one("form.pbgdpl-search")
    response = client.get(form["action"], {"q": "đất đai"})
    assert (response.status_code, response.context["query"]) == (200, "đất đai")


def test_the_search_page_at_the_very_address_of_the_box(client: Client, portal: Any) -> None:
    """Somebody moved it below the home and kept its name."""
    page = pages.SearchPage.objects.get()
    page.move(portal, pos="last-child")
    assert pages.SearchPage.objects.get().url == "/pbgdpl/tim-kiem/"
    assert client.get("/pbgdpl/tim-kiem/").context["page"].pk == page.pk
    response = client.get("/pbgdpl/tim-kiem/?q=a")
    assert (response.status_code, response.context["query"]) == (200, "a")


def test_the_search_is_always_there(client: Client, portal: Any) -> None:
    """C14: under regulations without such a category too (BK18, BP20, QT24, LC19)."""
    pages.SearchPage.objects.all().delete()
    assert client.get("/pbgdpl/tim-kiem/?q=a").status_code == 200
