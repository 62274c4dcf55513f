"""X5: files of the public lie where no address leads, and go with their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.test import override_settings

from tests.extension_app.models import Petition, PetitionFile
from wagtail_pbgdpl.intake.attachments import download
from wagtail_pbgdpl.intake.files import taken
from wagtail_pbgdpl.intake.storage import PrivateStorage, private_folder, private_storage

from .conftest import PDF, upload

pytestmark = pytest.mark.django_db


def attached(name: str = "Đơn kiến nghị.pdf", content: bytes = PDF) -> PetitionFile:
    petition = Petition.objects.create(code=name[:16], text="x", full_name="Lan", email="a@b.vn")
    row = PetitionFile(petition=petition)
    row.keep(taken(upload(name, content)))
    row.save()
    return row


def test_it_is_kept_as_it_came_under_a_name_that_says_nothing() -> None:
    row = PetitionFile.objects.get(pk=attached().pk)
    assert row.file.read() == PDF
    assert (row.name, row.kind, row.size) == ("Đơn kiến nghị.pdf", "pdf", len(PDF))
    assert len(row.sha256) == 64
    assert row.file.name.startswith("intake/")
    assert "don" not in row.file.name.lower()
    assert "." not in row.file.name


def test_no_address_leads_to_it(client: Any) -> None:
    row = attached()
    place = Path(row.file.path)
    assert Path(django_settings.MEDIA_ROOT).resolve() not in place.parents
    assert client.get(f"{django_settings.MEDIA_URL}{row.file.name}").status_code == 404


class TestTheFolder:
    def test_it_stands_beside_the_media(self, tmp_path: Path, settings: Any) -> None:
        settings.MEDIA_ROOT = str(tmp_path / "media")
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_FOLDER": ""}
        settings.STORAGES = {
            name: value for name, value in settings.STORAGES.items() if name != "pbgdpl_private"
        }
        assert private_folder() == tmp_path / "pbgdpl_private"
        storage = private_storage()
        assert isinstance(storage, PrivateStorage)
        name = storage.save("intake/x", ContentFile(PDF))
        place = tmp_path / "pbgdpl_private" / name
        assert place.read_bytes() == PDF
        assert place.stat().st_mode & 0o077 == 0
        assert place.parent.stat().st_mode & 0o077 == 0
        with pytest.raises(ValueError, match="URL"):
            storage.url(name)

    def test_it_may_be_named(self, tmp_path: Path, settings: Any) -> None:
        with override_settings(
            WAGTAIL_PBGDPL=settings.WAGTAIL_PBGDPL | {"INTAKE_FOLDER": tmp_path / "rieng"}
        ):
            assert Path(PrivateStorage().location) == tmp_path / "rieng"


class TestGoing:
    def test_the_file_goes_once_the_row_is_gone(
        self, stored: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        row = attached()
        with django_capture_on_commit_callbacks(execute=True):
            # With what it belongs to, and many at once.
            Petition.objects.filter(pk=row.petition_id).delete()
        assert row.file.name not in stored()

    def test_it_stays_where_that_is_taken_back(self, stored: Any) -> None:
        row = attached()
        name = row.file.name
        row.delete()
        assert name in stored()


def test_it_is_handed_out_to_be_saved_and_nothing_else() -> None:
    response = download(attached())
    assert b"".join(response) == PDF
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C4%90%C6%A1n%20ki%E1%BA%BFn%20ngh%E1%BB%8B.pdf"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))


def test_the_policy_of_the_site_leaves_it_in_its_sandbox(rf: Any) -> None:
    from wagtail_pbgdpl.face.security_policy import PolicyMiddleware

    response = PolicyMiddleware(lambda request: download(attached()))(rf.get("/"))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
