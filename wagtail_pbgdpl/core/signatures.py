"""By which first bytes a file is known to be what its name says; nothing is unpacked."""

from __future__ import annotations

import struct
import zipfile
from typing import Any

HEAD = 64  # bytes
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_RTF = b"{\\rtf"
_JPEG = b"\xff\xd8\xff"
_MATROSKA = b"\x1aE\xdf\xa3"
_OGG = b"OggS"
_TIFF = (b"II*\x00", b"MM\x00*")
#: Kind → the beginnings that it may have, each with its place in bytes.
BEGINNINGS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": ((0, b"%PDF-"),),
    # Word saves RTF under this name too.
    "doc": ((0, _OLE), (0, _RTF)),
    "rtf": ((0, _RTF),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "gif": ((0, b"GIF8"),),
    "bmp": ((0, b"BM"),),
    "webp": ((8, b"WEBP"),),
    "mp3": ((0, b"ID3"), *((0, b"\xff" + bytes([one])) for one in (0xFB, 0xFA, 0xF3, 0xF2))),
    "wav": ((8, b"WAVE"),),
    "vtt": ((0, b"WEBVTT"),),
    **dict.fromkeys(("xls", "ppt"), ((0, _OLE),)),
    **dict.fromkeys(("jpg", "jpeg"), ((0, _JPEG),)),
    **dict.fromkeys(("tif", "tiff"), tuple((0, one) for one in _TIFF)),
    **dict.fromkeys(("mp4", "m4v", "m4a", "avif"), ((4, b"ftyp"),)),
    "heic": tuple((4, b"ftyp" + one) for one in (b"heic", b"heix", b"heim", b"heis", b"mif1")),
    **dict.fromkeys(("webm", "mkv"), ((0, _MATROSKA),)),
    **dict.fromkeys(("ogg", "ogv", "oga"), ((0, _OGG),)),
}
#: Office files are archives; each kind has an entry by which it is known.
OFFICE = dict.fromkeys(("docx", "xlsx", "pptx"), "[Content_Types].xml") | dict.fromkeys(
    ("odt", "ods", "odp"), "mimetype"
)
ARCHIVES = frozenset({*OFFICE, "zip"})
TEXTS = frozenset({"txt", "csv", "srt"})

MAX_ENTRIES = 5_000
MAX_UNPACKED = 500 * 1024 * 1024  # bytes
_MAX_DIRECTORY = 2 * 1024 * 1024  # bytes
_END = b"PK\x05\x06"
_END_SIZE = 22
_END_64 = b"PK\x06\x07"
_END_64_SIZE = 20


def is_what_it_says(file: Any, kind: str) -> bool:
    """Whether the first bytes of ``file`` fit ``kind``, an extension in small letters.

    Of a kind that is not known here only programs are refused.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(_PROGRAMS):
        return False
    if kind in ARCHIVES:
        return bool(head.startswith(_ZIP))
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if kind in TEXTS:
        return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    beginnings = BEGINNINGS.get(kind)
    return beginnings is None or any(plain[at:].startswith(one) for at, one in beginnings)


def is_sound_archive(file: Any, kind: str) -> bool:
    """Whether the directory of an archive can be read, is that of its kind, and is no bomb.

    The directory alone is read: at most 2 MB, 5,000 entries and 500 MB when unpacked.
    """
    if not _has_small_directory(file):
        return False
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return False
    finally:
        file.seek(0)
    names = {entry.filename for entry in entries}
    return (
        len(entries) <= MAX_ENTRIES
        and sum(entry.file_size for entry in entries) <= MAX_UNPACKED
        and (kind not in OFFICE or OFFICE[kind] in names)
    )


def _has_small_directory(file: Any) -> bool:
    """Before ``zipfile`` reads a directory into memory: the size that it would read."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _END_SIZE - _END_64_SIZE - 0xFFFF))
    tail = file.read()
    at = tail.rfind(_END)
    # Archives over 4 GB have a second record, which nothing of this size needs.
    if at < 0 or tail[max(0, at - _END_64_SIZE) :].startswith(_END_64):
        return False
    record = tail[at : at + _END_SIZE]
    if len(record) < _END_SIZE:
        return False
    (directory,) = struct.unpack_from("<L", record, 12)
    return bool(directory <= _MAX_DIRECTORY)
