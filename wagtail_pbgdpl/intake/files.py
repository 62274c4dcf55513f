"""Which files the public may send, told by what is in them; the name is only what they are called.

A picture is drawn anew, so that nothing but the picture is kept: no place, camera or owner (EXIF),
and nothing that hides behind it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import IO, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from ..conf import settings
from ..core.signatures import is_sound_archive, is_what_it_says
from ..core.text import nfc

MEGABYTE = 1024 * 1024
#: Kind → the type under which it is handed out again.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
}
TAKEN = ("pdf", "docx", "odt", "jpg", "png", "heic")
NAME_LENGTH = 120

# A letter of text is far below; above lie the bombs.
_MAX_UNPACKED = 100 * MEGABYTE
_MAX_PIXELS = 60_000_000
_MAX_LISTED = MEGABYTE
_PICTURES = {"jpg": "JPEG", "png": "PNG", "heic": "HEIF"}
_QUALITY = 90
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
# What runs, or brings something that does, within an archive of an office program.
_ACTIVE = re.compile(
    r"(vbaproject|vbadata|/activex/|/macrosheets/|^basic/|^scripts/|/embeddings/[^/]*\.bin$"
    r"|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|jar|msi|lnk|sh|py)$)",
    re.IGNORECASE,
)


class Sound(NamedTuple):
    """A file that is taken: its kind, its name as it will be shown, and its content."""

    name: str
    kind: str
    content: bytes


def taken(file: Any) -> Sound:
    """Return what is kept of an upload. Raises ``ValidationError`` with the reason in words.

    ``file`` has ``name``, ``size`` (bytes), ``seek`` and ``read``. The kinds are pdf, docx, odt,
    jpg, png and heic; a photo in heic becomes a jpg.
    """
    name = plain_name(file.name)
    _check_size(name, file.size)
    kind = _kind_of(file)
    if not kind:
        raise ValidationError(
            _("The file «%(name)s» is none of those that are taken: %(kinds)s."),
            code="kind",
            params={"name": name, "kinds": ", ".join(TAKEN)},
        )
    if kind in _PICTURES:
        return _redrawn(file, name, kind)
    if kind in ("docx", "odt"):
        _check_archive(file, name, kind)
    file.seek(0)
    return Sound(_named(name, kind), kind, file.read())


def plain_name(name: str) -> str:
    """Return a file's name without path, control signs and what file systems forbid."""
    last = re.split(r"[/\\]", nfc(name or ""))[-1]
    # Signs that turn the direction of writing make «cod.exe» of «exe.doc».
    shown = "".join(char if char.isprintable() else " " for char in last)
    shown = re.sub(r'[<>:"|?*]', " ", shown)
    shown = re.sub(r"\s+", " ", shown).strip(" .")
    suffix = PurePath(shown).suffix[:10]
    stem = shown.removesuffix(suffix) if suffix else shown
    return (stem[: NAME_LENGTH - len(suffix)] + suffix) or _("file")


def _check_size(name: str, size: int) -> None:
    most = settings.INTAKE_FILE_MEGABYTES
    if not size:
        raise ValidationError(
            _("The file «%(name)s» is empty."), code="empty", params={"name": name}
        )
    if size > most * MEGABYTE:
        raise ValidationError(
            _("The file «%(name)s» is too large. A file may have up to %(most)s MB."),
            code="size",
            params={"name": name, "most": most},
        )


def _kind_of(file: Any) -> str:
    """Return the kind by the first bytes; empty for none that is taken."""
    for kind in ("pdf", "jpg", "png", "heic"):
        if is_what_it_says(file, kind):
            return kind
    if not is_what_it_says(file, "zip"):
        return ""
    return next((kind for kind in ("docx", "odt") if _is_of_office(file, kind)), "")


def _is_of_office(file: Any, kind: str) -> bool:
    """Whether an archive with a sound directory has the main part of that kind."""
    if not is_sound_archive(file, kind):
        return False
    with zipfile.ZipFile(_rewound(file)) as archive:
        part = "word/document.xml" if kind == "docx" else "content.xml"
        return part in archive.namelist()


def _check_archive(file: Any, name: str, kind: str) -> None:
    try:
        with zipfile.ZipFile(_rewound(file)) as archive:
            entries = archive.infolist()
            active = _is_active(archive, entries, kind)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _damaged(name) from None
    if sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise _damaged(name)
    if active:
        raise ValidationError(
            _(
                "The file «%(name)s» has macros, or other files in it. Save it without them, or as "
                "PDF, and send that."
            ),
            code="macros",
            params={"name": name},
        )


def _is_active(archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], kind: str) -> bool:
    if any(_ACTIVE.search(entry.filename) for entry in entries):
        return True
    if kind == "odt":
        return _start_of(archive, "mimetype").strip() != _OPEN_DOCUMENT
    # A document with macros says so here, whatever it is called.
    return b"macroenabled" in _start_of(archive, "[Content_Types].xml").lower()


def _start_of(archive: zipfile.ZipFile, entry: str) -> bytes:
    with archive.open(entry) as file:
        return file.read(_MAX_LISTED)


def _redrawn(file: Any, name: str, kind: str) -> Sound:
    if kind == "heic" and not _reads_heic():
        raise ValidationError(
            _("The photo «%(name)s» cannot be read here. Send it as jpg or png."),
            code="heic",
            params={"name": name},
        )
    made = "png" if kind == "png" else "jpg"
    try:
        # Of the one format that its first bytes say: no other decoder is given the file.
        with Image.open(_rewound(file), formats=[_PICTURES[kind]]) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise _too_many_pixels(name)
            content = _drawn(picture, made)
    # What decoders raise at a broken file, bombs included.
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError):
        raise _damaged(name) from None
    return Sound(_named(name, made), made, content)


def _drawn(picture: Image.Image, kind: str) -> bytes:
    upright: Any = ImageOps.exif_transpose(picture)
    if kind == "jpg":
        upright = upright.convert("RGB")
    elif upright.mode not in ("1", "L", "LA", "RGB", "RGBA"):
        upright = upright.convert("RGBA")
    # Pixels alone: an image as it was read brings its notes and profiles along.
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    stored = io.BytesIO()
    if kind == "jpg":
        clean.save(stored, "JPEG", quality=_QUALITY)
    else:
        clean.save(stored, "PNG")
    return stored.getvalue()


def _reads_heic() -> bool:
    """Whether ``pillow-heif`` is installed; Pillow knows the format from then on."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def _too_many_pixels(name: str) -> ValidationError:
    return ValidationError(
        _("The picture «%(name)s» has too many pixels. Make it smaller and send it again."),
        code="pixels",
        params={"name": name},
    )


def _damaged(name: str) -> ValidationError:
    return ValidationError(
        _("The file «%(name)s» is damaged, or larger than it seems. Save it anew and send that."),
        code="damaged",
        params={"name": name},
    )


def _named(name: str, kind: str) -> str:
    """Return the name with the ending of what the file is."""
    path = PurePath(name)
    same = {"jpg": (".jpg", ".jpeg"), "heic": ()}.get(kind, (f".{kind}",))
    if path.suffix.lower() in same:
        return name
    stem = path.stem if path.suffix else name
    return f"{stem[: NAME_LENGTH - len(kind) - 1]}.{kind}"


def _rewound(file: Any) -> IO[bytes]:
    file.seek(0)
    found: IO[bytes] = file
    return found
