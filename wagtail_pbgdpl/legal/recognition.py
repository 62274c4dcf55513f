"""Says of each line of a legal document what it is.

Nothing is left out, and nothing is decided for good: whoever knows better fixes the level of a
line, and the lines after it are read anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .levels import ARTICLES, DIVIDING, HEADINGS, IN_ARTICLES, Doubt, Level, Line
from .lines import (
    ARTICLE,
    BOOK,
    BULLET,
    CHAPTER,
    CLAUSE,
    POINT,
    ROMAN,
    SECTION,
    SUBSECTION,
    Row,
    goes_on,
    is_marked,
    is_upper,
)
from .variants import as_usual

LETTER = "công văn"
ANNEX = "phụ lục"
DRAFT = "DỰ THẢO"
# The kinds that carry their name in the head: Nghị định 30/2020/NĐ-CP Điều 7, Luật 64/2025/QH15.
TITLES = (
    *("QUYẾT ĐỊNH", "QUY CHẾ", "QUY ĐỊNH", "KẾ HOẠCH", "NGHỊ QUYẾT", "CHỈ THỊ", "CHƯƠNG TRÌNH"),
    *("HƯỚNG DẪN", "THÔNG BÁO", "BÁO CÁO", "ĐỀ ÁN", "ĐIỀU LỆ", "HIẾN PHÁP", "BỘ LUẬT", "LUẬT"),
    *("PHÁP LỆNH", "LỆNH", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TƯ LIÊN TỊCH"),
)
ANNEX_LINE = re.compile(r"(Phụ lục|PHỤ LỤC)(?:\s+([IVXLC]+|\d+))?\s*:?\s*(.*)")
_MOTTO = re.compile(r"CỘNG HO[ÀÁ]|CỘNG H[ÒÓ]A")
_BODIES = ("ỦY BAN", "UỶ BAN", "UBND", "SỞ ", "BỘ ", "HỘI ĐỒNG", "HĐND", "VĂN PHÒNG", "QUỐC HỘI")
# The articles are over: signature, recipients, or the closing word of a plan.
_CLOSING = ("TM. ", "KT. ", "Nơi nhận", "Trên đây là")
_END_MARK = "./."
# After such a sign a line is finished, whatever the next begins with.
_STOPS = (".", ":", ";", "?", "!")
_PATTERNS = {
    Level.BOOK: BOOK,
    Level.CHAPTER: CHAPTER,
    Level.SUBSECTION: SUBSECTION,
    Level.SECTION: SECTION,
    Level.DIVISION: ROMAN,
    Level.ARTICLE: ARTICLE,
    Level.CLAUSE: CLAUSE,
    Level.POINT: POINT,
    Level.ITEM: BULLET,
}
_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?")
_LONGEST_TITLE_OF_ARTICLE = 300
# No quotation of a law is longer, in lines.
_LONGEST_QUOTATION = 400


def recognise(rows: Sequence[Row], fixed: Mapping[int, Level] | None = None) -> list[Line]:
    """Return what each row is, with the doubts of the row itself.

    ``fixed``: levels that are certain, by the index of their row.
    """
    return _Reader(rows, fixed or {}).read()


class _Reader:
    """Takes row after row; keeps what is open there."""

    def __init__(self, rows: Sequence[Row], fixed: Mapping[int, Level]) -> None:
        self.rows = rows
        self.fixed = fixed
        #: By the first row of each whole line, in order.
        self.wholes = self._join()
        self.starts = list(self.wholes)
        self.kind = ""
        self.is_in_article = False
        self.is_untitled = False
        self.above: Level | None = None
        self.heading: Level | None = None
        self.line_above = ""
        self.quoted_until = -1
        self.ends_of_quotations: dict[int, int | None] = {}

    def read(self) -> list[Line]:
        found = []
        place = -1
        for index, row in enumerate(self.rows):
            is_fixed = index in self.fixed
            if self.fixed.get(index) == Level.OMITTED:
                found.append(Line(row, Level.OMITTED, is_fixed=True))
            elif index in self.wholes:
                place += 1
                found.append(self._read(place, index, is_fixed))
            else:
                doubts = () if is_fixed else self._doubts_of_rest(index, row)
                found.append(Line(row, Level.CONTINUES, doubts=doubts, is_fixed=is_fixed))
        return found

    # Whole lines

    def _join(self) -> dict[int, str]:
        wholes: dict[int, str] = {}
        first = -1
        for index, row in enumerate(self.rows):
            if self.fixed.get(index) == Level.OMITTED:
                continue
            if first >= 0 and self._is_joined(index, row, wholes[first]):
                wholes[first] += f" {row.text}"
            else:
                first = index
                wholes[index] = row.text
        return wholes

    def _is_joined(self, index: int, row: Row, line: str) -> bool:
        if index in self.fixed:
            return self.fixed[index] == Level.CONTINUES
        if row.is_note:
            return False
        return bool(line and row.text) and goes_on(line, row.text) and not as_usual(row.text)

    # What a line is

    def _read(self, place: int, index: int, is_fixed: bool) -> Line:
        row, original = self.rows[index], self.wholes[index]
        usual = as_usual(original) if original else None
        line = usual or original
        doubts: list[Doubt] = []
        if is_fixed:
            level = self.fixed[index]
        elif row.cells:
            level = Level.TABLE
        elif self._is_opening(place, index):
            level = Level.OPENING
        else:
            level = self._level(place, line)
        if not is_fixed:
            doubts += self._doubts(place, level, line, usual is not None)
        level = self._possible(level, row)
        if row.cells and level in (Level.TEXT, Level.PROSE):
            line = "\n".join(" ".join(filter(None, cells)) for cells in row.cells)
        elif level not in (*ARTICLES, *IN_ARTICLES):
            line = original
        number, rest = _parts(level, line)
        self._follow(place, level, line, rest)
        return Line(row, level, line, number, rest, tuple(doubts), is_fixed)

    def _possible(self, level: Level, row: Row) -> Level:
        if row.cells:
            return level if level in (Level.TEXT, Level.PROSE) else Level.TABLE
        if level in (Level.TABLE, Level.CONTINUES):
            return Level.TEXT if self.is_in_article else Level.PROSE
        return level

    def _is_opening(self, place: int, index: int) -> bool:
        """Whether a letterhead stands here: that of one of the documents that a file holds."""
        if not self._opens_paragraph(place):
            return False
        line = self.wholes[index]
        if line == DRAFT and self.kind:
            return True
        if not line.startswith(_BODIES):
            return False
        following = next(
            (at for at in range(place + 1, len(self.starts)) if self._opens_paragraph(at)), None
        )
        return following is not None and bool(_MOTTO.match(self.wholes[self.starts[following]]))

    def _opens_paragraph(self, place: int) -> bool:
        """Whether a paragraph begins with a whole line, or in the rows that went before it."""
        before = self.starts[place - 1] if place else -1
        return any(row.opens for row in self.rows[before + 1 : self.starts[place] + 1])

    def _level(self, place: int, line: str) -> Level:
        if self.rows[self.starts[place]].is_note:
            return Level.PROSE
        if place <= self.quoted_until:
            return Level.TEXT
        if self._is_title(line):
            return Level.TITLE
        if line in TITLES:
            return Level.PART
        if ANNEX_LINE.fullmatch(line) and self.kind and not self.is_in_article:
            return Level.ANNEX
        if self.kind == ANNEX and not self.is_in_article:
            return Level.PROSE
        return self._numbered(line)

    def _is_title(self, line: str) -> bool:
        if is_marked(line) or line.startswith(("(", *_BODIES)):
            return False
        if self.is_untitled:
            is_long = self.above in ARTICLES and len(line) > _LONGEST_TITLE_OF_ARTICLE
            return not is_long and not (self.above in ARTICLES and line.endswith(_STOPS))
        # «QUY ĐỊNH CHUNG» «VỀ TRANG THÔNG TIN»: a title of two lines.
        goes_on_above = self.above in (*DIVIDING, Level.TITLE) and self.heading in DIVIDING
        return goes_on_above and is_upper(line) and is_upper(self.line_above)

    def _numbered(self, line: str) -> Level:
        for level in (Level.BOOK, Level.CHAPTER, Level.SUBSECTION, Level.SECTION):
            match = _PATTERNS[level].fullmatch(line)
            # «Chương II của Luật này» is no heading.
            if match and not match[2][:1].islower():
                return level
        if (match := ROMAN.fullmatch(line)) and is_upper(match[2]):
            return Level.DIVISION
        if ARTICLE.fullmatch(line):
            return Level.ARTICLE
        if not self.is_in_article or line.startswith(_CLOSING):
            return Level.PROSE
        for level in (Level.CLAUSE, Level.POINT, Level.ITEM):
            if _PATTERNS[level].fullmatch(line):
                return level
        return Level.TEXT

    def _doubts(self, place: int, level: Level, line: str, is_variant: bool) -> list[Doubt]:
        found = []
        if self.rows[self.starts[place]].is_struck:
            found.append(Doubt.STRUCK)
        if is_variant and level in (Level.ARTICLE, Level.CLAUSE, Level.POINT):
            found.append(Doubt.VARIANT)
        if level in (Level.TEXT, Level.PROSE) and _PAGE_NUMBER.fullmatch(line):
            found.append(Doubt.PAGE_NUMBER)
        if level == Level.TABLE and self.is_in_article:
            found.append(Doubt.TABLE_IN_ARTICLE)
        if place > self.quoted_until and _is_open(line) and self._end_of_quotation(place) is None:
            found.append(Doubt.QUOTED)
        return found

    def _doubts_of_rest(self, index: int, row: Row) -> tuple[Doubt, ...]:
        is_odd = self.rows[index - 1].text.endswith(_STOPS)
        doubts = ((is_odd, Doubt.JOINED), (row.is_struck, Doubt.STRUCK))
        return tuple(doubt for is_so, doubt in doubts if is_so)

    # What follows from it

    def _follow(self, place: int, level: Level, line: str, rest: str) -> None:
        self.is_untitled = False
        if level == Level.OPENING:
            self.kind, self.is_in_article = "", False
        elif level in HEADINGS:
            self.is_in_article = False
            self.heading = level
            self.is_untitled = not rest
        elif level in ARTICLES:
            self.is_in_article = True
            self.is_untitled = not rest
        elif level == Level.PROSE:
            self.is_in_article = False
        if level == Level.PART:
            self.kind = line.lower()
        elif level == Level.ANNEX:
            self.kind = ANNEX
        elif level in (Level.PROSE, Level.OPENING) and not self.kind:
            self.kind = LETTER if line.startswith("Kính gửi") else ""
        if level in ARTICLES or level in IN_ARTICLES:
            end = self._end_of_quotation(place) if place > self.quoted_until else None
            if end is not None:
                self.quoted_until = end
        else:
            self.quoted_until = -1
        if line.endswith(_END_MARK):
            self.is_in_article = False
        self.above, self.line_above = level, rest if level in DIVIDING else line

    def _end_of_quotation(self, place: int) -> int | None:
        """Return where a quotation ends that begins in a line and goes over several."""
        if place not in self.ends_of_quotations:
            self.ends_of_quotations[place] = self._look_for_end(place)
        return self.ends_of_quotations[place]

    def _look_for_end(self, place: int) -> int | None:
        line = self.wholes[self.starts[place]]
        if not _is_open(line):
            return None
        is_straight = line.startswith('"')
        still_open = 1 if is_straight else line.count("“") - line.count("”")
        last = min(len(self.starts), place + _LONGEST_QUOTATION)
        for at in range(place + 1, last):
            one = self.wholes[self.starts[at]]
            still_open -= one.count('"') % 2 if is_straight else one.count("”") - one.count("“")
            if still_open <= 0:
                return at
        return None


def _is_open(line: str) -> bool:
    """Whether a quotation begins in a line that does not end there."""
    return line.count("“") > line.count("”") or (line.startswith('"') and line.count('"') % 2 == 1)


def _parts(level: Level, line: str) -> tuple[str, str]:
    """Return the number and the rest of a line, as what stands at its level."""
    if level == Level.PART:
        return "", ""
    if level == Level.ANNEX:
        match = ANNEX_LINE.fullmatch(line)
        return (match[2] or "", match[3]) if match else ("", line)
    pattern = _PATTERNS.get(level)
    match = pattern.fullmatch(line) if pattern else None
    return (match[1], match[2]) if match else ("", line)
