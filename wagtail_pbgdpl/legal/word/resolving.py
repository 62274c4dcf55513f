"""From what was read of a Word file to its lines, once it is decided which changes hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...core.text import nfc
from ..encodings import converted, encoding_of_font, is_modern
from ..layout import is_layout
from ..lines import Row
from .looks import marked, unmarked
from .numbering import Counter
from .text import INSERTED, NO_CHANGE, Paragraph, Piece, TableRow, WordTable, WordText

# Signs that XML allows and nobody sees.
_UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u200b\ufeff]")


def rows_of(
    text: WordText,
    accepted: Mapping[int, bool],
    *,
    is_converted: bool = False,
    is_illustrated: bool = False,
) -> list[Row]:
    """Return the lines; numbers that Word counts are written out, notes come last.

    ``accepted``: of each change whether it holds; one that is missing does not. ``is_converted``:
    what stands in a font of an old encoding is put into Unicode. ``is_illustrated``: each picture
    of a paragraph is a row after it, and the text is marked where it is bold or italic
    (:mod:`.looks`).
    """
    return list(_Resolver(text, accepted, is_converted, is_illustrated).rows())


class _Resolver:
    def __init__(
        self,
        text: WordText,
        accepted: Mapping[int, bool],
        is_converted: bool,
        is_illustrated: bool,
    ) -> None:
        self.text = text
        self.accepted = accepted
        self.is_converted = is_converted
        self.is_illustrated = is_illustrated
        self.counter = Counter(text.lists)

    def rows(self) -> Iterator[Row]:
        waiting: list[Paragraph] = []
        for block in self.text.blocks:
            if isinstance(block, Paragraph):
                waiting.append(block)
                continue
            yield from self._paragraphs(waiting)
            waiting = []
            yield from self._table(block)
        yield from self._paragraphs(waiting)
        for number, note in enumerate(self.text.notes, start=1):
            line = " ".join(row.text for row in self._paragraphs(note) if not row.picture)
            yield Row(f"[{number}] {line}".strip(), is_note=True)

    def _paragraphs(self, paragraphs: list[Paragraph]) -> Iterator[Row]:
        for paragraph in self._merged(paragraphs):
            text = self._text(paragraph)
            if paragraph.list and text.strip():
                text = self.counter.next(paragraph.list, paragraph.level) + text
            opens = True
            for line in text.split("\n"):
                if tidied := " ".join(line.split()):
                    outline = paragraph.outline
                    yield Row(tidied, opens, is_struck=paragraph.is_struck, outline=outline)
                    opens = False
            yield from self._pictures(paragraph)

    def _pictures(self, paragraph: Paragraph) -> Iterator[Row]:
        for picture in paragraph.pictures if self.is_illustrated else ():
            yield Row(picture.description, picture=picture.part)

    def _merged(self, paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
        """Yield paragraphs as they are where an end that goes makes two of them one."""
        pieces: list[Piece] = []
        for paragraph in paragraphs:
            if paragraph.mark != NO_CHANGE and not self._holds(
                paragraph.mark, paragraph.mark_way, NO_CHANGE
            ):
                pieces += paragraph.pieces
                continue
            yield replace(paragraph, pieces=[*pieces, *paragraph.pieces])
            pieces = []
        if pieces:
            yield Paragraph(pieces)

    def _holds(self, change: int, way: str, within: int) -> bool:
        """Whether what a change has inserted or deleted is there."""
        if within != NO_CHANGE and not self.accepted.get(within, False):
            return False
        return change == NO_CHANGE or self.accepted.get(change, False) == (way == INSERTED)

    def _text(self, paragraph: Paragraph) -> str:
        kept = (
            marked(self._read(piece), piece.looks if self.is_illustrated else "")
            for piece in paragraph.pieces
            if self._holds(piece.change, piece.way, piece.within)
        )
        return _UNSEEN.sub("", nfc("".join(kept)))

    def _read(self, piece: Piece) -> str:
        encoding = encoding_of_font(piece.font) if self.is_converted else None
        if encoding is None:
            return piece.text
        # Whoever wrote on in Unicode may have left the old font on it.
        return "".join(
            word if is_modern(word) else converted(word, encoding, piece.font)
            for word in re.split(r"( +)", piece.text)
        )

    # Tables

    def _table(self, table: WordTable) -> Iterator[Row]:
        kept = [row for row in table.rows if self._holds(row.change, row.way, NO_CHANGE)]
        yield from self._rows_of_table(kept)
        for row in kept:
            for paragraph in (one for cell in row.cells for one in cell):
                yield from self._pictures(paragraph)

    def _rows_of_table(self, kept: list[TableRow]) -> Iterator[Row]:
        cells = tuple(tuple(self._cell(row)) for row in kept)
        if not any(map(any, cells)):
            return
        if not is_layout(cells):
            yield Row("", cells=tuple(tuple(" ".join(one.split()) for one in row) for row in cells))
            return
        for row in cells:
            for cell in row:
                opens = True
                for line in filter(None, map(str.strip, cell.split("\n"))):
                    yield Row(line, opens)
                    opens = False

    def _cell(self, row: TableRow) -> Iterator[str]:
        for cell in row.cells:
            lines = (unmarked(line.text) for line in self._paragraphs(cell) if not line.picture)
            yield "\n".join(lines)
