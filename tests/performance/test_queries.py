"""How many queries the public pages need: few, and no more for more content (issue of speed)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.content import bulk_news
from wagtail_pbgdpl.content import memory

MOST = 6


@pytest.fixture(autouse=True)
def long_second(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """«Warm»: on a slow computer two requests may lie more than a second apart."""
    monkeypatch.setattr(memory, "SECONDS", 3600)
    yield
    memory.forget()


def queries(client: Client, address: str) -> list[str]:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [re.sub(r"^SELECT .*? FROM", "SELECT … FROM", query["sql"]) for query in captured]


@pytest.mark.parametrize("count", [50, 500])
@pytest.mark.parametrize("which", ["home", "listing", "last", "article"])
def test_at_most_six(which: str, count: int, portal: Any, index_of: Any, client: Client) -> None:
    """The same bound for 50 and for 500 items."""
    index = index_of("C2")
    items = bulk_news(index, count)
    address = {
        "home": portal.url,
        "listing": index.url,
        "last": f"{index.url}?trang={(count + 19) // 20}",
        "article": items[count // 2].url,
    }[which]
    needed = queries(client, address)
    assert len(needed) <= MOST, "\n".join(needed)
