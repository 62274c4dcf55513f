"""From the lines of a Word file to the blocks of running text: news, articles, reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.utils.html import escape

from ..legal.lines import Row
from ..legal.stream import Tables, block, paragraph
from ..legal.structure import Table
from ..legal.word.looks import tagged, unmarked

#: Word's headings of these levels are blocks, to which one can link; those below stand in the text.
_BLOCKS = 2
_LONGEST_HEADING = 255


def to_running(rows: Iterable[Row], pictures: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return a list of ``{"type", "value"}`` for the blocks of a page's ``body``.

    ``pictures``: the key of the image for each part of the file that became one; others are left
    out.
    """
    tables = Tables()
    found = []
    for kind, group in groupby(rows, _kind):
        if kind == "rich_text":
            found.append(block(kind, "".join(_texts(group))))
        elif kind == "heading":
            found += [block(kind, {"text": unmarked(row.text)}) for row in group]
        elif kind == "table":
            found += [tables.block(Table(row.cells)) for row in group]
        else:
            found += [
                _image(pictures[row.picture], row.text) for row in group if row.picture in pictures
            ]
    return found


def _kind(row: Row) -> str:
    if row.picture:
        return "image"
    if row.cells:
        return "table"
    is_heading = 0 < row.outline <= _BLOCKS and len(row.text) <= _LONGEST_HEADING
    return "heading" if is_heading else "rich_text"


def _texts(rows: Iterable[Row]) -> Iterable[str]:
    """Yield paragraphs, with the lines of each, and lists."""
    lines: list[str] = []
    for row in rows:
        if lines and (row.outline or (row.opens and not _is_listed(lines[-1], row.text))):
            yield tagged(paragraph(lines))
            lines = []
        if row.outline:
            yield f"<h3>{escape(unmarked(row.text))}</h3>"
        else:
            lines.append(row.text)
    if lines:
        yield tagged(paragraph(lines))


def _is_listed(before: str, line: str) -> bool:
    return before.startswith("- ") and line.startswith("- ")


def _image(key: int, description: str) -> dict[str, Any]:
    image = {"image": key, "decorative": False, "alt_text": description}
    return block("image", {"image": image, "caption": "", "source": ""})
