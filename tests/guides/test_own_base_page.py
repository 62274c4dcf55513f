"""``own-base-page.md`` to the letter, in a project from ``wagtail start`` (Wagtail 8)."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wagtail

from tests.guides.pages import code, shell, write_files
from tests.sites import probe, replace, run

pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(wagtail.VERSION < (8,), reason="Wagtail 7.4 has no base page of one's own"),
]

TESTS = Path(__file__).parent.parent
SITEMAP = 'path("", include("wagtail_pbgdpl.sitemap_urls")),'
# «Take the types that you need.»
MORE_TYPES = """
from wagtail_pbgdpl.content.answers import AnswerMixin
from wagtail_pbgdpl.content.consultations import ConsultationMixin
from wagtail_pbgdpl.content.documents import LegalBriefMixin
from wagtail_pbgdpl.content.indexes import QuestionIndexMixin

class QuestionIndex(QuestionIndexMixin, BasePage):
    pass

class Answer(AnswerMixin, Item):
    pass

class LegalBrief(LegalBriefMixin, Item):
    pass

class Consultation(ConsultationMixin, Item):
    pass
"""


def test_a_site_with_a_base_page_of_its_own(start: Callable[[], Any], guides: Path) -> None:
    page, install = guides / "own-base-page.md", guides / "install.md"
    project = start()
    # Its own table of pages is there before any of Wagtail's.
    (project.root / "db.sqlite3").unlink()
    project.run(code(page, "sh", "startapp base"))
    # The settings of the installation, then those of this page, which leave the pages out.
    project.add_settings(code(install, "python", "INSTALLED_APPS"))
    project.add_settings(code(page, "python", "WAGTAIL_PAGE_MODEL = "))
    project.add_addresses(code(install, "python", "media.urls()"))
    for app in ("home", "search"):
        shutil.rmtree(project.root / app)
    urls = project.root / "mysite/urls.py"
    replace(urls, "from search import views as search_views\n", "")
    replace(urls, '    path("search/", search_views.search, name="search"),\n', "")
    written = write_files(page, project.root)
    assert written == [
        "base/models.py",
        "portal/models.py",
        "base/migrations/0001_initial.py",
        "base/migrations/0002_translatable.py",
        "base/migrations/0003_translated_and_revised.py",
    ]
    with (project.root / "portal/models.py").open("a") as models:
        models.write(MORE_TYPES)
    replace(urls, "urlpatterns = [", f"urlpatterns = [\n    {SITEMAP}")
    made = shell(code(page, "sh", "makemigrations portal"))
    assert made
    said = project.in_turn(*made, ["makemigrations", "--check", "--dry-run"], ["check"])
    assert "No changes" in said
    assert "no issues" in said
    empty = shutil.copy(project.root / "db.sqlite3", project.root / "empty.sqlite3")
    assert "served" in probe(project.root, project.installed, "serve_custom_page.py")
    shutil.copy(TESTS / "workflows" / "by_address.py", project.root)
    assert "played" in probe(project.root, project.installed, "play_custom_page.py")
    moves_on(project, empty, guides / "move-a-portal.md")


def moves_on(project: Any, empty: Path, guide: Path) -> None:
    """All of it goes into an empty portal of the same make, and comes out of there the same."""
    for line in code(guide, "sh", "openssl").splitlines():
        run(*line.split(), cwd=project.root)
    (export,) = shell(code(guide, "sh", "cong-cu.zip --key cong-cu.pem\n"))
    project.in_turn(export)
    # Another portal: its database, and none of the files.
    shutil.copy(empty, project.root / "db.sqlite3")
    shutil.rmtree(project.root / "media")
    project.in_turn(*shell(code(guide, "sh", "--dry-run")), [*export[:1], "lai.zip", *export[2:]])
    first, second = (contents(project.root / name) for name in ("cong-cu.zip", "lai.zip"))
    assert first == second
    pages = first["records/page.jsonl"].decode()
    assert "Tin của mục C2" in pages
    assert "Tin của mục C7" in pages


def contents(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        names = [name for name in archive.namelist() if name != "signature.json"]
        return {name: archive.read(name) for name in names}
