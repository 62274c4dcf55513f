"""The secretary adds words that mean the same and pins results; nobody else does."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import NewsFactory, SeatFactory
from wagtail_pbgdpl.search.index_models import SearchPin, SearchSynonym
from wagtail_pbgdpl.traffic.models import TrafficSearch
from wagtail_pbgdpl.traffic.searches import forget_old

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client: Client, portal: Any) -> Client:
    client.force_login(SeatFactory(role="secretary").user)
    return client


@pytest.fixture
def officer(portal: Any) -> Client:
    browser = Client()
    browser.force_login(SeatFactory(role="contact_officer").user)
    return browser


class TestSynonyms:
    def test_the_secretary_adds_them(self, secretary: Client) -> None:
        address = reverse("pbgdpl_search_synonyms:add")
        secretary.post(address, {"phrases": "sổ đỏ\ngiấy chứng nhận"})
        assert [str(one) for one in SearchSynonym.objects.all()] == ["sổ đỏ = giấy chứng nhận"]
        assert "sổ đỏ" in secretary.get(reverse("pbgdpl_search_synonyms:index")).content.decode()

    @pytest.mark.parametrize("phrases", ["", "sổ đỏ", "sổ đỏ\nSO DO", "?!\n--"])
    def test_one_means_nothing(self, secretary: Client, phrases: str) -> None:
        response = secretary.post(reverse("pbgdpl_search_synonyms:add"), {"phrases": phrases})
        assert response.status_code == 200
        assert not SearchSynonym.objects.exists()


class TestPins:
    def test_a_public_page_is_pinned(self, secretary: Client, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"))
        secretary.post(reverse("pbgdpl_search_pins:add"), {"query": "Đất đai", "page": page.pk})
        pin = SearchPin.objects.get()
        assert (pin.words, pin.page) == ("dat dai", page.pk)
        assert page.title in secretary.get(reverse("pbgdpl_search_pins:index")).content.decode()

    def test_a_draft_is_not(self, secretary: Client, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        data = {"query": "Đất đai", "page": page.pk}
        response = secretary.post(reverse("pbgdpl_search_pins:add"), data)
        assert response.status_code == 200
        assert not SearchPin.objects.exists()


@pytest.mark.parametrize("name", ["pbgdpl_search_synonyms", "pbgdpl_search_pins"])
@pytest.mark.parametrize("act", ["index", "add"])
def test_nobody_else_by_address(officer: Client, name: str, act: str) -> None:
    response = officer.post(reverse(f"{name}:{act}"), {"phrases": "a\nb", "query": "a", "page": 1})
    assert response.status_code in (302, 403)
    assert not SearchSynonym.objects.exists()
    assert not SearchPin.objects.exists()


class TestReport:
    def test_what_was_never_found_stands_first(self, desk: Client) -> None:
        month = "2026-11-01"
        for words, is_empty, count in (("đất đai", False, 9), ("sổ hồng", True, 2)):
            TrafficSearch.objects.create(
                month=month, words=words, is_empty=is_empty, searches=count
            )
        shown = desk.get(reverse("pbgdpl_traffic_searches")).content.decode()
        assert shown.index("sổ hồng") < shown.index("đất đai")
        only = desk.get(reverse("pbgdpl_traffic_searches"), {"is_empty": "1"}).content.decode()
        assert "đất đai" not in only

    def test_what_was_never_found_leads_to_words_that_mean_the_same(
        self, secretary: Client
    ) -> None:
        TrafficSearch.objects.create(month="2026-11-01", words="sổ hồng", is_empty=True, searches=2)
        address = reverse("pbgdpl_search_synonyms:add")
        report = reverse("pbgdpl_traffic_searches")
        (link,) = re.findall(rf'href="({address}[^"]+)"', secretary.get(report).content.decode())
        shown = BeautifulSoup(secretary.get(html.unescape(link)).content, "lxml")
        assert shown.select_one("textarea[name=phrases]").get_text().strip() == "sổ hồng"

    def test_it_is_not_for_everybody(self, officer: Client) -> None:
        assert officer.get(reverse("pbgdpl_traffic_searches")).status_code in (302, 403)

    def test_counts_are_not_kept_for_ever(self) -> None:
        for month in ("2020-01-01", "2099-01-01"):
            TrafficSearch.objects.create(month=month, words="a", is_empty=False, searches=1)
        assert forget_old() == 1
        assert TrafficSearch.objects.count() == 1
