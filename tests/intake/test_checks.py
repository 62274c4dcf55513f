"""X1: a weak key, and a folder that everybody can read, are said before anything is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import checks as django_checks

from wagtail_pbgdpl.intake.checks import check_folder, check_salt

pytestmark = pytest.mark.usefixtures("english")


class TestW022:
    @pytest.mark.parametrize(
        "salt", [None, "", [], "ngắn", "wagtail_pbgdpl", ["ngắn", "x" * 40], ["wagtail_pbgdpl"]]
    )
    def test_a_salt_that_is_missing_or_can_be_guessed(self, settings: Any, salt: Any) -> None:
        settings.SALT_KEY = salt
        (warning,) = check_salt()
        assert warning.id == "wagtail_pbgdpl.W022"

    def test_the_former_ones_may_be_as_they_were(self, settings: Any) -> None:
        settings.SALT_KEY = ["x" * 16, "wagtail_pbgdpl"]
        assert check_salt() == []

    def test_is_a_matter_of_deployment(self, settings: Any) -> None:
        del settings.SALT_KEY
        without = django_checks.run_checks(tags=["wagtail_pbgdpl"], databases=[])
        deployed = django_checks.run_checks(
            tags=["wagtail_pbgdpl"], include_deployment_checks=True, databases=[]
        )
        assert without == []
        assert "wagtail_pbgdpl.W022" in [one.id for one in deployed]


class TestE015:
    @pytest.fixture(autouse=True)
    def folders(self, settings: Any, tmp_path: Path) -> None:
        settings.STORAGES = {
            name: value for name, value in settings.STORAGES.items() if name != "pbgdpl_private"
        }
        settings.MEDIA_ROOT = str(tmp_path / "media")
        settings.STATIC_ROOT = str(tmp_path / "static")

    @pytest.mark.parametrize(
        ("folder", "named"),
        [
            ("media", "MEDIA_ROOT"),
            ("media/rieng", "MEDIA_ROOT"),
            ("x/../static/rieng", "STATIC_ROOT"),
        ],
    )
    def test_a_folder_that_is_handed_out(
        self, settings: Any, tmp_path: Path, folder: str, named: str
    ) -> None:
        settings.WAGTAIL_PBGDPL = {"INTAKE_FOLDER": tmp_path / folder}
        (error,) = check_folder()
        assert error.id == "wagtail_pbgdpl.E015"
        assert named in error.msg

    @pytest.mark.parametrize("folder", ["rieng", "mediarieng", ""])
    def test_a_folder_beside_it(self, settings: Any, tmp_path: Path, folder: str) -> None:
        settings.WAGTAIL_PBGDPL = {"INTAKE_FOLDER": tmp_path / folder if folder else ""}
        assert check_folder() == []
