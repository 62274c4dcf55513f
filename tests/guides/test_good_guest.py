"""I3: a site with content of its own, before the portal, beside it and after it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code

pytestmark = pytest.mark.wheel

HOST = Path(__file__).parent.parent / "host_site"
# What differs beside the portal, and why: asked by whom, and the status now.
KNOWN = {
    # Wagtail asks for the log-in of a closed collection at the address of the document alone.
    "None /media/documents/noi-bo.pdf": 404,
    "moderators /media/documents/noi-bo.pdf": 200,
    "quan-tri /media/documents/noi-bo.pdf": 200,
    # A second type of task is there to choose from; none of it can be made by hand.
    "quan-tri /admin/workflows/tasks/select_type/": 200,
    # Wagtail's view writes over the account that it says it copies.
    "quan-tri /admin/users/copy/1/": 302,
}
PLACE = "urlpatterns += i18n_patterns(\n"
SETTINGS = ("mysite/settings/base.py", "mysite/urls.py")
MEDIA = "urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)\n"


def visit(project: Any, name: str) -> dict[str, Any]:
    project.python(f"import visit\nvisit.write({name!r})")
    found = json.loads((project.root / name).read_text())
    assert isinstance(found, dict)
    return found


def differences(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    assert now.keys() <= before.keys()
    assert all(is_of_nothing(asked, before[asked]) for asked in before.keys() - now.keys())
    return {
        asked: (before[asked], now[asked])
        for asked in now
        if before[asked] != now[asked] and not is_of_nothing(asked, before[asked])
    }


def is_of_nothing(asked: str, answer: dict[str, Any]) -> bool:
    """Whether an address of the admin had a key that nothing had, and something may have now."""
    return " /admin/" in asked and answer["status"] == 404


def locations(sitemap: dict[str, Any]) -> set[str]:
    return set(re.findall(r"<loc>(.*?)</loc>", sitemap["body"]))


@pytest.fixture
def host(start: Callable[[], Any]) -> Any:
    project = start()
    for name in ("press", "furnish.py", "visit.py"):
        source = HOST / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, project.root / name)
    shutil.copy(HOST / "urls.py", project.root / "mysite" / "urls.py")
    project.add_settings((HOST / "settings.py").read_text())
    project.in_turn(
        ["makemigrations", "press", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["shell", "--no-imports", "-c", "import furnish"],
    )
    return project


def follow(project: Any, guides: Path) -> None:
    """``install.md``, with its addresses before those of the pages and in the place of media."""
    page = guides / "install.md"
    project.add_settings(code(page, "python", "INSTALLED_APPS"))
    project.add_settings(code(page, "python", "*(one for one in LANGUAGES"))
    head, _, lines = code(page, "python", "media.urls()").partition("urlpatterns = [\n")
    lines = lines.partition("    # …")[0]
    file = project.root / "mysite" / "urls.py"
    text = file.read_text().replace(MEDIA, "")
    assert PLACE in text
    file.write_text(head + text.replace(PLACE, f"urlpatterns += [\n{lines}]\n{PLACE}"))
    project.run(code(page, "sh", "pbgdpl_setup --dry-run"))


def test_every_address_of_the_host_is_as_before_and_after(host: Any, guides: Path) -> None:
    before = visit(host, "before.json")
    statuses = [one["status"] for one in before.values()]
    assert statuses.count(200) > 300
    # Views of Wagtail that want more than a key fail in the admin.
    broken = [asked for asked, one in before.items() if one["status"] == 500]
    assert all(" /admin/" in asked for asked in broken), broken
    files = {path: (host.root / path).read_text() for path in SETTINGS}

    follow(host, guides)
    beside = visit(host, "beside.json")
    changed = differences(before, beside)
    # The pages of the portal are in the site's own map, beside those that were.
    was, now = changed.pop("None /sitemap.xml")
    assert locations(was) < locations(now)
    assert {asked: now["status"] for asked, (_was, now) in changed.items()} == KNOWN

    page = guides / "install.md"
    host.run(code(page, "sh", "pbgdpl_remove --dry-run"))
    host.run(code(page, "sh", "migrate wagtail_pbgdpl zero"))
    for path, text in files.items():
        (host.root / path).write_text(text)
    host.manage("remove_stale_contenttypes", "--include-stale-apps", "--no-input")
    assert differences(before, visit(host, "after.json")) == {}
    assert "pbgdpl" not in host.python(
        "from django.db import connection\nprint(connection.introspection.table_names())"
    )
