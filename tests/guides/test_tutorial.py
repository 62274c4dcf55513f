"""``first-portal.md``: what is typed in the terminal and into files, and what is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code
from tests.sites import replace

pytestmark = pytest.mark.wheel


def test_the_first_portal(start: Callable[[], Any], repository: Path) -> None:
    page = repository / "docs" / "tutorial" / "first-portal.md"
    project = start()
    profile = project.root / "tinh" / "quy_che.toml"
    profile.parent.mkdir()
    profile.write_text(code(page, "toml", "extends"), encoding="utf-8")
    apps = code(page, "python", "INSTALLED_APPS").partition("    # …")[0]
    replace(project.settings, 'INSTALLED_APPS = [\n    "home",\n', apps)
    project.add_settings(code(page, "python", "MIDDLEWARE +="))
    urls = project.root / "mysite" / "urls.py"
    lines = code(page, "python", "search_views")
    replace(urls, '    path("search/", search_views.search, name="search"),\n', lines)
    replace(urls, "urlpatterns = [", f"{code(page, 'python', 'views as media')}\n\nurlpatterns = [")

    assert code(page, "", "no issues").strip() in project.manage("check")
    rule = " ".join(code(page, "", "[T2]").split())
    assert rule in project.run(code(page, "sh", "pbgdpl_regulation"))
    # How many things are made differs from one version to the next.
    shown = re.sub(r"\b[1-9]\d+\b", r"\\d+", code(page, "", "Tạo mới").strip())
    assert re.search(shown, project.run(code(page, "sh", "pbgdpl_setup")))
    said = project.run(code(page, "sh", "pbgdpl_deadline"))
    assert said.strip() == code(page, "", "Hết hạn").strip()
    assert "Thái Nguyên" in project.fetch("/pbgdpl/", "/pbgdpl/rss.xml", "/pbgdpl/rss/C2.xml")
