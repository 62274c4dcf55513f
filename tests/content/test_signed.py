"""D4 (BP20 Điều 9.1c): a «signed original» without a digital signature is pointed out."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import File
from django.test import Client
from django.urls import reverse

from tests.factories import DocumentFactory, factory_for
from wagtail_pbgdpl.content.signed import is_signed
from wagtail_pbgdpl.pages import models as pages

PLAIN = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
SIGNATURE = b"8 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached\n"
SIGNED = PLAIN + SIGNATURE + b"/ByteRange [0 840 960 240 ] /Contents <3082> >>\nendobj\n%%EOF\n"
# The field in which somebody is to sign, and the place that a program keeps free for it.
UNSIGNED = PLAIN + SIGNATURE + b"/ByteRange [0 /********** /********** ] >>\nendobj\n%%EOF\n"
HINT = "không mang chữ ký số"


@pytest.mark.parametrize(
    ("content", "signed"),
    [(PLAIN, False), (SIGNED, True), (UNSIGNED, False), (SIGNED.replace(b" [0", b"[ 0"), True)],
)
def test_what_carries_a_signature(content: bytes, signed: bool) -> None:
    assert is_signed(File(io.BytesIO(content), "tep.pdf")) is signed


@pytest.mark.parametrize("before", range(0, 40, 3))
def test_a_signature_between_two_chunks(before: int) -> None:
    padding = File.DEFAULT_CHUNK_SIZE - SIGNED.index(b"/ByteRange") - before
    file = File(io.BytesIO(b"%" * padding + SIGNED), "tep.pdf")
    assert is_signed(file)


@pytest.fixture
def editor_of(desk: Client, index_of: Any) -> Any:
    """A function that shows the editor of a document whose file is ``kind``."""

    def show(content: bytes, name: str, kind: str) -> str:
        file = DocumentFactory(file__filename=name, file__data=content)
        value = {"title": "", "document": file, "kind": kind, "note": ""}
        page = factory_for(pages.LegalDocumentPage)(parent=index_of("C7"), live=False)
        page.files = [("attachment", value)]
        page.save_revision()
        answer = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200
        return str(answer.content.decode())

    return show


def test_the_editor_is_told_beside_the_files(editor_of: Any) -> None:
    shown = editor_of(PLAIN, "quyet-dinh.pdf", "original")
    assert HINT in shown
    assert "«quyet-dinh" in shown


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (SIGNED, "da-ky.pdf", "original"),
        (PLAIN, "phu-luc.pdf", "annex"),
        (PLAIN, "ban-quet.jpg", "original"),
    ],
)
def test_nothing_is_said(editor_of: Any, content: bytes, name: str, kind: str) -> None:
    assert HINT not in editor_of(content, name, kind)


def test_a_file_that_is_gone_breaks_nothing(
    editor_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: Any, mode: str = "rb") -> Any:
        raise FileNotFoundError

    monkeypatch.setattr("django.db.models.fields.files.FieldFile.open", gone)
    assert HINT not in editor_of(PLAIN, "da-mat.pdf", "original")


def test_a_new_document_has_no_files_yet(desk: Client, index_of: Any) -> None:
    names = ["wagtail_pbgdpl_pages", "legaldocumentpage", index_of("C7").pk]
    answer = desk.get(reverse("wagtailadmin_pages:add", args=names))
    assert answer.status_code == 200
    assert HINT not in answer.content.decode()
