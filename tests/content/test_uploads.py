"""S2, S10: the portal's collections take documents of agreed kinds and sizes alone."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.models import Collection

from tests.factories import DocumentFactory, SeatFactory
from wagtail_pbgdpl.core import signatures
from wagtail_pbgdpl.core.signatures import is_sound_archive, is_what_it_says
from wagtail_pbgdpl.media import uploads

pytestmark = pytest.mark.usefixtures("portal")

PROGRAM = b"MZ\x90\x00" + bytes(200)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def packed(entries: dict[str, bytes]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stored.getvalue()


def bomb() -> bytes:
    """An archive of a few bytes whose directory announces a gigabyte."""
    content = bytearray(packed({"[Content_Types].xml": b"x"}))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 1024**3)
    return bytes(content)


DOCX = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
REFUSED = [
    ("chay.exe", PROGRAM),
    ("trang.html", b"<script>alert(1)</script>"),
    ("khong-duoi", PDF),
    ("ke-hoach.pdf", PROGRAM),
    ("ke-hoach.docx", PROGRAM),
    ("ke-hoach.txt", PROGRAM),
    ("ke-hoach.pdf", DOCX),
    ("ke-hoach.docx", PDF),
    ("ke-hoach.docx", packed({"a.txt": b"a"})),
    ("ke-hoach.docx", DOCX[:40]),
    ("ke-hoach.docx", bomb()),
    ("ke-hoach.docx", packed({f"{one}": b"" for one in range(signatures.MAX_ENTRIES + 1)})),
    ("lon.txt", b"a" * (1024 * 1024 + 1)),
]
TAKEN = [
    ("ke-hoach.pdf", PDF),
    ("KE-HOACH.PDF", PDF),
    ("ke-hoach.docx", DOCX),
    ("ke-hoach.odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text"})),
    ("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30)),
    ("ghi-chu.txt", "Phổ biến, giáo dục pháp luật".encode()),
    ("phu-de.vtt", b"\xef\xbb\xbfWEBVTT\n"),
    ("phim.webm", b"\x1aE\xdf\xa3" + bytes(30)),
    ("phim.mp4", b"\x00\x00\x00\x18ftypmp42"),
]


@pytest.fixture(autouse=True)
def small(settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "DOCUMENT_MAX_MEGABYTES": 1}


@pytest.fixture
def ours(portal: Any) -> Collection:
    return Collection.objects.get(name="Cổng PBGDPL")


@pytest.fixture
def secretary() -> Client:
    client = Client()
    client.force_login(SeatFactory(role="secretary").user)
    return client


def upload(client: Client, way: str, collection: Collection, name: str, content: bytes) -> str:
    """What the screen says after an upload by one of Wagtail's three ways."""
    file = SimpleUploadedFile(name, content)
    place = collection.pk
    form: dict[str, Any] = {"title": "Tệp thử", "collection": place, "file": file}
    if way == "wagtaildocs:add_multiple":
        form = {"title": "Tệp thử", "collection": place, "files[]": file}
    if way == "wagtaildocs_chooser:create":
        form = {f"document-chooser-upload-{key}": value for key, value in form.items()}
    response = client.post(reverse(way), form, headers={"X-Requested-With": "XMLHttpRequest"})
    if response["Content-Type"] == "application/json":
        data = response.json()
        return "".join(str(data.get(key, "")) for key in ("error_message", "html", "htmlFragment"))
    return response.content.decode()


def label(value: str | bytes) -> str:
    """The case in the test's name: packed files carry the time at which they were made."""
    return value if isinstance(value, str) else f"{len(value)} bytes"


WAYS = ("wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "content"), REFUSED, ids=label)
def test_refused(secretary: Client, ours: Collection, way: str, name: str, content: bytes) -> None:
    said = upload(secretary, way, ours, name, content)
    assert not get_document_model().objects.exists()
    assert f"«{name}»" in said


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "content"), TAKEN, ids=label)
def test_taken(secretary: Client, ours: Collection, way: str, name: str, content: bytes) -> None:
    upload(secretary, way, ours, name, content)
    assert get_document_model().objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_who_has_one_collection_alone(portal: Any, ours: Collection, way: str) -> None:
    """Wagtail does not ask such a person for the collection."""
    client = Client()
    client.force_login(SeatFactory(role="contact_officer").user)
    upload(client, way, ours, "chay.exe", PROGRAM)
    assert not get_document_model().objects.exists()
    upload(client, way, ours, "ke-hoach.pdf", PDF)
    assert get_document_model().objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
