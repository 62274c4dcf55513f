"""What the guides to the Vietnamese admin have people copy."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command

from tests.guides.pages import code, shell


@pytest.fixture
def guides(repository: Path) -> Path:
    return repository / "docs" / "how-to"


def test_the_settings_name_what_is_there(guides: Path) -> None:
    """``test_alone`` starts a site with them; the check that the guide runs is there too."""
    page = guides / "vietnamese-admin.md"
    copied: dict[str, Any] = {"INSTALLED_APPS": ["wagtail.admin"]}
    exec(code(page, "python", "FORMAT_MODULE_PATH"), copied)  # noqa: S102
    assert copied["INSTALLED_APPS"][0] == "wagtail_pbgdpl.vietnamese"
    assert import_module(f"{copied['FORMAT_MODULE_PATH']}.vi.formats").FIRST_DAY_OF_WEEK == 1
    assert shell(code(page, "sh", "check")) == [["check"]]


@pytest.mark.django_db
def test_names_are_moved_into_one_field(guides: Path, django_user_model: Any) -> None:
    user = django_user_model.objects.create(username="quan", first_name="Quân", last_name="Triệu")
    exec(code(guides / "vietnamese-admin.md", "python", "user.save()"), {})  # noqa: S102
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Triệu Quân", "")


def test_catalogues_are_written_for_wagtail(
    guides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (command,) = shell(code(guides / "give-translations-back.md", "sh", "--export"))
    call_command(*command)
    for name in (
        "wagtail.admin/django.po",
        "wagtail.admin/djangojs.po",
        "wagtail.images/django.po",
    ):
        written = polib.pofile(str(tmp_path / "vi-catalogues" / name))
        assert len(written) > 50
        assert written.percent_translated() == 100
