from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from wagtail_pbgdpl.intake.storage import private_storage
from wagtail_pbgdpl.worktime import VIETNAM

MORNING = datetime(2026, 3, 17, 9, tzinfo=VIETNAM)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
DOCX = {
    "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    b'document.main+xml"/></Types>',
    "word/document.xml": b"<w:document/>",
}
DOCM = DOCX | {
    "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
}
ODT = {
    "mimetype": b"application/vnd.oasis.opendocument.text",
    "content.xml": b"<office:document-content/>",
}


def packed(entries: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stored.getvalue()


def picture(kind: str, **options: Any) -> bytes:
    """A small picture; ``heif`` needs pillow-heif."""
    if kind == "heif":
        import pillow_heif

        pillow_heif.register_heif_opener()
    stored = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(stored, kind, **options)
    return stored.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as frozen:
        yield frozen


@pytest.fixture
def asked_from(settings: Any) -> Callable[[str], Any]:
    """A function that makes a request from an address of the Internet."""

    def ask(address: str) -> Any:
        return RequestFactory().get("/", REMOTE_ADDR=address)

    return ask


@pytest.fixture
def stored() -> Callable[[], set[str]]:
    """A function that names the files in the private storage."""
    return stored_files


def stored_files() -> set[str]:
    storage = private_storage()

    def below(folder: str) -> set[str]:
        if not storage.exists(folder or "."):
            return set()
        folders, files = storage.listdir(folder)
        found = {f"{folder}/{name}".lstrip("/") for name in files}
        for name in folders:
            found |= below(f"{folder}/{name}".lstrip("/"))
        return found

    return below("")


def solution(challenge: dict[str, Any]) -> str:
    """What a browser answers to a challenge of the captcha."""
    for number in range(challenge["maxNumber"] + 1):
        tried = hashlib.sha256(f"{challenge['salt']}{number}".encode()).hexdigest()
        if tried == challenge["challenge"]:
            found = {**challenge, "number": number}
            del found["maxNumber"]
            return base64.b64encode(json.dumps(found).encode()).decode()
    raise LookupError("no number fits")
