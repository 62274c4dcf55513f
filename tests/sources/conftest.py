from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.sources.server import Server, served
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.sources.models import ExternalSource

numbers = itertools.count()


@pytest.fixture(scope="module")
def _server() -> Iterator[Server]:
    with served() as server:
        yield server


@pytest.fixture
def server(_server: Server) -> Server:
    _server.forget()
    return _server


@pytest.fixture(autouse=True)
def reached(settings: Any) -> None:
    """Loopback may be asked, and nothing takes longer than a second."""
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
        "SOURCE_NETWORKS": ["127.0.0.0/8", "::1/128"],
        "SOURCE_SECONDS": 1,
        "SOURCE_MEGABYTES": 1,
    }
    process_cache.forget()


@pytest.fixture
def source(db: None, server: Server) -> Callable[..., ExternalSource]:
    def make(path: str = "/a", **values: Any) -> ExternalSource:
        number = next(numbers)
        values = {
            "name": f"Công báo {number}",
            "code": f"cong-bao-{number}",
            "kind": "feed",
            "address": f"{server.address}{path}",
            "home": "https://cong-bao.example/",
            "is_on": True,
            **values,
        }
        made: ExternalSource = ExternalSource.objects.create(**values)
        return made

    return make
