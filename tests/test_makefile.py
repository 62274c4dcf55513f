"""The two commands of the README: what stops them is said first, what was half-made is mended."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )


@pytest.fixture
def copy(tmp_path: Path, repository: Path) -> Path:
    """The Makefile and what it reads before anything is installed."""
    for name in ("Makefile", "setup.cfg", "pyproject.toml", "example_site/free_port.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(repository / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def made(copy: Path) -> Path:
    """An environment is there: a name for the Python of these tests, so that none is made."""
    python = copy / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return copy


@pytest.mark.parametrize("address", ["127.0.0.1", ""], ids=["this host", "every address"])
def test_a_port_that_is_taken_is_said_before_loading(made: Path, address: str) -> None:
    with socket.socket() as other:
        other.bind((address, 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run("make", "demo", f"PORT={port}", cwd=made)
    assert done.returncode != 0
    assert f"Port {port} cannot be used" in done.stderr
    assert "make demo PORT=8080" in done.stderr
    assert "migrate" not in done.stdout
    assert "pip" not in done.stdout


@pytest.mark.parametrize("port", ["cổng", "70000", "-1"])
def test_what_is_no_port_is_said_without_a_traceback(copy: Path, port: str) -> None:
    done = run(sys.executable, "example_site/free_port.py", port, cwd=copy)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")


def test_a_free_port_says_nothing(copy: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = str(other.getsockname()[1])
    done = run(sys.executable, "example_site/free_port.py", port, cwd=copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("left", ["without pip", "without Python"])
def test_a_half_made_environment_is_made_anew(copy: Path, left: str) -> None:
    """Interrupted between the interpreter and pip, or the interpreter went away since."""
    run(sys.executable, "-m", "venv", "--without-pip", ".venv", cwd=copy)
    if left == "without Python":
        (copy / ".venv/bin/python").unlink()
        (copy / ".venv/bin/python").symlink_to("/nowhere/python")
    (copy / ".venv/.demo").touch()
    planned = run("make", "--dry-run", "demo-load", cwd=copy)
    assert "--editable '.[files]'" in planned.stdout, (
        "what the stamp says was of the other environment"
    )
    # Of itself it would ask the network for a newer pip.
    done = run("make", ".venv/bin/python", f"PYTHON={sys.executable}", cwd=copy, PIP_NO_INDEX="1")
    assert done.returncode == 0, done.stderr
    assert run(".venv/bin/python", "-m", "pip", "--version", cwd=copy).returncode == 0
    again = run("make", ".venv/bin/python", cwd=copy)
    assert "up to date" in again.stdout
