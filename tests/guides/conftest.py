from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.guides.pages import code, shell
from tests.once import once
from tests.sites import manage, manage_in_turn, started

FETCH = """
from django.test import Client
client = Client(HTTP_HOST="localhost", raise_request_exception=True)
for address in addresses:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    print(answer.content.decode())
"""


@dataclass(frozen=True)
class Project:
    """A project from ``wagtail start`` in which somebody follows a guide."""

    root: Path
    installed: str

    @property
    def settings(self) -> Path:
        return self.root / "mysite" / "settings" / "base.py"

    def add_settings(self, text: str) -> None:
        """«At the end of your settings»."""
        with self.settings.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")

    def add_addresses(self, text: str) -> None:
        """«Before the line of wagtail.urls»: the imports on top, the lines of the list there."""
        file = self.root / "mysite" / "urls.py"
        head, _, lines = text.partition("urlpatterns = [\n")
        lines = lines.partition("    # …")[0]
        assert lines
        pages = '    path("", include(wagtail_urls)),\n'
        known = file.read_text()
        assert pages in known
        # What the guide says of Django's static().
        media = "    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)\n"
        file.write_text(head + known.replace(media, "").replace(pages, lines + pages))

    def manage(self, *arguments: str) -> str:
        return manage(self.root, self.installed, *arguments)

    def run(self, text: str) -> str:
        """Run the commands of ``manage.py`` in a block of shell, one after the other."""
        commands = shell(text)
        assert commands
        return self.in_turn(*commands)

    def in_turn(self, *commands: list[str]) -> str:
        return manage_in_turn(self.root, self.installed, *commands)

    def python(self, text: str) -> str:
        return self.manage("shell", "--no-imports", "-c", text)

    def fetch(self, *addresses: str) -> str:
        """What visitors get: the bodies, one after the other; each must be there."""
        return self.python(f"addresses = {addresses!r}\n{FETCH}")

    def fetch_made(self, text: str) -> str:
        """Run Python that makes ``page``; return what visitors get there."""
        return self.python(f"{text}\naddresses = [page.url]\n{FETCH}")


@pytest.fixture(scope="session")
def guides(repository: Path) -> Path:
    return repository / "docs" / "how-to"


@pytest.fixture(scope="session")
def start(
    tmp_path_factory: pytest.TempPathFactory, installed: str, run_folder: Path
) -> Callable[[], Project]:
    """A function that begins a new project."""
    return lambda: begin(tmp_path_factory.mktemp("project"), installed, run_folder)


def begin(folder: Path, installed: str, run_folder: Path) -> Project:
    """A project in Vietnamese, in which the migrations of ``wagtail start`` have run."""

    def migrate(stock: Path) -> None:
        stock.mkdir()
        root = started(stock, run_folder)
        with (root / "mysite/settings/base.py").open("a") as settings:
            settings.write('LANGUAGE_CODE = "vi"\n')
        manage(root, "", "migrate", "--verbosity", "0")

    made = once(run_folder / "stock", migrate) / "mysite" / "db.sqlite3"
    root = started(folder, run_folder)
    shutil.copy(made, root / "db.sqlite3")
    return Project(root, installed)


@pytest.fixture(scope="session")
def finished(installed: str, guides: Path, run_folder: Path) -> Project:
    """A project in which ``install.md`` was followed to its end, once a run."""
    page = guides / "install.md"

    def follow(folder: Path) -> None:
        folder.mkdir()
        project = begin(folder, installed, run_folder)
        project.add_settings(code(page, "python", "INSTALLED_APPS"))
        project.add_addresses(code(page, "python", "media.urls()"))
        project.run(code(page, "sh", "pbgdpl_setup --dry-run"))

    return Project(once(run_folder / "install-guide", follow) / "mysite", installed)


@pytest.fixture
def portal_site(finished: Project, tmp_path: Path) -> Project:
    """A copy of it for one test."""
    shutil.copytree(finished.root, tmp_path / "mysite")
    return Project(tmp_path / "mysite", finished.installed)
