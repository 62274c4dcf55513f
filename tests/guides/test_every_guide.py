"""No how-to with code is without a test that takes it from the page."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import UnitFactory
from tests.guides.pages import code, codes, shell
from tests.login.conftest import REQUIRED
from wagtail_pbgdpl.conf import problems
from wagtail_pbgdpl.embedding import sections


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
