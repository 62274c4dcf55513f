"""Projects of others on this computer: the source as they get it, and commands run inside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.once import once

HERE = Path(__file__).parent


def run(*command: str | Path, cwd: Path, python_path: str = "") -> str:
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DJANGO_SETTINGS_MODULE", "PYTHONPATH")
    }
    environment |= {"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def copied(repository: Path, target: Path) -> Path:
    """The source as somebody has it who never built it."""
    left = shutil.ignore_patterns(
        ".git",
        ".venv",
        ".tox",
        ".*_cache",
        ".hypothesis",
        "__pycache__",
        "var",
        "build",
        "*.egg-info",
    )
    shutil.copytree(repository, target, ignore=left, dirs_exist_ok=True)
    return target


def started(folder: Path, run_folder: Path) -> Path:
    """Return a project from ``wagtail start`` in ``folder``, made once a run in ``run_folder``.

    Its database is empty: the first migration makes a locale of the language that is set then.
    """

    def make(project: Path) -> None:
        project.mkdir()
        run(sys.executable, "-m", "wagtail.bin.wagtail", "start", "mysite", cwd=project)

    made = once(run_folder / "started", make)
    return Path(shutil.copytree(made / "mysite", folder / "mysite"))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def manage(project: Path, installed: str, *arguments: str) -> str:
    return run(sys.executable, "manage.py", *arguments, cwd=project, python_path=installed)


# Python, Django and Wagtail take seconds to start, and most commands a part of one.
IN_TURN = """
import importlib, json, runpy, sys
for arguments in json.loads(sys.argv[1]):
    importlib.invalidate_caches()
    sys.argv = ["manage.py", *arguments]
    runpy.run_path("manage.py", run_name="__main__")
"""


def manage_in_turn(project: Path, installed: str, *commands: list[str]) -> str:
    """Run commands of ``manage.py`` in one process; the first that fails ends it.

    For those between which nobody changes the settings.
    """
    command = (sys.executable, "-c", IN_TURN, json.dumps(commands))
    return run(*command, cwd=project, python_path=installed)


def probe(project: Path, installed: str, name: str) -> str:
    """Run one of the scripts below ``tests/probes`` inside the project."""
    return manage(
        project, installed, "shell", "--no-imports", "-c", (HERE / "probes" / name).read_text()
    )