def test_collections_of_the_host(admin_client: Client, portal: Any, way: str) -> None:
    upload(admin_client, way, Collection.get_first_root_node(), "chay.exe", PROGRAM)
    assert get_document_model().objects.count() == 1


def test_what_moves_in(admin_client: Client, ours: Collection) -> None:
    root = Collection.get_first_root_node()
    document = DocumentFactory(collection=root, file__filename="chay.exe", file__data=PROGRAM)
    admin_client.post(
        reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Tệp", "collection": ours.pk}
    )
    document.refresh_from_db()
    assert document.collection == root


class TestManyThatMoveIn:
    """Wagtail's bulk action updates the rows, without a form of a document."""

    def documents(self, *files: tuple[str, bytes]) -> list[Any]:
        root = Collection.get_first_root_node()
        return [
            DocumentFactory(collection=root, file__filename=name, file__data=content)
            for name, content in files
        ]

    def move(self, client: Client, documents: list[Any], to: Collection) -> str:
        address = reverse(
            "wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"]
        )
        keys = "&".join(f"id={one.pk}" for one in documents)
        return client.post(f"{address}?{keys}", {"collection": to.pk}).content.decode()

    def where(self, documents: list[Any]) -> set[Any]:
        model = get_document_model()
        return {model.objects.get(pk=one.pk).collection for one in documents}

    def test_one_that_is_not_taken_keeps_all_out(
        self, admin_client: Client, ours: Collection
    ) -> None:
        documents = self.documents(("chay.exe", PROGRAM), ("ke-hoach.pdf", PDF), ("a.txt", PROGRAM))
        said = self.move(admin_client, documents, ours)
        assert self.where(documents) == {Collection.get_first_root_node()}
        program, paper, text = (f"«{one.filename}»" for one in documents)
        assert program in said
        assert text in said
        assert paper not in said
        # The choice is still there.
        assert f'<option value="{ours.pk}" selected>' in said

    def test_what_is_taken_moves_in(self, admin_client: Client, ours: Collection) -> None:
        documents = self.documents(("ke-hoach.pdf", PDF), ("ke-hoach.docx", DOCX))
        self.move(admin_client, documents, ours)
        assert self.where(documents) == {ours}

    def test_a_file_that_is_gone(self, admin_client: Client, ours: Collection) -> None:
        (document,) = self.documents(("ke-hoach.pdf", PDF))
        document.file.storage.delete(document.file.name)
        assert "không còn trong kho lưu trữ" in self.move(admin_client, [document], ours)
        assert self.where([document]) == {Collection.get_first_root_node()}

    def test_collections_of_the_host(self, admin_client: Client, ours: Collection) -> None:
        documents = self.documents(("chay.exe", PROGRAM))
        other = Collection.get_first_root_node().add_child(name="Của cổng khác")
        self.move(admin_client, documents, other)
        assert self.where(documents) == {other}


def test_kinds_of_the_regulation(settings: Any) -> None:
    settings.WAGTAIL_PBGDPL = {"PROFILE": "binh_phuoc_2020", "DOCUMENT_EXTENSIONS": ["pdf"]}
    assert uploads.kinds() == ["bmp", "doc", "docx", "gif", "jpg", "odt", "pdf"]


def test_said_in_vietnamese() -> None:
    with translation.override("vi"):
        said = uploads.problem_of(SimpleUploadedFile("chay.exe", PROGRAM))
    assert said.startswith("Tệp «chay.exe» thuộc loại không được tiếp nhận trên cổng.")


def test_a_second_end_of_the_directory_is_refused() -> None:
    """``zipfile`` would read the directory whose size the larger record gives."""
    at = DOCX.rfind(b"PK\x05\x06")
    larger = DOCX[:at] + b"PK\x06\x07" + bytes(16) + DOCX[at:]
    assert not is_sound_archive(io.BytesIO(larger), "docx")


def test_the_file_is_left_at_its_beginning() -> None:
    file = io.BytesIO(DOCX)
    assert is_what_it_says(file, "docx")
    assert is_sound_archive(file, "docx")
    assert file.tell() == 0
