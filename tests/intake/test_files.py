"""X5: what the public sends is taken for what is in it, whatever it is called."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from wagtail_pbgdpl.intake import files
from wagtail_pbgdpl.intake.files import TAKEN, plain_name, taken

from .conftest import DOCM, DOCX, ODT, PDF, packed, picture, upload

PROGRAM = b"MZ\x90\x00" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
XLSX = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("don.pdf", PDF, "don.pdf"),
        ("don.docx", packed(DOCX), "don.docx"),
        ("Đơn kiến nghị.ODT", packed(ODT), "Đơn kiến nghị.ODT"),
        ("anh.jpeg", picture("JPEG"), "anh.jpeg"),
        ("anh.png", picture("PNG"), "anh.png"),
        ("IMG_0001.HEIC", picture("heif"), "IMG_0001.jpg"),
        # The name says something else, or nothing.
        ("anh.png", picture("JPEG"), "anh.jpg"),
        ("don.exe", PDF, "don.pdf"),
        ("don", PDF, "don.pdf"),
        ("don.docx.html", packed(DOCX), "don.docx.docx"),
        # A chart brings its table along.
        ("don.docx", packed(DOCX | {"word/embeddings/Table.xlsx": packed(XLSX)}), "don.docx"),
    ],
)
def test_what_is_taken(name: str, content: bytes, kept: str) -> None:
    sound = taken(upload(name, content))
    assert sound.name == kept
    assert sound.kind in TAKEN
    if sound.kind in ("pdf", "docx", "odt"):
        assert sound.content == content


REFUSED = [
    ("chuong-trinh.pdf", PROGRAM, "kind"),
    ("anh.jpg", PROGRAM, "kind"),
    ("anh.svg", SVG, "kind"),
    ("anh.png", SVG, "kind"),
    ("trang.html", HTML, "kind"),
    ("don.pdf", HTML, "kind"),
    ("don.pdf", HTML + PDF, "kind"),
    ("don.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "kind"),
    ("don.rtf", b"{\\rtf1}", "kind"),
    ("anh.gif", b"GIF89a" + bytes(50), "kind"),
    ("phim.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(50), "kind"),
    ("bang.docx", packed(XLSX), "kind"),
    ("goi.docx", packed({"a.txt": b"x"}), "kind"),
    ("hong.docx", packed(DOCX)[:-10], "kind"),
    ("rong.pdf", b"", "empty"),
    ("don.docm", packed(DOCM), "macros"),
    ("don.docx", packed(DOCM), "macros"),
    ("don.docx", packed(DOCX | {"word/vbaProject.bin": b"x"}), "macros"),
    ("don.docx", packed(DOCX | {"word/embeddings/oleObject1.bin": b"x"}), "macros"),
    ("don.docx", packed(DOCX | {"word/media/anh.exe": b"x"}), "macros"),
    ("don.odt", packed(ODT | {"Basic/Standard/Module1.xml": b"x"}), "macros"),
    ("don.odt", packed(ODT | {"Scripts/python/x.py": b"x"}), "macros"),
    (
        "bang.odt",
        packed(ODT | {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "macros",
    ),
    ("anh.jpg", picture("JPEG")[:200], "damaged"),
    ("anh.png", picture("PNG")[:60], "damaged"),
    ("anh.heic", picture("heif")[:200], "damaged"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    REFUSED,
    ids=[f"{number}-{name}" for number, (name, _content, _code) in enumerate(REFUSED)],
)
def test_what_is_refused(name: str, content: bytes, code: str, english: None) -> None:
    with pytest.raises(ValidationError) as raised:
        taken(upload(name, content))
    (error,) = raised.value.error_list
    assert error.code == code
    assert f"«{name}»" in raised.value.messages[0]


def test_a_bomb_is_refused_by_its_directory(english: None) -> None:
    bomb = packed(DOCX | {"word/media/so-khong.bmp": bytes(files._MAX_UNPACKED)})
    assert len(bomb) < files.MEGABYTE
    with pytest.raises(ValidationError, match="larger than it seems"):
        taken(upload("don.docx", bomb))


def test_a_picture_with_too_many_pixels_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch, english: None
) -> None:
    monkeypatch.setattr(files, "_MAX_PIXELS", 40 * 20 - 1)
    with pytest.raises(ValidationError, match="too many pixels"):
        taken(upload("anh.png", picture("PNG")))


def test_a_file_that_is_too_large_is_not_read(settings: Any, english: None) -> None:
    settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"INTAKE_FILE_MEGABYTES": 1}
    taken(upload("don.pdf", PDF + bytes(files.MEGABYTE - len(PDF))))
    with pytest.raises(ValidationError, match="up to 1 MB"):
        taken(upload("don.pdf", PDF + bytes(files.MEGABYTE - len(PDF) + 1)))


class TestPictures:
    def exif(self) -> Any:
        exif = Image.Exif()
        exif[0x010F] = "May anh cua toi"
        exif[0x0112] = 6  # turned by a quarter
        exif.get_ifd(0x8825)[2] = (22.0, 8.0, 49.0)  # where it was taken
        return exif

    @pytest.mark.parametrize(
        ("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("heif", "a.heic")]
    )
    def test_nothing_but_the_picture_is_kept(self, kind: str, name: str) -> None:
        content = picture(kind, exif=self.exif().tobytes())
        assert b"May anh" in content
        sound = taken(upload(name, content))
        assert b"May anh" not in sound.content
        with Image.open(io.BytesIO(sound.content)) as kept:
            assert not kept.getexif()
            assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}

    def test_it_stands_upright_all_the_same(self) -> None:
        sound = taken(upload("a.jpg", picture("JPEG", exif=self.exif().tobytes())))
        with Image.open(io.BytesIO(sound.content)) as kept:
            assert kept.size == (20, 40)

    def test_what_hides_behind_it_is_gone(self) -> None:
        sound = taken(upload("a.jpg", picture("JPEG") + HTML))
        assert b"script" not in sound.content

    def test_a_text_in_it_is_gone(self) -> None:
        sound = taken(upload("a.jpg", picture("JPEG", comment=b"<script>")))
        assert b"script" not in sound.content

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
    def test_every_sort_of_png_is_drawn(self, mode: str) -> None:
        stored = io.BytesIO()
        Image.new(mode, (3, 2)).save(stored, "PNG")
        assert taken(upload("a.png", stored.getvalue())).kind == "png"

    def test_a_picture_for_print_is_drawn_in_colours_of_the_screen(self) -> None:
        stored = io.BytesIO()
        Image.new("CMYK", (3, 2)).save(stored, "JPEG")
        sound = taken(upload("a.jpg", stored.getvalue()))
        with Image.open(io.BytesIO(sound.content)) as kept:
            assert kept.mode == "RGB"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Lan\\Đơn.pdf", "Đơn.pdf"),
        ("D\u031b\u01a1n\u0300.pdf", "D̛ơǹ.pdf"),
        ("don\u202efdp.exe", "don fdp.exe"),
        ('a<b>"c?.pdf', "a b c .pdf"),
        ("dòng\r\nmới.pdf", "dòng mới.pdf"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_names_as_typed_without_what_does_harm(name: str, plain: str, english: None) -> None:
    assert plain_name(name) == plain
