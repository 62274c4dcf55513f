"""No how-to with code is without a test that takes it from the page."""

from __future__ import annotations

import importlib
import os
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.factories import UnitFactory, seated
from tests.guides.pages import code, codes, shell
from tests.login.conftest import REQUIRED
from wagtail_pbgdpl.conf import problems
from wagtail_pbgdpl.embedding import sections
from wagtail_pbgdpl.guides import rendering, sources
from wagtail_pbgdpl.guides.chapters import CHAPTERS
from wagtail_pbgdpl.guides.rendering import guide
from wagtail_pbgdpl.guides.sources import GUIDES, TASKS


def test_every_how_to_with_code_is_run(guides: Path) -> None:
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.parent.rglob("*.py")
    )
    with_code = [
        page.name
        for page in guides.glob("*.md")
        if any(block.language in ("python", "sh", "django", "toml") for block in codes(page))
    ]
    assert len(with_code) >= 9
    assert [name for name in with_code if f'"{name}"' not in tests] == []


def test_the_settings_for_the_login_are_those_of_production(
    guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``run-in-production.md``: what it has people copy is what ``tests/login`` tries out."""
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    production = importlib.reload(importlib.import_module("example_site.settings.production"))
    copied: dict[str, Any] = {"INSTALLED_APPS": [], "MIDDLEWARE": [], "WAGTAIL_PBGDPL": {}}
    exec(code(guides / "run-in-production.md", "python", "AXES_HANDLER"), copied)  # noqa: S102
    names = {name for name in copied if name.isupper()}
    assert {name for name in dir(production) if name.startswith("AXES_")} <= names
    for name in names:
        given = getattr(production, name)
        if name == "WAGTAIL_PBGDPL":
            given = {key: given[key] for key in copied[name]}
        elif name in ("INSTALLED_APPS", "MIDDLEWARE"):
            given = [one for one in given if one in copied[name]]
        assert copied[name] == given, name


def test_the_mailbox_can_be_set_up(guides: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``receive-mail.md``: the settings are ones that the portal takes, the commands are there."""
    monkeypatch.setenv("MAIL_IMAP_PASSWORD", "mat-khau")
    page = guides / "receive-mail.md"
    copied: dict[str, Any] = {"os": os, "WAGTAIL_PBGDPL": {}}
    exec(code(page, "python", "MAIL_ADDRESS"), copied)  # noqa: S102
    assert len(copied["WAGTAIL_PBGDPL"]) == 4
    assert problems(copied["WAGTAIL_PBGDPL"]) == []
    names = [words[0] for words in shell(code(page, "sh", "pbgdpl_collect_mail"))]
    assert names == ["check", "pbgdpl_collect_mail"]
    assert "pbgdpl_receive_mail || exit 75" in page.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_merger_of_units_can_be_tried(guides: Path) -> None:
    """``keep-the-board.md``: the command names three units and changes nothing."""
    for name in ("xa-mot", "xa-hai", "xa-moi"):
        UnitFactory(code=name)
    (command,) = shell(code(guides / "keep-the-board.md", "sh", "pbgdpl_merge_units"))
    assert "--dry-run" in command
    call_command(*command)


def test_the_way_into_production_is_made_of_commands_that_are_there(guides: Path) -> None:
    """``run-in-production.md``: the server itself is started by the tests of the settings."""
    names = [
        words[0] for words in shell(code(guides / "run-in-production.md", "sh", "check --deploy"))
    ]
    assert names == ["check", "migrate", "pbgdpl_setup", "collectstatic", "createsuperuser"]
    for name in names:
        with pytest.raises(SystemExit) as helped:
            call_command(name, "--help")
        assert helped.value.code == 0


@pytest.mark.django_db
def test_a_section_of_ones_own_is_shown(
    guides: Path, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``embed-a-section.md``: what a site registers is there under its word."""
    monkeypatch.setattr(sections, "_sections", dict(sections._sections))
    block = code(guides / "embed-a-section.md", "python", "Working calendar")
    own = "from .sections import choices, show\n"
    assert own in block
    shown = sections.Shown("Lịch công tác", "/lich/", "wagtail_pbgdpl/embedding/base.html")
    exec(  # noqa: S102
        block.replace(own, ""),
        {
            "gettext_lazy": str,
            "choices": lambda request, portal: [sections.Choice("", "Lịch", "/lich/")],
            "show": lambda request, portal, key: shown if key == "" else None,
        },
    )
    assert "Lịch công tác" in client.get("/pbgdpl/nhung/lich-cong-tac/").content.decode()
    assert client.get("/pbgdpl/nhung/lich-cong-tac/khac/").status_code == 404
    assert "/pbgdpl/nhung/lich-cong-tac/" in client.get("/pbgdpl/nhung/").content.decode()


class TestInTheAdmin:
    """The guides of the roles open inside the admin, at the chapter of the page one is on."""

    def test_each_is_shown_and_its_links_lead_somewhere(self) -> None:
        shown = {name: guide(name) for name in (*GUIDES, *TASKS)}
        for name, one in shown.items():
            assert one is not None, name
            assert one.title
            html = BeautifulSoup(one.html, "lxml")
            assert not html.select("img, script, h1")
            anchors = {place["id"] for place in html.select("[id]")}
            assert {anchor for anchor, _heading in one.chapters} <= anchors
            for link in html.select("a[href]"):
                address, _, place = unquote(str(link["href"])).partition("#")
                if address.startswith(("http", "mailto:")):
                    continue
                other = shown[address.rstrip("/").rpartition("/")[2]] if address else one
                assert other is not None
                assert not place or f'id="{place}"' in other.html, (name, link)

    def test_no_chapter_is_of_a_heading_that_is_gone(self) -> None:
        known = {heading for one in map(guide, GUIDES) if one for _anchor, heading in one.chapters}
        assert {one for headings in CHAPTERS.values() for one in headings} <= known

    def test_what_is_written_is_not_taken_for_html(self, monkeypatch: pytest.MonkeyPatch) -> None:
        text = "# A\n\n<script>x</script> [b](javascript:x) [c](../concept/moderation.md) **d**"
        monkeypatch.setattr(rendering, "text_of", lambda name: text if name == "a" else None)
        made = guide.__wrapped__("a")
        assert (
            made.html
            == "<p>&lt;script&gt;x&lt;/script&gt; [b](javascript:x) c <strong>d</strong></p>\n"
        )

    @pytest.mark.usefixtures("portal")
    @pytest.mark.parametrize(
        ("role", "view", "place"),
        [
            ("chief", "pbgdpl_delegations:add", "truong-ban/#ủy-quyền"),
            ("secretary", "pbgdpl_delegations:index", "thu-ky/#ghi-ủy-quyền"),
            ("operator", "pbgdpl_succession", "quan-tri/#đơn-vị"),
            ("operator", "wagtailadmin_account", "chung/#thư-điện-tử"),
            ("contact_officer", "wagtailadmin_pages:add", "can-bo-dau-moi/#soạn-một-tin-bài"),
            ("member", "<nothing>", "thanh-vien/"),
        ],
    )
    def test_it_opens_at_the_chapter(
        self, role: str, view: str, place: str, client: Client
    ) -> None:
        client.force_login(seated(role))
        found = client.get(reverse("pbgdpl_guides"), {"from": view})
        assert unquote(found.headers["Location"]).endswith(f"/pbgdpl/guide/{place}")
        page = client.get(found.headers["Location"])
        assert page.status_code == 200

    @pytest.mark.usefixtures("portal")
    def test_the_menu_names_the_present_page(self, client: Client) -> None:
        client.force_login(seated("operator"))
        page = client.get(reverse("pbgdpl_calendar")).content.decode()
        assert f"{reverse('pbgdpl_guides')}?from=pbgdpl_calendar" in page
        # Wagtail's own stays beside it.
        assert "guide.wagtail.org" in page
        for wrong in ("keep-the-board", "khong-co", "architecture"):
            assert client.get(reverse("pbgdpl_guide", args=[wrong])).status_code == 404
        client.logout()
        assert client.get(reverse("pbgdpl_guide", args=["chung"])).status_code == 302

    def test_a_wheel_brings_them(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Beside the package there is nothing then; the record of the wheel names the files."""
        (tmp_path / "guides").mkdir()
        (tmp_path / "guides/chung.md").write_text("# Chung", encoding="utf-8")
        file = metadata.PackagePath("../../../share/doc/guides/chung.md")
        file.dist = type(
            "Made", (), {"locate_file": lambda self, path: tmp_path / "guides/chung.md"}
        )()
        monkeypatch.setattr(sources, "DOCS", tmp_path / "docs")
        monkeypatch.setattr(metadata, "files", lambda name: [file])
        sources._files.cache_clear()
        try:
            assert sources.text_of("chung") == "# Chung"
            assert sources.text_of("thu-ky") is None
        finally:
            sources._files.cache_clear()
