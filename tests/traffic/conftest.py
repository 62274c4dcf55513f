"""Counting at once, without the wait and the thread that production has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import NewsFactory
from wagtail_pbgdpl.traffic import views
from wagtail_pbgdpl.traffic.flood import FloodGate

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _counted_at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.WAGTAIL_PBGDPL = {"TRAFFIC_FLUSH_SECONDS": 0}
    monkeypatch.setattr(views, "gate", FloodGate())
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def news(index_of: Any) -> Any:
    return NewsFactory(parent=index_of("C2"))


@pytest.fixture
def send(client: Client) -> Callable[..., HttpResponse]:
    """Send what the script of a public page sends; keyword arguments change it."""

    def post(page_id: Any, headers: dict[str, str] | None = None, **form: str) -> HttpResponse:
        body = "&".join(
            f"{name}={value}"
            for name, value in ({"page": page_id} | (form or {"view": "1"})).items()
        )
        return client.post(
            reverse("wagtail_pbgdpl:traffic_beacon"),
            body,
            content_type="application/x-www-form-urlencoded",
            headers={"User-Agent": FIREFOX, "Sec-Fetch-Site": "same-origin"} | (headers or {}),
        )

    return post
