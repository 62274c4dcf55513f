"""``install.md`` to the letter, in a project from ``wagtail start``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code

pytestmark = pytest.mark.wheel


def test_the_lines_make_a_portal(finished: Any) -> None:
    assert "no issues" in finished.manage("check")
    page = finished.fetch("/pbgdpl/", "/pbgdpl/tin-hoat-dong/", "/pbgdpl/rss.xml")
    assert "Tin hoạt động" in page


def test_it_can_be_run_again(portal_site: Any) -> None:
    assert portal_site.manage("pbgdpl_setup").startswith("Tạo mới: 0;")


def test_a_site_that_has_some_of_the_apps_and_languages_of_its_own(
    start: Callable[[], Any], guides: Path
) -> None:
    """``wagtail.contrib.settings`` twice was a duplicate label, ``vi`` unknown to LANGUAGES."""
    page = guides / "install.md"
    project = start()
    project.add_settings(
        'INSTALLED_APPS += ["wagtail.contrib.settings"]\n'
        'LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français")]\n'
    )
    project.add_settings(code(page, "python", "INSTALLED_APPS"))
    project.add_settings(code(page, "python", "*(one for one in LANGUAGES"))
    project.add_addresses(code(page, "python", "media.urls()"))
    assert "no issues" in project.manage("check")
