"""I6: the app serves any Vietnamese site of Wagtail, without the rest of the package."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import override_settings
from wagtail.admin import localization
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserForm

from wagtail_pbgdpl.vietnamese import admin, checks

# What it puts into Wagtail's own variables is another thing on each version.
pytestmark = pytest.mark.shared_out


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What a site with stock settings says, in a process of its own."""
    package = str(Path(checks.__file__).parent.parent.parent)
    program = Path(__file__).with_name("alone.py")
    done = subprocess.run(
        [sys.executable, program, package], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_loads_nothing_else_of_the_package(said: dict[str, Any]) -> None:
    assert said["loaded"] == []
    assert said["problems"] == []


def test_its_words_are_heard_before_wagtails(said: dict[str, Any]) -> None:
    assert said["publish"] == "Đăng"  # Wagtail itself says «Xuất bản»
    assert said["since"] == "2\xa0ngày"  # Django itself says «2 days»
    assert "vi" in said["languages"]


def test_the_catalogue_of_the_scripts_has_its_words_too(said: dict[str, Any]) -> None:
    """Without signing in: the page of the log-in asks for it as well."""

    assert said["scripts"].count('": ') > 80
    assert '"Add a comment": ' in said["scripts"]
    assert '"FIRST_DAY_OF_WEEK": 1' in said["scripts"]


def test_dates_and_numbers_are_written_in_one_way(said: dict[str, Any]) -> None:
    assert said["moment"] == "24/11/2026 22:54"
    assert said["day"] == "24/11/2026"
    assert said["number"] == "1.234.567,5"
    assert said["size"] == "1,5\xa0MB"
    assert said["read"] == "%d/%m/%Y"
    assert said["calendar"] == {"dayOfWeekStart": 1, "format": "d/m/Y"}


class TestChecks:
    def test_w001_it_stands_behind_an_app_with_words_of_its_own(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert checks.check_order() == []
        found = sorted(apps.get_app_configs(), key=lambda one: one.label == checks.LABEL)
        monkeypatch.setattr(apps, "get_app_configs", lambda: found)
        (warning,) = checks.check_order()
        assert warning.id == "wagtail_vietnamese.W001"
        assert "wagtail.admin" in warning.msg
        assert "wagtail_pbgdpl.pages" not in warning.msg

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("FORMAT_MODULE_PATH", None),
            ("FORMAT_MODULE_PATH", ["site.formats"]),
            ("WAGTAIL_DATE_FORMAT", "%Y-%m-%d"),
            ("WAGTAIL_DATETIME_FORMAT", "%Y-%m-%d %H:%M"),
        ],
    )
    def test_w002_another_way_of_writing_dates(self, name: str, value: Any) -> None:
        assert checks.check_formats() == []
        with override_settings(**{name: value}):
            (warning,) = checks.check_formats()
        assert warning.id == "wagtail_vietnamese.W002"
        assert name in warning.hint

    def test_w003_a_list_of_languages_without_it(self) -> None:
        assert checks.check_language() == []
        with override_settings(WAGTAILADMIN_PERMITTED_LANGUAGES=[("en", "English")]):
            assert [one.id for one in checks.check_language()] == ["wagtail_vietnamese.W003"]

    def test_every_identifier_is_documented(self, repository: Path) -> None:
        reference = (repository / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
        for number in (1, 2, 3):
            assert f"| `wagtail_vietnamese.W00{number}` |" in reference


def test_a_whole_name_is_typed_in_one_field(said: dict[str, Any]) -> None:
    """Where the site wants it so, as the example does; the site that stands alone does not."""
    for form in (NameEmailForm, UserForm):
        assert str(form.base_fields["first_name"].label) == "Họ và tên"
        assert form.base_fields["last_name"].widget.is_hidden
        assert not form.base_fields["last_name"].required
    assert said["names"] == ["Tên", "Họ và tên đệm"]
    assert said["password"] == "Mật khẩu"


def test_the_language_is_offered_once() -> None:
    admin.offer_language()
    assert localization.WAGTAILADMIN_PROVIDED_LANGUAGES.count(admin.LANGUAGE) == 1
