"""What a process remembers under the version of the site, where the processes share a cache."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import NewsFactory
from tests.performance.test_cache import SHARED
from wagtail_pbgdpl.pages.models import CategoryIndexPage
from wagtail_pbgdpl.serving import process_cache, site_version

LOCAL = "django.core.cache.backends.locmem.LocMemCache"
#: The way, the page with cover and tags, its neighbours: what a visitor asks for.
BUSY = 2


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = Clock()
    for module in (process_cache, site_version):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=found.monotonic))
    monkeypatch.setattr(site_version, "_silent_until", 0.0)
    process_cache.forget()
    yield found
    process_cache.forget()


@pytest.fixture
def shared(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": SHARED}}


@pytest.fixture
def local(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": LOCAL, "LOCATION": "version"}}


@pytest.fixture
def page(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"))


def menu(client: Client, address: str) -> list[str]:
    html = BeautifulSoup(client.get(address).content, "lxml")
    return [link.get_text(strip=True) for link in html.select(".pbgdpl-menu li a")]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("shared")
def test_a_quiet_second_costs_nothing(page: Any, client: Client, clock: Clock) -> None:
    queries(client, page.url)
    for seconds in (0.5, 1.5, 40):
        clock.now += seconds
        assert queries(client, page.url) == BUSY
    clock.now += 20
    assert queries(client, page.url) > BUSY


@pytest.mark.usefixtures("local")
def test_a_cache_of_one_process_tells_of_no_other(page: Any, client: Client, clock: Clock) -> None:
    queries(client, page.url)
    clock.now += 1.5
    assert queries(client, page.url) > BUSY


@pytest.mark.usefixtures("shared")
def test_what_another_process_changes_shows_within_a_second(
    page: Any, client: Client, clock: Clock
) -> None:
    """S2: the menu that every page carries."""
    name = "Tên mới của chuyên mục"
    client.get(page.url)
    index = CategoryIndexPage.objects.filter(category="C2")
    index.update(title=name, draft_title=name, short_title="")
    cache.set(site_version.KEY, site_version.new_stamp(), timeout=None)
    assert name not in menu(client, page.url)
    clock.now += 1
    assert name in menu(client, page.url)


@pytest.mark.usefixtures("shared")
def test_without_the_cache_a_second_is_a_second(
    page: Any, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        asked.append(clock.now)
        raise ConnectionError

    monkeypatch.setattr(site_version, "cache", SimpleNamespace(get_or_set=refuse))
    queries(client, page.url)
    clock.now += 1.5
    assert queries(client, page.url) > BUSY
    # It may take its time to fail; readers do not wait for it each second.
    assert len(asked) == 1
    clock.now += site_version.PATIENCE
    queries(client, page.url)
    assert len(asked) == 2
