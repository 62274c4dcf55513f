"""``make test``: one command, one summary, and no failure that it hides."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import run
from tests.run import NOTHING_COLLECTED, Run

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent


def told(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    for name in ("POSTGRES_PYTHON", "SQLITE_PYTHON"):
        kept.pop(name, None)
    return subprocess.run(
        [sys.executable, "tests/run.py", *arguments, "-n0", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    source = """
import pytest
def test_good(): pass
def test_bad(): assert False
def test_left(): pytest.skip("no")
"""
    path = tmp_path / "test_mixed.py"
    path.write_text(source)
    return str(path)


def test_a_failure_is_counted_and_is_the_exit_status(mixed: str) -> None:
    done = told("sqlite", mixed, "--rootdir", str(ROOT), "-c", str(ROOT / "setup.cfg"))
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "1 passed, 1 failed, 1 skipped"
    assert any(line.startswith("SQLite: 1 passed, 1 failed, 1 skipped in ") for line in lines)
    slowest = [line for line in lines if " s  SQLite " in line]
    assert len(slowest) == 3
    named = next(at for at, line in enumerate(lines) if line.startswith("FAILED on SQLite: "))
    assert lines[named].endswith("::test_bad")
    assert "assert False" in lines[named + 1]


def test_a_missing_service_is_said_and_fails_where_all_must_be_there() -> None:
    nowhere = {"PGHOST": "127.0.0.1", "PGPORT": "1"}
    done = told("postgres", "tests/test_run.py", **nowhere, CI="")
    assert done.returncode == 0
    assert "PostgreSQL does not answer, its tests are left out" in done.stdout
    assert told("postgres", "tests/test_run.py", **nowhere, CI="true").returncode == 1


def test_each_line_of_two_runs_says_whose_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('ngày'); print('tháng'); raise SystemExit(3)"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    assert run.follow(command, ROOT, environment, "SQLite | ") == 3
    assert capfd.readouterr().out == "SQLite | ngày\nSQLite | tháng\n"


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ((0, 0), 0),
        ((0, 1), 1),
        ((1, 0), 1),
        # ``make test PYTEST_ARGS=tests/browser``: one half has nothing to say.
        ((NOTHING_COLLECTED, 0), 0),
        ((NOTHING_COLLECTED, 1), 1),
        ((NOTHING_COLLECTED, NOTHING_COLLECTED), NOTHING_COLLECTED),
        ((-9, 0), 9),
    ],
)
def test_the_exit_status(
    codes: tuple[int, int], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [Run(database, code) for database, code in zip(run.NAMES, codes, strict=True)]
    assert run.close(runs) == status
    assert ("None of these tests runs on PostgreSQL." in capsys.readouterr().out) is (
        codes[0] == NOTHING_COLLECTED
    )
