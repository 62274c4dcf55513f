"""Reads one file from its standard input; run by ``process`` alone, without Django.

Whatever the file does, it does here: this process has no network to speak of, no database, a limit
of memory and of the processor, and is killed when it takes too long. Scripts in files are not run,
and what they link to is not opened.
"""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator

from .reasons import MOST_BYTES, MOST_MEMORY, MOST_PAGES, MOST_SECONDS, MOST_SIGNS, Fault


class Unreadable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_pdf(content: bytes) -> tuple[Iterator[str], int]:
    """Return the texts of the pages, and how many pages there are."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    # Many are locked against changes alone, with an empty password to read.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Fault.LOCKED)
    count = len(reader.pages)
    return (reader.pages[number].extract_text() for number in range(min(count, MOST_PAGES))), count


def read_docx(content: bytes) -> tuple[Iterator[str], int]:
    from ..legal.encodings import converted, encoding_of_font
    from ..legal.word import reader
    from ..legal.word.errors import Reason, WordError
    from ..legal.word.text import DELETED

    faults = {Reason.LOCKED: Fault.LOCKED, Reason.LARGE: Fault.LARGE, Reason.SLOW: Fault.SLOW}
    try:
        text = reader.read(content)
    except WordError as error:
        raise Unreadable(faults.get(error.reason, Fault.DAMAGED)) from None

    def lines() -> Iterator[str]:
        for paragraph in text.paragraphs():
            line = ""
            for piece in paragraph.pieces:
                if piece.way != DELETED:
                    old = encoding_of_font(piece.font)
                    line += converted(piece.text, old, piece.font) if old else piece.text
            yield line

    return lines(), 0


KINDS: dict[str, Callable[[bytes], tuple[Iterator[str], int]]] = {
    "pdf": read_pdf,
    "docx": read_docx,
}


def answer(kind: str, content: bytes) -> dict[str, object]:
    if len(content) > MOST_BYTES:
        return {"fault": Fault.LARGE}
    try:
        parts, pages = KINDS[kind](content)
        lines: list[str] = []
        length = 0
        is_whole = pages <= MOST_PAGES
        for part in parts:
            line = clean(part)
            lines.append(line[: MOST_SIGNS - length])
            length += len(line) + 1
            if length >= MOST_SIGNS:
                is_whole = False
                break
    except Unreadable as error:
        return {"fault": error.fault}
    except (MemoryError, RecursionError):
        return {"fault": Fault.SLOW}
    except ImportError:
        return {"fault": Fault.UNREAD}
    except Exception as error:
        # Of whatever a broken file makes a reader raise.
        return {"fault": Fault.LOCKED if "ecrypt" in type(error).__name__ else Fault.DAMAGED}
    text = "\n".join(filter(None, lines))
    if not any(char.isalnum() for char in text):
        return {"fault": Fault.NO_TEXT, "pages": pages}
    return {"text": text, "pages": pages, "is_whole": is_whole}


def clean(text: str) -> str:
    """Return lines without what no database stores, in NFC."""
    kept = "".join(char if char >= " " or char == "\n" else " " for char in text)
    kept = kept.encode("utf-8", "ignore").decode("utf-8")
    lines = (" ".join(line.split()) for line in kept.splitlines())
    return unicodedata.normalize("NFC", "\n".join(filter(None, lines)))


def limit() -> None:
    """Take from this process what it must not have."""
    try:
        import resource
    except ImportError:
        # Windows has no such limits; there the clock is one.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit()
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    json.dump(answer(sys.argv[1], content), sys.stdout)


if __name__ == "__main__":
    main()
