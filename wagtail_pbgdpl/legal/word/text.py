"""What is read of a Word file: paragraphs in pieces, with the changes that were tracked.

All of it can be written as JSON and read again, as somebody may decide on it later.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, TypeAlias

from ..encodings import Encoding, encoding_of_font
from . import numbering

INSERTED, DELETED = "ins", "del"
NO_CHANGE = -1


class Piece(NamedTuple):
    """A text of one look. ``font`` is named where it is one of an old encoding."""

    text: str
    change: int = NO_CHANGE
    #: ``INSERTED`` or ``DELETED``, of what is part of a change.
    way: str = ""
    font: str = ""
    #: The insertion within which that was deleted later.
    within: int = NO_CHANGE
    #: Bold, italic or both, by their letters in :mod:`.looks`.
    looks: str = ""


class Picture(NamedTuple):
    """A picture of the file: the name of its part, and what stands for it in words."""

    part: str
    description: str = ""


Pictures: TypeAlias = list[Picture]


@dataclass
class Paragraph:
    pieces: list[Piece] = field(default_factory=list)
    #: The list that numbers it, and the level in that; empty for none.
    list: str = ""
    level: int = 0
    #: The change by which its end was inserted or deleted.
    mark: int = NO_CHANGE
    mark_way: str = ""
    is_struck: bool = False
    #: The level of the heading that it is, from 1 on; 0 for running text.
    outline: int = 0
    pictures: Pictures = field(default_factory=lambda: [])


@dataclass
class TableRow:
    """``change``: the one by which the row was inserted or deleted."""

    cells: list[list[Paragraph]] = field(default_factory=list)
    change: int = NO_CHANGE
    way: str = ""


@dataclass
class WordTable:
    rows: list[TableRow] = field(default_factory=list)


@dataclass
class Change:
    """A change that was tracked: ``kind`` is «insertion», «deletion» or «move»."""

    kind: str
    author: str = ""
    date: str = ""
    before: str = ""
    text: str = ""
    #: Of a move what stands at its new place.
    after: str = ""

    @property
    def shown(self) -> str:
        return self.after or self.text

    @property
    def day(self) -> datetime.date | None:
        """When it was made, as the file says it."""
        try:
            return datetime.date.fromisoformat(self.date)
        except ValueError:
            return None


@dataclass
class WordText:
    blocks: list[Paragraph | WordTable] = field(default_factory=list)
    #: Footnotes and endnotes, in the order of their numbers from 1 on.
    notes: list[list[Paragraph]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    lists: numbering.Lists = field(default_factory=numbering.Lists)
    #: How much of what was left out: «pictures», «hidden», «comments», «contents», «foreign».
    left_out: dict[str, int] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield all paragraphs, those of tables and notes too."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (one for row in block.rows for cell in row.cells for one in cell)
        for note in self.notes:
            yield from note

    def encodings(self) -> list[Encoding]:
        """Return the old encodings that fonts of the text have, the most frequent first."""
        found: Counter[Encoding] = Counter()
        for paragraph in self.paragraphs():
            for piece in paragraph.pieces:
                if encoding := encoding_of_font(piece.font):
                    found[encoding] += len(piece.text)
        return [encoding for encoding, _count in found.most_common()]


def as_json(text: WordText) -> dict[str, Any]:
    # Each file has lists, used or not.
    is_listed = any(paragraph.list for paragraph in text.paragraphs())
    return {
        "blocks": [_block_as_json(one) for one in text.blocks],
        "notes": [[_as_json(one) for one in note] for note in text.notes],
        "changes": [asdict(one) for one in text.changes],
        "lists": numbering.as_json(text.lists) if is_listed else {},
        "left_out": text.left_out,
    }


def from_json(data: Mapping[str, Any]) -> WordText:
    return WordText(
        blocks=[_block_from_json(one) for one in data["blocks"]],
        notes=[[_from_json(one) for one in note] for note in data["notes"]],
        changes=[Change(**one) for one in data["changes"]],
        lists=numbering.from_json(data["lists"]),
        left_out=dict(data["left_out"]),
    )


def _as_json(paragraph: Paragraph) -> dict[str, Any]:
    found: dict[str, Any] = {"p": [_short(piece) for piece in paragraph.pieces]}
    if paragraph.list:
        found["l"] = [paragraph.list, paragraph.level]
    if paragraph.mark != NO_CHANGE:
        found["m"] = [paragraph.mark, paragraph.mark_way]
    if paragraph.is_struck:
        found["s"] = True
    if paragraph.outline:
        found["h"] = paragraph.outline
    if paragraph.pictures:
        found["i"] = [list(one) for one in paragraph.pictures]
    return found


def _short(piece: Piece) -> list[Any]:
    found = list(piece)
    while len(found) > 1 and found[-1] in ("", NO_CHANGE):
        found.pop()
    return found


def _from_json(data: Mapping[str, Any]) -> Paragraph:
    number, level = data.get("l", ("", 0))
    mark, way = data.get("m", (NO_CHANGE, ""))
    pieces = [Piece(*one) for one in data["p"]]
    pictures = [Picture(*one) for one in data.get("i", ())]
    is_struck, outline = data.get("s", False), data.get("h", 0)
    return Paragraph(pieces, number, level, mark, way, is_struck, outline, pictures)


def _block_as_json(block: Paragraph | WordTable) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return _as_json(block)
    return {
        "rows": [
            [[[_as_json(one) for one in cell] for cell in row.cells], row.change, row.way]
            for row in block.rows
        ]
    }


def _block_from_json(data: Mapping[str, Any]) -> Paragraph | WordTable:
    if "rows" not in data:
        return _from_json(data)
    return WordTable(
        [
            TableRow([[_from_json(one) for one in cell] for cell in cells], change, way)
            for cells, change, way in data["rows"]
        ]
    )
