"""The regulation of the settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from tests.regulations.profiles import SMALL, Write
from wagtail_pbgdpl.regulations import RegulationError, get_regulation


def test_the_default_is_the_main_source() -> None:
    with override_settings(WAGTAIL_PBGDPL={}):
        assert get_regulation().name == "bac_kan_pbgdpl_2021"


def test_it_is_read_once() -> None:
    assert get_regulation() is get_regulation()


def test_a_profile_of_the_province(write: Write) -> None:
    path = write(SMALL)
    before = get_regulation()
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": path}):
        assert get_regulation().portal.name == "Cổng thử"
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": str(path)}):
        assert get_regulation().path == path
    assert get_regulation() == before


def test_a_bad_profile_is_not_remembered(write: Write) -> None:
    path = write("schema = 1")
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": path}):
        with pytest.raises(RegulationError):
            get_regulation()
        write(SMALL)
        assert get_regulation().name == "tinh"


@pytest.mark.parametrize(
    "code",
    [
        "from wagtail_pbgdpl.regulations import load; print(load('quang_tri_2024').name)",
        "from wagtail_pbgdpl.regulations import load, RegulationError\n"
        "try: load('khong_co')\n"
        "except RegulationError as error: print(error.problems[0].reason)",
    ],
)
def test_it_works_without_configured_settings(code: str, repository: Path) -> None:
    """A profile can be checked in a text editor or a pipeline, before there is a site."""
    environment = {key: value for key, value in os.environ.items() if "DJANGO" not in key}
    environment["PYTHONPATH"] = os.pathsep.join([str(repository), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    assert "quang_tri_2024" in done.stdout


def test_it_imports_no_models(repository: Path) -> None:
    code = (
        "import sys, wagtail_pbgdpl.regulations\n"
        "print([name for name in sys.modules if name.endswith('.models') or name == 'wagtail'])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(repository), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd="/"
    )
    assert done.stdout.strip() == "[]", done.stderr
