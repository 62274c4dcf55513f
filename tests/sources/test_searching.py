"""I4: other sites are asked when a visitor wishes it, and none of them keeps the others waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from tests.sources.server import Handler, Server, rss, says
from wagtail_pbgdpl.core.flood import FloodGate
from wagtail_pbgdpl.face import search_elsewhere
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.sources import searching
from wagtail_pbgdpl.sources.models import ExternalSource

Make = Callable[..., ExternalSource]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "english")]

ADDRESS = "/pbgdpl/tim-kiem/noi-khac/"
WORDS = "hòa giải & «cơ sở»"
ASKED = "/tim?q=h%C3%B2a%20gi%E1%BA%A3i%20%26%20%C2%ABc%C6%A1%20s%E1%BB%9F%C2%BB"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    process_cache.forget()
    monkeypatch.setattr(search_elsewhere, "gate", FloodGate(100, 100, 1))
    monkeypatch.setattr(searching, "SECONDS", 1)


def sections(client: Client, words: str = WORDS) -> list[str]:
    response = client.get(ADDRESS, {"q": words})
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "lxml")
    return [" ".join(one.get_text(" ").split()) for one in page.select(".pbgdpl-found")]


def test_what_a_site_finds(client: Client, source: Make, server: Server) -> None:
    server.plays[ASKED] = says(rss(1))
    source(name="Sở Tư pháp", search_feed=f"{server.address}/tim?q={{query}}")
    (shown,) = sections(client)
    assert "Sở Tư pháp" in shown
    assert "Nghị định 0" in shown
    assert "alert" not in shown
    # It is kept for some minutes.
    sections(client)
    assert [path for path, _headers in server.asked] == [ASKED]


def test_by_its_description(client: Client, source: Make, server: Server) -> None:
    template = f"{server.address}/tim?q={{searchTerms}}&amp;p={{startPage?}}"
    server.plays["/os.xml"] = says(
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        '<Url type="text/html" template="https://so.example/?q={searchTerms}"/>'
        f'<Url type="application/rss+xml" template="{template}"/></OpenSearchDescription>'.encode()
    )
    server.plays[f"{ASKED}&p="] = says(rss(1))
    source(search_feed=f"{server.address}/os.xml")
    assert "Nghị định 0" in sections(client)[0]


def test_one_that_fails_says_so_and_the_others_are_shown(
    client: Client, source: Make, server: Server
) -> None:
    def slow(handler: Handler) -> None:
        handler.server.over.wait(5)

    server.plays["/slow?q=tin"] = slow
    server.plays["/broken?q=tin"] = says(b"<html>", "text/html")
    server.plays["/good?q=tin"] = says(rss(9))
    for name in ("slow", "broken", "good"):
        source(name=name, search_feed=f"{server.address}/{name}?q={{query}}")
    shown = {one.split()[0]: one for one in sections(client, "tin")}
    server.over.set()
    assert "The answer took too long." in shown["slow"]
    assert "broken or of another kind" in shown["broken"]
    assert shown["good"].count("Nghị định") == searching.MOST_FOUND
    # It is left in peace for a minute.
    asked = len(server.asked)
    sections(client, "tin")
    assert len(server.asked) == asked


def test_a_search_of_the_portal_asks_nobody(client: Client, source: Make, server: Server) -> None:
    assert ADDRESS not in client.get("/pbgdpl/tim-kiem/", {"q": "tin"}).content.decode()
    source(search_feed=f"{server.address}/tim?q={{query}}")
    process_cache.forget()
    page = BeautifulSoup(client.get("/pbgdpl/tim-kiem/", {"q": "tin & đất"}).content, "lxml")
    link = page.select_one(".pbgdpl-elsewhere a")["href"]
    assert link == f"{ADDRESS}?q=tin%20%26%20%C4%91%E1%BA%A5t"
    assert server.asked == []


def test_what_is_switched_off_is_not_asked(client: Client, source: Make, server: Server) -> None:
    source(search_feed=f"{server.address}/tim?q={{query}}", is_on=False)
    assert sections(client) == []
    assert server.asked == []


def test_a_private_address_is_not_asked(
    client: Client, source: Make, server: Server, settings: Any
) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": []}
    source(search_feed=f"{server.address}/tim?q={{query}}")
    assert "private or local address" in sections(client)[0]
    assert server.asked == []


def test_too_much_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_elsewhere, "gate", FloodGate(1, 10, 1))
    answers = [client.get(ADDRESS, {"q": "tin"}).status_code for _number in range(2)]
    assert answers == [200, 429]


@pytest.mark.parametrize(
    "address", ["ftp://a.example/?q={query}", "https://a.example/{query}/{query}"]
)
def test_what_cannot_be_entered(source: Make, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        source(search_feed=address).full_clean()
    assert "search_feed" in refused.value.message_dict
