"""Two runs of one source at the same moment: one reads it (C13), on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from tests.sources.server import Server, rss, says
from tests.together import together
from wagtail_pbgdpl.sources.models import ExternalSource, SourceItem, SourceRun
from wagtail_pbgdpl.sources.syncing import sync, sync_due

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def made(server: Server, **values: object) -> ExternalSource:
    server.plays["/a"] = says(rss(6))
    return ExternalSource.objects.create(
        name="Công báo", code="cong-bao", kind="feed", address=f"{server.address}/a", is_on=True
    )


@pytest.mark.parametrize("work", ["due", "named"])
def test_one_reads_it(committed: None, server: Server, work: str) -> None:
    source = made(server)
    work_: dict[str, Callable[[], object]] = {
        "due": lambda: len(list(sync_due())),
        "named": lambda: sync(source),
    }
    found = together(work_[work])
    assert not [one for one in found if isinstance(one, Exception)], found
    assert SourceItem.objects.count() == 6
    runs = list(SourceRun.objects.values_list("result", flat=True))
    assert runs.count("new") == 1
    if work == "due":
        assert len(runs) == len(server.asked) == 1
