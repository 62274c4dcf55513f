"""Reads a table of documents: a workbook (.xlsx), a CSV file, or lines of JSON.

Nothing in a file is run. A cell with a formula is told, with its place; what a program once worked
out for it is not believed either.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..core.signatures import is_sound_archive, is_what_it_says
from ..core.text import nfc
from .columns import BY_KEY, COLUMNS, key_of

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 60 * MEGABYTE
MOST_ROWS = 5_000
MOST_COLUMNS = 60
#: Signs of a cell; a whole law may stand in one.
MOST_SIGNS = 1_000_000
_BEGINNING = 4_096
_CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u200b\ufeff]")


@dataclass
class TableRow:
    """A row with its place in the file, counted from 1; texts by the keys of columns.

    ``problems``: why its cells cannot be taken.
    """

    place: int
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(name: str, content: bytes) -> list[TableRow]:
    """Return the rows of a file. Raises ``ValidationError`` for what is no such table."""
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("The file is too large: up to %(most)d MB.") % {"most": MOST_BYTES // MEGABYTE}
        )
    if not content.strip():
        raise ValidationError(_("The file is empty."))
    ending = name.rpartition(".")[2].lower()
    readers = {"xlsx": _of_workbook, "csv": _of_csv, "jsonl": _of_json_lines}
    if ending not in readers:
        raise ValidationError(_("Choose a file that ends in .xlsx, .csv or .jsonl."))
    rows = list(readers[ending](content))
    if not rows:
        raise ValidationError(_("There is no row below the headings."))
    if len(rows) > MOST_ROWS:
        raise _too_many()
    return rows


# Workbooks


def _of_workbook(content: bytes) -> Iterator[TableRow]:
    from openpyxl import load_workbook

    _check_workbook(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # A sheet may say that it has a million rows of which one is filled.
        cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        yield from _of_cells(enumerate(map(list, cells), start=1))
    except ValidationError:
        raise
    # What the reader raises at a broken file is without number.
    except Exception:
        raise ValidationError(_("The workbook is damaged and cannot be read.")) from None


def _check_workbook(content: bytes) -> None:
    file = io.BytesIO(content)
    if not is_what_it_says(file, "xlsx") or not is_sound_archive(file, "xlsx"):
        raise ValidationError(_("This is no workbook (.xlsx). Save it anew in Excel."))
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise ValidationError(_("The workbook is larger than any table of documents."))
            for one in entries:
                if one.filename.endswith((".xml", ".rels")) and _defines(archive, one):
                    raise ValidationError(_("The workbook is damaged and cannot be read."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise ValidationError(_("The workbook is damaged and cannot be read.")) from None


def _defines(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an XML part brings definitions of its own, which no program for tables writes."""
    with archive.open(entry) as file:
        return b"<!" in file.read(_BEGINNING).replace(b"<!--", b"")


def _of_cells(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[TableRow]:
    columns: list[str] | None = None
    for place, cells in rows:
        if place > MOST_ROWS + 1 and any(cell.value is not None for cell in cells):
            raise _too_many()
        if columns is None:
            columns = _columns([_shown(cell.value) for cell in cells])
            continue
        row = TableRow(place)
        for key, cell in zip(columns, cells, strict=False):
            if key and cell.value is not None:
                _put(row, key, _shown(cell.value), is_formula=cell.data_type == "f")
        if row.cells or row.problems:
            yield row


def _shown(value: Any) -> str:
    """Return a value of a cell as somebody would type it."""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


# Text


def _of_csv(content: bytes) -> Iterator[TableRow]:
    text = _decoded(content)
    head = text.splitlines()[0]
    delimiter = max(";,\t", key=head.count)
    csv.field_size_limit(MOST_SIGNS + 1)
    columns: list[str] | None = None
    place = 0
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for place, cells in enumerate(lines, start=1):
            if columns is None:
                columns = _columns(cells)
                continue
            row = TableRow(place)
            if any(cell.strip() for cell in cells[len(columns) :]):
                row.problems.append(_("The row has more cells than there are headings."))
            for key, cell in zip(columns, cells, strict=False):
                if key:
                    _put(row, key, cell)
            if row.cells or row.problems:
                yield row
            if place > MOST_ROWS + 1:
                raise _too_many()
    except csv.Error:
        raise ValidationError(
            _("Line %(line)d of the file cannot be read as CSV.") % {"line": place + 1}
        ) from None


def _of_json_lines(content: bytes) -> Iterator[TableRow]:
    for place, line in enumerate(_decoded(content).splitlines(), start=1):
        if not line.strip():
            continue
        row = TableRow(place)
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            row.problems.append(_("The line is no JSON object."))
            yield row
            continue
        for name, value in data.items():
            key = key_of(name)
            if not key:
                row.problems.append(_("«%(name)s» is no known column.") % {"name": name[:40]})
            elif isinstance(value, list):
                _put(row, key, "; ".join(map(str, value)))
            elif value is not None and not isinstance(value, dict | bool):
                _put(row, key, _shown(value))
            elif value is not None:
                row.problems.append(_("«%(name)s» has no text.") % {"name": BY_KEY[key].heading})
        yield row


def _decoded(content: bytes) -> str:
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise ValidationError(_("The file is not in UTF-8. In Excel choose «CSV UTF-8», or .xlsx."))


# Both


def _columns(headings: list[str]) -> list[str]:
    """Return the key of each column; empty for one without heading."""
    keys = [key_of(heading) if heading.strip() else "" for heading in headings]
    unknown = [
        heading.strip()[:40]
        for heading, key in zip(headings, keys, strict=True)
        if heading.strip() and not key
    ]
    if unknown:
        raise ValidationError(
            _("Unknown headings: %(names)s. Known are: %(known)s.")
            % {
                "names": ", ".join(unknown),
                "known": ", ".join(column.heading for column in COLUMNS),
            }
        )
    repeated = {BY_KEY[key].heading for key in keys if key and keys.count(key) > 1}
    if repeated:
        raise ValidationError(
            _("Headings that stand twice: %(names)s.") % {"names": ", ".join(sorted(repeated))}
        )
    if not any(keys):
        raise ValidationError(_("The first row has no headings. Use the template."))
    return keys


def _put(row: TableRow, key: str, text: str, *, is_formula: bool = False) -> None:
    tidied = _CONTROLS.sub("", nfc(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    heading = BY_KEY[key].heading
    if is_formula or tidied.startswith("="):
        row.problems.append(
            _("«%(column)s» holds a formula. Put its value there (Paste Special, Values).")
            % {"column": heading}
        )
    elif len(tidied) > MOST_SIGNS:
        row.problems.append(_("«%(column)s» is too long.") % {"column": heading})
    elif tidied:
        row.cells[key] = tidied


def _too_many() -> ValidationError:
    return ValidationError(
        _("A file may have up to %(most)d rows. Divide it.") % {"most": MOST_ROWS}
    )
