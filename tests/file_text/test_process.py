"""A file is read in a process of its own: whatever is in it, the text or a fault comes back."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pypdf
import pytest

from tests.file_text import hostile
from wagtail_pbgdpl.file_text import process, reasons
from wagtail_pbgdpl.file_text.reasons import Fault

UNREAD = {Fault.DAMAGED, Fault.SLOW, Fault.NO_TEXT}


def locked() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("mat khau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf() -> None:
    """Its script is not run, and what it says is read."""
    found = process.read("pdf", hostile.with_script())
    assert (found.text, found.pages, found.fault) == (hostile.SENTENCE, 1, "")


def test_a_word_file() -> None:
    found = process.read("docx", word("Luật Hòa giải ở cơ sở", "Điều 9. Hòa giải viên"))
    assert found.text == "Luật Hòa giải ở cơ sở\nĐiều 9. Hòa giải viên"


def test_of_ten_thousand_pages_the_first_are_read() -> None:
    found = process.read("pdf", hostile.pdf(*["Trang"] * 10_000))
    assert found.pages == 10_000
    assert not found.is_whole
    assert found.text.count("Trang") == reasons.MOST_PAGES


@pytest.mark.parametrize(
    ("kind", "content", "faults"),
    [
        pytest.param("pdf", lambda: b"", {Fault.DAMAGED}, id="empty"),
        pytest.param("pdf", lambda: b"%PDF-1.7 \x00\xff" * 50, {Fault.DAMAGED}, id="noise"),
        pytest.param("pdf", locked, {Fault.LOCKED}, id="locked"),
        pytest.param("pdf", lambda: hostile.pdf(""), {Fault.NO_TEXT}, id="no-text"),
        pytest.param(
            "pdf",
            lambda: hostile.with_endless_object(),
            {Fault.DAMAGED, Fault.SLOW, Fault.NO_TEXT},
            id="endless",
        ),
        pytest.param(
            "pdf",
            lambda: hostile.with_packed_stream(400),
            {Fault.DAMAGED, Fault.SLOW, Fault.NO_TEXT},
            id="packed",
        ),
        pytest.param("docx", lambda: b"PK\x03\x04 nothing", {Fault.DAMAGED}, id="noise-docx"),
        pytest.param("docx", hostile.bomb, {Fault.LARGE, Fault.DAMAGED}, id="bomb"),
        pytest.param("docx", lambda: hostile.pdf("Trang"), {Fault.DAMAGED}, id="other-kind"),
    ],
)
def test_a_fault_is_no_error(kind: str, content: Callable[[], bytes], faults: set[Fault]) -> None:
    found = process.read(kind, content())
    assert found.fault in faults
    assert found.text == ""


def test_what_takes_too_long_is_killed() -> None:
    """No process needs so little: it is killed while it starts."""
    assert process.read("pdf", hostile.pdf("Trang"), seconds=0.001).fault == Fault.SLOW


def test_what_is_too_large_is_not_even_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_BYTES", 10)
    assert process.read("pdf", hostile.pdf("Trang")).fault == Fault.LARGE
