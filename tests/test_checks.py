"""System checks: what is wrong with a configuration is said, and nothing ends in a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wagtail
from axes.backends import AxesStandaloneBackend
from django.apps import apps
from django.core import checks as django_checks
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import override_settings

from wagtail_pbgdpl import checks


def ids(messages: list[Any]) -> list[str]:
    return [message.id.removeprefix("wagtail_pbgdpl.") for message in messages]


def checked(**kwargs: Any) -> list[Any]:
    """What our checks say without a database, which Django 6.1 asks unless told not to."""
    return django_checks.run_checks(tags=[checks.TAG], databases=[], **kwargs)


def test_the_example_site_passes() -> None:
    assert checked() == []


def test_a_site_without_the_setting_passes() -> None:
    with override_settings():
        from django.conf import settings

        del settings.WAGTAIL_PBGDPL
        assert checked() == []


@pytest.mark.parametrize(("vendor", "found"), [("mysql", ["E014"]), ("sqlite", [])])
def test_e014_a_database_that_is_not_supported(
    monkeypatch: pytest.MonkeyPatch, vendor: str, found: list[str]
) -> None:
    """MariaDB looks right until the first visit."""
    monkeypatch.setattr(connection, "vendor", vendor)
    assert ids(checks.check_vendor()) == found


class TestW014:
    @pytest.mark.parametrize(
        "backends",
        [["django.contrib.auth.backends.ModelBackend"], ["khong.co.Backend"], []],
    )
    def test_nothing_limits_wrong_passwords(self, backends: list[str]) -> None:
        with override_settings(AUTHENTICATION_BACKENDS=backends):
            (warning,) = checks.check_login()
        assert warning.id == "wagtail_pbgdpl.W014"
        assert "SILENCED_SYSTEM_CHECKS" in warning.hint

    @pytest.mark.parametrize(
        "name",
        [
            "axes.backends.AxesStandaloneBackend",
            "axes.backends.AxesBackend",
            "tests.test_checks.OwnBackend",
        ],
    )
    def test_something_does(self, name: str) -> None:
        with override_settings(AUTHENTICATION_BACKENDS=[name]):
            assert checks.check_login() == []

    def test_is_a_matter_of_deployment(self) -> None:
        found = checked(include_deployment_checks=True)
        assert ids(found) == ["W014"]
        assert checked() == []


class OwnBackend(AxesStandaloneBackend):
    """Of a site that has its own."""


def test_e001_a_key_that_does_not_exist() -> None:
    with override_settings(WAGTAIL_PBGDPL={"PROFIL": "binh_phuoc_2020"}):
        (error,) = checks.check_settings()
    assert error.id == "wagtail_pbgdpl.E001"
    assert "WAGTAIL_PBGDPL['PROFIL']" in error.msg
    assert "PROFILE" in error.msg


@pytest.mark.parametrize("profile", [5, "", None, ["bac_kan_pbgdpl_2021"]])
def test_e002_a_value_of_the_wrong_sort(profile: Any) -> None:
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": profile}):
        messages = checked()
    assert ids(messages) == ["E002"]
    assert "WAGTAIL_PBGDPL['PROFILE']" in messages[0].msg
    assert repr(profile) in messages[0].msg


@pytest.mark.parametrize("value", [None, "bac_kan_pbgdpl_2021", [1]])
def test_e002_a_setting_that_is_no_dictionary(value: Any) -> None:
    with override_settings(WAGTAIL_PBGDPL=value):
        assert ids(checked()) == ["E002"]


def test_e003_one_error_for_each_problem(tmp_path: Path) -> None:
    path = tmp_path / "tinh.toml"
    path.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'
        '[deadlines.T2]\nunit = "tuan"\n[categories.C1]\nkind = "C0"\nclause = ""',
        encoding="utf-8",
    )
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": path}):
        messages = checks.check_profile()
    assert ids(messages) == ["E003"] * 3
    texts = "\n".join(message.msg for message in messages)
    for key in ("deadlines.T2.unit", "categories.C1.kind", "categories.C1.clause"):
        assert f"{path}: {key}: " in texts
    assert all("WAGTAIL_PBGDPL['PROFILE']" in message.hint for message in messages)


PARENTS = {
    "broken.html": "{% khong_co %}",
    "of_none.html": '{% extends "khong_co.html" %}',
    "of_broken.html": '{% extends "broken.html" %}',
    "of_of_none.html": '{% extends "of_none.html" %}',
    "of_itself.html": '{% extends "of_itself.html" %}',
    "round.html": '{% extends "of_round.html" %}',
    "of_round.html": '{% extends "round.html" %}',
    "whole.html": "<html></html>",
    "of_whole.html": '{% extends "whole.html" %}',
    "of_of_whole.html": '{% extends "of_whole.html" %}',
    "of_the_page.html": "{% extends layout %}",
}


def base_template(name: str, folder: Path) -> Any:
    for file, content in PARENTS.items():
        (folder / file).write_text(content)
    own = {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}
    return override_settings(WAGTAIL_PBGDPL={"BASE_TEMPLATE": name}, TEMPLATES=[own])


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("khong_co.html", "khong_co.html"),
        ("broken.html", "khong_co"),
        ("of_none.html", "khong_co.html"),
        ("of_of_none.html", "khong_co.html"),
        ("of_broken.html", "khong_co"),
        ("of_itself.html", "of_itself.html"),
        ("round.html", "round.html"),
    ],
)
def test_e013_a_base_template_that_no_page_could_extend(
    name: str, missing: str, tmp_path: Path
) -> None:
    with base_template(name, tmp_path):
        (error,) = checks.check_base_template()
    assert error.id == "wagtail_pbgdpl.E013"
    assert error.msg.startswith("WAGTAIL_PBGDPL['BASE_TEMPLATE']: ")
    assert name in error.msg
    assert missing in error.msg


@pytest.mark.parametrize(
    "name", ["whole.html", "of_whole.html", "of_of_whole.html", "of_the_page.html"]
)
def test_a_base_template_with_all_its_parents(name: str, tmp_path: Path) -> None:
    with base_template(name, tmp_path):
        assert checks.check_base_template() == []


def test_e003_a_profile_that_is_not_there() -> None:
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": "khong_co"}):
        (error,) = checks.check_profile()
    assert error.id == "wagtail_pbgdpl.E003"
    assert "bac_kan_pbgdpl_2021" in error.msg


@pytest.mark.django_db
def test_e003_stops_manage_py_check() -> None:
    with (
        override_settings(WAGTAIL_PBGDPL={"PROFILE": "khong_co"}),
        pytest.raises(SystemCheckError, match=r"wagtail_pbgdpl\.E003"),
    ):
        call_command("check")


@pytest.mark.parametrize("missing", ["wagtail_modeladmin", "wagtail.contrib.settings", "taggit"])
def test_e004_an_app_that_is_not_installed(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "is_installed", lambda name: name != missing)
    (error,) = checks.check_apps()
    assert error.id == "wagtail_pbgdpl.E004"
    assert missing in error.msg


def test_w001_another_time_zone() -> None:
    with override_settings(TIME_ZONE="UTC"):
        (warning,) = checks.check_time_zone()
    assert warning.id == "wagtail_pbgdpl.W001"
    assert "UTC" in warning.msg


def test_w001_no_time_zones_at_all() -> None:
    with override_settings(USE_TZ=False):
        assert ids(checks.check_time_zone()) == ["W001"]


def test_the_old_name_of_the_time_zone_will_do() -> None:
    with override_settings(TIME_ZONE="Asia/Saigon"):
        assert checks.check_time_zone() == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"LANGUAGE_CODE": "en-us"}, ["LANGUAGE_CODE is en-us"]),
        (
            {"WAGTAILADMIN_PERMITTED_LANGUAGES": [("en", "English")]},
            ["WAGTAILADMIN_PERMITTED_LANGUAGES"],
        ),
        (
            {"LANGUAGE_CODE": "en", "WAGTAILADMIN_PERMITTED_LANGUAGES": []},
            ["LANGUAGE_CODE is en", "WAGTAILADMIN_PERMITTED_LANGUAGES"],
        ),
        ({"LANGUAGE_CODE": "vi-vn"}, []),
    ],
)
def test_w002_vietnamese_comes_first(settings: dict[str, Any], words: list[str]) -> None:
    """I6: BK21 Điều 8.1, BK18 Điều 3.2."""
    with override_settings(**settings):
        warnings = checks.check_languages()
    assert ids(warnings) == ["W002"] * len(words)
    for warning, word in zip(warnings, words, strict=True):
        assert word in warning.msg


def test_w005_a_profile_by_which_nobody_approves() -> None:
    """R8: LC19 is a plan, and names no editorial board."""
    with override_settings(WAGTAIL_PBGDPL={"PROFILE": "lao_cai_2019"}):
        (warning,) = checks.check_workflows()
    assert ids([warning]) == ["W005"]
    assert "lao_cai_2019" in warning.msg


def test_every_identifier_is_documented(repository: Path) -> None:
    reference = (repository / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    for identifier in ("E001", "E002", "E003", "E004", *(f"W00{number}" for number in range(1, 6))):
        assert f"wagtail_pbgdpl.{identifier}" in reference


def test_w007_a_storage_that_writes_over_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """R12: an approved file could give way to an upload of the same name."""
    assert checks.check_storage() == []
    monkeypatch.setattr(default_storage, "file_overwrite", True, raising=False)
    (warning,) = checks.check_storage()
    assert warning.id == "wagtail_pbgdpl.W007"


class TestAddresses:
    """W020, W021"""

    def test_those_of_the_example_are_closed(self) -> None:
        assert checks.check_addresses() == []

    @override_settings(ROOT_URLCONF="tests.open_addresses")
    def test_those_that_go_round_the_access_to_files(self) -> None:
        images, lists = checks.check_addresses()
        assert ids([images, lists]) == ["W020", "W021"]
        assert "/anh/([^/]*)" in images.msg
        for path in ("/api/v2/hinh-anh/", "/api/v2/tai-lieu/"):
            assert path in lists.msg
        assert "/api/hep/" not in lists.msg
        assert ("/api/v3/images/" in lists.msg) is (wagtail.VERSION >= (8,))

    @override_settings(ROOT_URLCONF="tests.open_addresses")
    def test_with_deploy_alone(self) -> None:
        def found(deploy: bool) -> set[str]:
            return set(
                ids(
                    django_checks.run_checks(
                        tags=[checks.TAG], include_deployment_checks=deploy, databases=[]
                    )
                )
            )

        assert found(deploy=True) >= {"W020", "W021"}
        assert found(deploy=False) == set()
