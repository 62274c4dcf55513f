"""``use-the-api.md`` and ``offer-the-api.md``: their code is taken from the pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import types
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from tests.api import printed
from tests.api.conftest import BASE
from tests.conftest import missing
from tests.guides.pages import code, codes
from wagtail_pbgdpl.api import answering, content, kinds, sources
from wagtail_pbgdpl.content.consultations import ConsultationMixin

EXAMPLE = "https://pbgdpl.example"


@pytest.fixture
def how_to(repository: Path) -> Path:
    return repository / "docs" / "how-to"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served(
    world: SimpleNamespace, db: None, one_connection: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a server that answers from this very transaction."""
    for name in ("gate", "gate_of_unknown"):
        monkeypatch.setattr(answering, name, answering.FloodGate())
    connection = connections["default"]
    connection.inc_thread_sharing()
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:

        def serve() -> None:
            connections["default"] = connection
            server.serve_forever()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    connection.dec_thread_sharing()


def test_every_command_of_the_guide(how_to: Path, served: str) -> None:
    if shutil.which("curl") is None:
        missing("curl")
    page = how_to / "use-the-api.md"
    found = {
        block.text: run(block.text, served)
        for block in codes(page)
        if block.language == "sh" and "$CURSOR" not in block.text
    }
    assert len(found) == 7
    cursor = json.loads(found[code(page, "sh", "start=now")])["cursor"]
    changes = json.loads(run(code(page, "sh", "$CURSOR"), served, CURSOR=cursor))
    assert (changes["items"], changes["more"]) == ([], False)
    assert json.loads(found[code(page, "sh", "openapi.json")])["openapi"] == "3.1.0"
    (document,) = json.loads(found[code(page, "sh", "17/2018")])["items"]
    assert document["number"] == "17/2018/QĐ-UBND"
    assert [one["title"] for one in json.loads(found[code(page, "sh", "limit=20")])["items"]] == [
        "Tin công khai"
    ]
    assert found[code(page, "sh", "ETAG")].strip() == "304"
    assert json.loads(found[code(page, "sh", "1000000000")])["code"] == "bad-parameter"


def run(command: str, address: str, **variables: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command.replace(EXAMPLE, address)],
        env=os.environ | variables | {"no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


def test_every_problem_is_in_the_guide(how_to: Path) -> None:
    text = (how_to / "use-the-api.md").read_text(encoding="utf-8")
    for problem, said in answering.problems.PROBLEMS.items():
        assert any(
            f"| {said.status} |" in line and f"`{problem}`" in line for line in text.splitlines()
        )


def test_a_kind_of_ones_own(
    how_to: Path, api: Any, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_page_kinds", dict(sources._page_kinds))
    monkeypatch.setattr(content, "PLURALS", dict(content.PLURALS))
    monkeypatch.setattr(kinds, "_routers", [])
    module = types.ModuleType("consultations.api")
    exec(code(how_to / "offer-the-api.md", "python", "Router"), module.__dict__)  # noqa: S102
    try:
        module.offer(ConsultationMixin)
        assert kinds.routers() == (module.router,)
        row = {one["title"]: one for one in api("items/").json()["items"]}["Dự thảo Nghị quyết"]
        assert row["kind"] == "consultation"
        assert row["link"].endswith(f"{BASE}consultations/{row['id']}/")
        assert "consultation" in sources.page_kinds()
        with pytest.raises(ValueError, match="consultation"):
            module.offer(ConsultationMixin)
    finally:
        sources.kind_of_type.cache_clear()


def test_the_data_dictionary_is_that_of_the_document(repository: Path) -> None:
    """``python -m tests.api.printed`` writes it."""
    assert printed.page(repository / "docs").read_text(encoding="utf-8") == printed.document()
