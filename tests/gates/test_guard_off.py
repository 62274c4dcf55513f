"""R8: the table tries what it says. Where the package has no guards, most ways succeed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wagtail_pbgdpl
from tests.gates.everything import WAYS
from tests.gates.guards import GUARDS, copy_without, switched_off
from tests.gates.unguarded import STRIDE

PACKAGE = Path(wagtail_pbgdpl.__file__).parent
TESTS = Path(__file__).parents[2]


@pytest.mark.processes
def test_most_ways_succeed_without_the_guards(tmp_path: Path, portal_file: Path) -> None:
    copy_without(PACKAGE, tmp_path / "wagtail_pbgdpl")
    run = subprocess.run(
        [sys.executable, "-m", "tests.gates.unguarded", str(portal_file)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TESTS), "DATABASE": "sqlite"},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    # Commands of Django print before it.
    found = json.loads(run.stdout.splitlines()[-1])
    assert len(found) == len(WAYS.attempts()[::STRIDE])
    refused = sorted(name for name, succeeded in found.items() if not succeeded)
    print("\n".join([*refused, run.stderr]))
    assert len(refused) < len(found) / 2, refused


@pytest.mark.parametrize(("name", "function", "body"), GUARDS, ids=lambda value: str(value)[:50])
def test_each_guard_is_there(name: str, function: str, body: str) -> None:
    """A guard that bears another name would be left on."""
    source = (PACKAGE / name).read_text("utf-8")
    compile(switched_off(source, function, body), name, "exec")
