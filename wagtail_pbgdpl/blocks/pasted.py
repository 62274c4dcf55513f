"""Cells and numbers as people paste them from a spreadsheet. Pure functions."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal

__all__ = ["Table", "parse_number", "parse_table"]

# Groups of three digits, by points or spaces, or no groups; then a decimal comma (1.234,5).
_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?", flags=re.ASCII
)
_MISSING = {"", "-", "…", "..."}


@dataclass(frozen=True)
class Table:
    """A heading row and the rows below it, all of the heading's width.

    ``too_long`` holds the numbers of the rows with more cells than headings (the heading row is 1).
    """

    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)


def parse_table(text: str) -> Table:
    """Read lines of cells, the first being the headings.

    Cells are separated by tabs, as a spreadsheet copies them, or where there is no tab by ``|``.
    Empty rows are left out, short rows filled up, long rows cut and reported. Never raises.
    """
    lines = [row for row in _cells(text) if any(row)]
    if not lines:
        return Table()
    header = lines[0]
    while header and not header[-1] and all(len(row) < len(header) or not row[-1] for row in lines):
        header = header[:-1]
        lines = [row[: len(header)] for row in lines]
    width = len(header)
    return Table(
        header=header,
        rows=[(row + [""] * width)[:width] for row in lines[1:]],
        too_long=[number for number, row in enumerate(lines, 1) if any(row[width:])],
    )


def _cells(text: str) -> list[list[str]]:
    if "\t" not in text:
        rows = [
            line.strip().removeprefix("|").removesuffix("|").split("|")
            for line in text.splitlines()
        ]
    else:
        try:
            # A spreadsheet puts a cell with a line break between quotation marks.
            rows = list(csv.reader(io.StringIO(text, newline=""), "excel-tab", strict=True))
        except csv.Error:
            rows = [line.split("\t") for line in text.splitlines()]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def parse_number(text: str) -> Decimal | None:
    """Return the number written in the Vietnamese way: ``1.234,5``, ``1 234,5``, ``-3``, ``12,5%``.

    An empty cell or a dash is ``None``. Raises ``ValueError`` for anything else, also for ``12.5``:
    a point only groups thousands, so guessing would be wrong by a factor of a thousand at times.
    """
    plain = " ".join(text.replace("−", "-").replace("–", "-").split())
    if plain in _MISSING:
        return None
    plain = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(plain.replace(".", "").replace(" ", "").replace(",", "."))
