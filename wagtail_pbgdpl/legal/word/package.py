"""The archive that a Word file is: its parts are read one by one, within limits.

Only the parts with text are opened, and pictures that somebody asks for. Macros, embedded files and
what the document links to stay where they are. XML with a definition of its own (DTD) is refused.
"""

from __future__ import annotations

import io
import posixpath
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ...core.signatures import is_sound_archive, is_what_it_says
from .errors import Reason, WordError

MEGABYTE = 1024 * 1024
#: A Word file with its pictures.
MOST_BYTES = 20 * MEGABYTE
#: The text of the longest laws is a quarter of this, with all of its markup.
MOST_TEXT = 32 * MEGABYTE
MOST_OTHER = 4 * MEGABYTE
MOST_PICTURE = 10 * MEGABYTE
MOST_ELEMENTS = 1_500_000
MOST_DEPTH = 150
#: Of the processor: a busy machine refuses no file.
MOST_SECONDS = 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAIN = "word/document.xml"
_OFFICE_DOCUMENT = "/officeDocument"


class Package:
    """An open Word file. Raises ``WordError`` for whatever is none, or too much."""

    def __init__(self, content: bytes) -> None:
        self._check(content)
        self.ends_at = time.thread_time() + MOST_SECONDS
        self.elements = 0
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = set(self.archive.namelist())
        self.main = self._main()
        if self.main not in self.names:
            raise WordError(Reason.OTHER)

    def _check(self, content: bytes) -> None:
        if not content:
            raise WordError(Reason.EMPTY)
        if content.startswith(b"%PDF-"):
            raise WordError(Reason.PDF)
        if content.startswith(b"{\\rtf"):
            raise WordError(Reason.RTF)
        if content.startswith(_OLE):
            raise WordError(Reason.LOCKED if _ENCRYPTED in content else Reason.OLD_WORD)
        if len(content) > MOST_BYTES:
            raise WordError(Reason.LARGE)
        file = io.BytesIO(content)
        if not is_what_it_says(file, "zip"):
            raise WordError(Reason.OTHER)
        if not is_sound_archive(file, "zip"):
            raise WordError(Reason.DAMAGED)

    def _main(self) -> str:
        """Return the name of the part with the text, as the file says it."""
        for one in self.elements_of("_rels/.rels", MOST_OTHER):
            if one.get("Type", "").endswith(_OFFICE_DOCUMENT):
                return one.get("Target", "").lstrip("/")
        return _MAIN

    def beside(self, kind: str) -> str:
        """Return the name of the part of that kind beside the text; empty for none.

        ``kind``: «numbering», «styles», «footnotes», «endnotes».
        """
        return next(iter(self.parts(kind).values()), "")

    def parts(self, kind: str) -> dict[str, str]:
        """Return the names of the parts of a kind beside the text, by what the text calls them."""
        folder, name = posixpath.split(self.main)
        found = {}
        for one in self.elements_of(f"{folder}/_rels/{name}.rels".lstrip("/"), MOST_OTHER):
            is_ours = one.get("TargetMode", "") != "External"
            if is_ours and one.get("Type", "").endswith(f"/{kind}"):
                target = one.get("Target", "")
                part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if part in self.names:
                    found[one.get("Id", "")] = part
        return found

    def picture(self, part: str) -> bytes:
        """Return the bytes of a picture. Raises ``WordError`` where it is none or too much."""
        try:
            with self._open(part, MOST_PICTURE) as file:
                return file.read(MOST_PICTURE)
        except (KeyError, zlib.error, struct.error, EOFError, OSError):
            raise WordError(Reason.DAMAGED) from None
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
            raise WordError(Reason.DAMAGED) from None

    def elements_of(self, name: str, most: int, depth: int = 2) -> Iterator[Element]:
        """Yield each element at a depth (1 is the root) as soon as it is read whole.

        It is emptied after that; nothing is yielded where the part is missing.
        """
        if name not in self.names:
            return
        stack: list[Any] = []
        try:
            with self._open(name, most) as file:
                for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                    if event == "start":
                        stack.append(element)
                        self._count(len(stack))
                    else:
                        stack.pop()
                        if len(stack) == depth - 1:
                            yield element
                            stack[-1].remove(element)
        except (ParseError, DefusedXmlException, zlib.error, struct.error, EOFError, OSError):
            raise WordError(Reason.DAMAGED) from None
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, UnicodeError):
            raise WordError(Reason.DAMAGED) from None

    def _count(self, depth: int) -> None:
        self.elements += 1
        if depth > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            raise WordError(Reason.LARGE)
        if self.elements % 1000 == 0 and time.thread_time() > self.ends_at:
            raise WordError(Reason.SLOW)

    def _open(self, name: str, most: int) -> IO[bytes]:
        entry = self.archive.getinfo(name)
        if entry.flag_bits & 1:
            raise WordError(Reason.LOCKED)
        if entry.compress_type not in _PLAIN:
            raise WordError(Reason.DAMAGED)
        if entry.file_size > most:
            raise WordError(Reason.LARGE)
        # No more comes out than the directory says, however much is packed in it.
        return self.archive.open(entry)
