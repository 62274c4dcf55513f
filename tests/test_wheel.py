"""The built wheel in projects of others: fresh, and with content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.sites import manage, manage_in_turn, probe, replace, started

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, installed: str, run_folder: Path) -> Path:
    """A project from ``wagtail start`` with the lines of the guide: two apps lines, one address."""
    root = started(tmp_path_factory.mktemp("fresh"), run_folder)
    replace(
        root / "mysite/settings/base.py",
        "INSTALLED_APPS = [\n",
        "INSTALLED_APPS = [\n"
        '    "wagtail_pbgdpl", "wagtail_pbgdpl.pages",\n'
        '    "wagtail_modeladmin", "wagtail.contrib.settings",\n',
    )
    replace(
        root / "mysite/urls.py",
        'path("search/"',
        'path("", include("wagtail_pbgdpl.urls")),\n    path("search/"',
    )
    manage(root, installed, "migrate", "--verbosity", "0")
    return root


@pytest.fixture
def project(migrated: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(migrated, tmp_path / "mysite"))


def test_the_wheel_serves_a_page_of_each_type_in_a_fresh_project(
    project: Path, installed: str
) -> None:
    said = manage_in_turn(
        project,
        installed,
        ["makemigrations", "--check", "--dry-run"],
        ["check", "--fail-level", "ERROR"],
        ["pbgdpl_setup"],
        ["pbgdpl_setup"],
    )
    assert "No changes detected" in said
    first, again = (line for line in said.splitlines() if " made, " in line)
    assert " 0 removed" in first
    assert again.startswith("0 made")
    served = probe(project, installed, "serve_each_type.py")
    assert "served 22 types" in served
    assert (installed or "site-packages") in served


def test_what_a_portal_already_has_stays_as_it_was(project: Path, installed: str) -> None:
    """I3: set-up below a page of a portal with pages, users and groups of its own."""
    before = probe(project, installed, "make_existing_portal.py")
    manage(project, installed, "pbgdpl_setup", "--parent", "chuyen-trang")
    assert "same" in probe(project, installed, "compare_existing_portal.py")
    assert before
