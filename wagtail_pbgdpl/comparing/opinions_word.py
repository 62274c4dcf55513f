"""The table of opinions as a Word file. Needs the extra ``word`` of the package."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..legal.letterhead import COUNTRY, MOTTO
from ..reporting.word import Letter
from .opinions import Head, Row, answer_of, author_of, by_clause, clean, summary

_WIDTHS = (Mm(50), Mm(50), Mm(80), Mm(80))
_SIZE = Pt(12)


def as_word(head: Head, rows: Sequence[Row]) -> bytes:
    """Return the table as a file (.docx), lying."""
    letter = Letter(is_lying=True)
    letter.head(
        above=clean(head.above),
        office=clean(head.agency),
        number=clean(head.number),
        dated=clean(head.place_and_day),
        country=COUNTRY,
        motto=MOTTO,
    )
    letter.centred(head.form.title, bold=True)
    letter.centred(clean(head.form.about % head.draft), bold=True)
    for sentence in summary(head, rows):
        letter.paragraph(sentence)
    _table(letter.document, rows, head.form.columns)
    letter.document.core_properties.title = clean(f"{head.form.title}: {head.draft}")[:255]
    letter.document.core_properties.author = clean(head.agency)[:255]
    file = io.BytesIO()
    letter.document.save(file)
    return file.getvalue()


def _table(document: Any, rows: Sequence[Row], columns: Sequence[str]) -> None:
    table = document.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    # LibreOffice goes by these, Word by the cells.
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    headings = table.rows[0]
    _mark(headings._tr.get_or_add_trPr(), "tblHeader")
    for cell, heading, width in zip(headings.cells, columns, _WIDTHS, strict=True):
        _write(cell, heading, width, bold=True, centred=True)
    for label, group in by_clause(rows):
        for number, row in enumerate(group):
            _row(table.add_row().cells, row, label, number, len(group))


def _row(cells: Any, row: Row, label: str, number: int, of: int) -> None:
    texts = (clean(label) if number == 0 else "", author_of(row), clean(row.text), answer_of(row))
    for cell, text, width in zip(cells, texts, _WIDTHS, strict=True):
        _write(cell, text, width)
    if of > 1:
        # One cell beside all that was said of the clause.
        _mark(cells[0]._tc.get_or_add_tcPr(), "vMerge", None if number else "restart")
    if row.decision:
        cells[3].paragraphs[0].runs[0].bold = True


def _write(cell: Any, text: str, width: Any, *, bold: bool = False, centred: bool = False) -> None:
    cell.width = width
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold or None, _SIZE


def _mark(properties: Any, name: str, value: str | None = None) -> None:
    element = OxmlElement(f"w:{name}")
    if value:
        element.set(qn("w:val"), value)
    properties.append(element)
