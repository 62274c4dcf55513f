"""Two processes that share Redis: what one publishes, the other shows with its next request."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.traffic.servers import ROOT, environment, own_database, own_keys, portal_template

pytestmark = pytest.mark.processes

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.performance.shared_settings"}


class Process:
    """A process of the portal that does what it is told and says what came of it."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "portal_process.py")],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, act: str, **arguments: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([act, arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture(scope="module", params=["postgres", "sqlite"])
def portal_environment(
    request: Any, tmp_path_factory: Any, run_folder: Path
) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        if request.param == "postgres":
            name = stack.enter_context(own_database(portal_template(run_folder)))
            env = environment(name, **SETTINGS)
        else:
            path = tmp_path_factory.mktemp("shared") / "portal.sqlite3"
            shutil.copy(request.getfixturevalue("portal_file"), path)
            name = path.parent.name
            env = environment(name, **SETTINGS, SQLITE=str(path))
        stack.enter_context(own_keys(name))
        yield env


@pytest.fixture(scope="module")
def processes(portal_environment: dict[str, str]) -> Iterator[tuple[Process, Process]]:
    both = Process(portal_environment), Process(portal_environment)
    yield both
    for process in both:
        process.end()


def test_a_publication_shows_with_the_next_request(processes: tuple[Process, Process]) -> None:
    editor, reader = processes
    made = editor("add", title="Tin thứ nhất")
    for address in (made["item"], made["listing"]):
        assert "Tin thứ nhất" in reader("get", address=address)["html"]
        # Kept: the other way to be fresh is to ask the database each time.
        assert reader("get", address=address)["queries"] == 0

    editor("rename", page=made["page"], title="Tin đã sửa")
    for address in (made["item"], made["listing"]):
        html = reader("get", address=address)["html"]
        assert "Tin đã sửa" in html
        assert "Tin thứ nhất" not in html

    editor("add", title="Tin thứ hai")
    assert "Tin thứ hai" in reader("get", address=made["listing"])["html"]

    editor("unpublish", page=made["page"])
    assert reader("get", address=made["item"])["status"] == 404
    assert "Tin đã sửa" not in reader("get", address=made["listing"])["html"]


def test_one_keeps_for_the_other(processes: tuple[Process, Process]) -> None:
    editor, reader = processes
    made = editor("add", title="Tin thứ ba")
    assert editor("get", address=made["item"])["queries"] > 0
    assert reader("get", address=made["item"])["queries"] == 0
