"""What is read of a text, with the answers that somebody gave: questions, lines, blocks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from ..legal.assembly import assemble
from ..legal.encodings import Encoding, converted, encoding_in, is_old
from ..legal.levels import Level, Line
from ..legal.lines import Row, rows_of
from ..legal.recognition import recognise
from ..legal.sequences import checked
from ..legal.stream import to_stream
from ..legal.structure import LegalText
from ..legal.word import resolving
from ..legal.word.looks import unmarked
from ..legal.word.text import Change, WordText, from_json
from .models import TextReading
from .running import to_running

ACCEPT, REJECT, EACH = "accept", "reject", "each"
CONVERT, KEEP = "convert", "keep"
_SAMPLES = 8
_NAMES = {Encoding.TCVN3: "TCVN3 (ABC)", Encoding.VNI: "VNI"}


class Sample(NamedTuple):
    """A line as it stands, and as it reads when it is converted."""

    before: str
    after: str


class Reading:
    """A text with what was answered so far; each part is worked out once, when it is asked for."""

    def __init__(self, row: TextReading) -> None:
        self.row = row
        self.answers: dict[str, Any] = row.answers

    @cached_property
    def word(self) -> WordText | None:
        data = self.row.content.get("word")
        return from_json(data) if data else None

    @property
    def is_running(self) -> bool:
        """Whether it is the text of an item, and not one of articles."""
        return bool(self.answers.get("running"))

    # What has to be decided first

    @property
    def changes(self) -> list[Change]:
        return self.word.changes if self.word else []

    @property
    def asks_for_changes(self) -> bool:
        return bool(self.changes) and "changes" not in self.answers

    @property
    def asks_for_encoding(self) -> bool:
        return self.encoding is not None and "encoding" not in self.answers

    @property
    def accepted(self) -> Mapping[int, bool]:
        """Return of each change whether it holds; as long as nobody has decided, each does."""
        match self.answers.get("changes", ACCEPT):
            case "accept":
                return dict.fromkeys(range(len(self.changes)), True)
            case "each":
                return {int(key): held for key, held in self.answers["each"].items()}
        return {}

    @cached_property
    def _plain(self) -> list[Row]:
        """The rows before anything is converted."""
        if self.word:
            return resolving.rows_of(self.word, self.accepted, is_illustrated=self.is_running)
        return rows_of(self.row.content.get("text", ""))

    @cached_property
    def fonts(self) -> list[Encoding]:
        return self.word.encodings() if self.word else []

    @cached_property
    def encoding(self) -> Encoding | None:
        """The encoding of before Unicode that the text has: by its fonts, or as it reads."""
        if self.fonts:
            return self.fonts[0] if self._by_fonts != self._plain else None
        return encoding_in(_texts(self._plain))

    @property
    def encoding_name(self) -> str:
        return _NAMES[self.encoding] if self.encoding else ""

    @cached_property
    def _by_fonts(self) -> list[Row]:
        if self.word is None:
            return self._plain
        return resolving.rows_of(
            self.word, self.accepted, is_converted=True, is_illustrated=self.is_running
        )

    @cached_property
    def _converted(self) -> list[Row]:
        if self.fonts:
            return self._by_fonts
        encoding = self.encoding
        return [_row(row, encoding) for row in self._plain] if encoding else self._plain

    def samples(self) -> list[Sample]:
        """Return lines that converting changes, the longest of the first ones."""
        pairs = zip(_texts(self._plain), _texts(self._converted), strict=False)
        different = [Sample(before, after) for before, after in pairs if before != after]
        return different[:_SAMPLES]

    # The lines

    @cached_property
    def rows(self) -> list[Row]:
        return self._converted if self.answers.get("encoding") == CONVERT else self._plain

    @property
    def fixed(self) -> dict[int, Level]:
        levels = self.answers.get("levels", {})
        return {int(key): Level(level) for key, level in levels.items() if int(key) < self.count}

    @property
    def count(self) -> int:
        return len(self.rows)

    @cached_property
    def lines(self) -> list[Line]:
        return checked(recognise(self.rows, self.fixed))

    @cached_property
    def text(self) -> LegalText:
        return assemble(self.lines)

    def stream(self) -> list[dict[str, Any]]:
        """Return the blocks for the field."""
        if self.is_running:
            return to_running(self.rows, self.answers.get("pictures", {}))
        return to_stream(self.text)

    def fix(self, levels: Mapping[int, Level]) -> None:
        """Note the levels that somebody gave to lines; those they have already are no news."""
        news = {
            str(index): level.value
            for index, level in levels.items()
            if 0 <= index < self.count and self.lines[index].level != level
        }
        if news:
            self.answer(levels=json.loads(json.dumps(self.answers.get("levels", {}))) | news)

    def answer(self, **answers: Any) -> None:
        """Keep answers; what was worked out before them is forgotten."""
        self.row.answers = self.answers = {**self.answers, **answers}
        self.row.save(update_fields=["answers"])
        for name in ("_plain", "_by_fonts", "_converted", "encoding", "rows", "lines", "text"):
            self.__dict__.pop(name, None)


def _texts(rows: list[Row]) -> list[str]:
    return [
        unmarked(text)
        for row in rows
        for text in ([row.text] if not row.cells else map(" ".join, row.cells))
    ]


def _row(row: Row, encoding: Encoding) -> Row:
    cells = tuple(tuple(_line(cell, encoding) for cell in cells) for cells in row.cells)
    return replace(row, text=_line(row.text, encoding), cells=cells)


def _line(text: str, encoding: Encoding) -> str:
    return converted(text, encoding) if is_old(text, encoding) else text
