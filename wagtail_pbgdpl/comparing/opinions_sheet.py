"""The table of opinions as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ..reporting.fields import plain_text
from .opinions import GENERAL, Head, Row, answer_of, author_of, clean, summary

_WIDTHS = (6, 24, 30, 18, 10, 70, 70)
# Of signs in a cell; Excel says that a file with more is damaged.
MOST_SIGNS = 32_767
_CUT = " … (xem bản Word)"


def as_sheet(head: Head, rows: Sequence[Row]) -> bytes:
    """Return the table as a file (.xlsx), a row for each opinion; no text is a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Tổng hợp ý kiến"
    form = head.form
    headings = ("STT", *form.columns[:2], "NGUỒN", "SỐ LƯỢNG", *form.columns[2:])
    above = [f"{form.title} {form.about % head.draft}".upper(), *summary(head, rows)]
    lines: list[Sequence[str | int]] = [*([one] for one in above), headings]
    lines += [_line(number, row) for number, row in enumerate(rows, start=1)]
    wrapped = Alignment(wrap_text=True, vertical="top")
    for at, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(at, column)
            cell.value = _fitting(value) if isinstance(value, str) else value
            if isinstance(value, str):
                # A text that begins with «=» is none for Excel either when somebody edits it.
                cell.data_type, cell.quotePrefix = "s", plain_text(value) != value
            if at > len(above):
                cell.alignment = wrapped
    for cell in (sheet["A1"], *sheet[len(above) + 1]):
        cell.font = Font(bold=True)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{len(above) + 2}"
    sheet.auto_filter.ref = f"A{len(above) + 1}:{get_column_letter(len(headings))}{len(lines)}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(number: int, row: Row) -> list[str | int]:
    return [
        number,
        clean(row.clause_label) or GENERAL,
        author_of(row),
        clean(row.source),
        row.group_size,
        clean(row.text),
        answer_of(row),
    ]


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - len(_CUT)] + _CUT
