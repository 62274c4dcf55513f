"""``linked-systems.md`` and ``add-an-adapter.md``: their code is taken from the page."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.guides.pages import code, shell
from tests.sources.server import Server, says
from wagtail_pbgdpl.sources.models import ExternalSource
from wagtail_pbgdpl.sources.syncing import sync

Make = Callable[..., ExternalSource]


@pytest.fixture
def how_to(repository: Path) -> Path:
    return repository / "docs" / "how-to"


def test_an_adapter_of_ones_own(
    how_to: Path, server: Server, source: Make, settings: Any, monkeypatch: Any
) -> None:
    page = how_to / "add-an-adapter.md"
    module = types.ModuleType("myportal.sources")
    exec(code(page, "python", "class CsvAdapter"), module.__dict__)  # noqa: S102
    monkeypatch.setitem(sys.modules, "myportal", types.ModuleType("myportal"))
    monkeypatch.setitem(sys.modules, "myportal.sources", module)
    given: dict[str, Any] = {}
    exec(code(page, "python", "SOURCE_ADAPTERS"), given)  # noqa: S102
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | given["WAGTAIL_PBGDPL"]
    server.plays["/a"] = says("ten,dia_chi,ngay\nQuyết định 1,/qd-1,12/06/2026\n,/x,\n")
    made = source(kind="csv", mapping={"title": "ten", "link": "dia_chi", "published": "ngay"})
    made.full_clean()
    run = sync(made)
    assert run is not None
    assert (run.result, run.count, run.skipped) == ("new", 1, 1), run.details
    server.plays["/a"] = says("a,b\n1,2\n")
    run = sync(made)
    assert run is not None
    assert run.reason == "mapping"


def test_the_commands_and_the_mapping(how_to: Path, source: Make) -> None:
    page = how_to / "linked-systems.md"
    for command in shell(code(page, "sh", "--enter")):
        call_command(*command)
    assert ExternalSource.objects.filter(code="cong-bao").exists()
    mapping = json.loads(code(page, "json", "records"))
    source(kind="json", mapping=mapping).full_clean()
