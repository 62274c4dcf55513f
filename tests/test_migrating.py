"""What was stored before a change of the tables is there after it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.once import stock

pytestmark = pytest.mark.processes


def test_what_was_owed_and_decided_becomes_matters(run_folder: Path, tmp_path: Path) -> None:
    """Keys, times, persons, rights and what waits stay (R12); and the way back is open."""
    shutil.copy(stock(run_folder), tmp_path / "db.sqlite3")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE"} | {
        "DJANGO_SETTINGS_MODULE": "example_site.settings.demo",
        "DATABASE_PATH": str(tmp_path / "db.sqlite3"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "MAIL_ROOT": str(tmp_path / "mail"),
    }
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "probes" / "migrate_matters.py")],
        cwd=Path(__file__).parent.parent,
        env=environment
        | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("migrated")
