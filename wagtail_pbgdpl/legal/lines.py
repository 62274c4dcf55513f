"""From the text of a file to its lines: markup off, and which lines go on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.text import nfc
from .grammar import LETTER, NUMBER

ARTICLE = re.compile(rf"(?:Điều|ĐIỀU) ({NUMBER})\.\s*(.*)")
_NUMBERED = r"([IVXLC]+|\d+)\b[.:]?\s*(.*)"
_ORDINAL = r"(?i:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: \w+)?)"
BOOK = re.compile(rf"(?:Phần|PHẦN) ((?:thứ|THỨ) {_ORDINAL}|[IVXLC]+|\d+)\b[.:]?\s*(.*)")
CHAPTER = re.compile(rf"(?:Chương|CHƯƠNG) {_NUMBERED}")
SECTION = re.compile(rf"(?:Mục|MỤC) {_NUMBERED}")
SUBSECTION = re.compile(rf"(?:Tiểu mục|TIỂU MỤC) {_NUMBERED}")
ROMAN = re.compile(r"([IVXLC]+)\.\s+(.*)")
# «3.», «3a.», and «3.1.» of a plan
CLAUSE = re.compile(rf"(?!\d{{4}})({NUMBER}|\d+(?:\.\d{{1,3}})+)\.\s+(.*)")
POINT = re.compile(rf"({LETTER}\))\s+(.*)")
BULLET = re.compile(r"([-–+•])\s+(.*)")
MARKS = (ARTICLE, BOOK, CHAPTER, SECTION, SUBSECTION, ROMAN, CLAUSE, POINT, BULLET)

# Struck out and written again by hand: the second reading counts. Struck out alone is what
# character recognition makes of an underlined line: it stays.
_REWRITTEN = re.compile(r"~~[^~]*~~\s*(?=\*\*)")
_LINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_HEADING = re.compile(r"#{1,6}\s+")
_LISTED_POINT = re.compile(rf"-\s+(?={LETTER}\)\s)")

# No line ends with one of these words unless it goes on in the next.
_OPEN_ENDS = ("các", "cho", "của", "do", "tại", "theo", "trên", "và", "về", "với")
# Below this length a line without a final stop is a caption («2. Định dạng thông tin»).
_CAPTION = 100
# No paragraph of a law is longer.
_LONGEST = 20_000
_TAIL = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the source, in NFC; ``opens``: a paragraph begins with it.

    A table has its cells in ``cells``, row by row, and no text. ``is_struck``: something in it is
    struck through. ``is_note``: it is a note to the text, which stands below all of it.
    """

    text: str
    opens: bool = True
    cells: tuple[tuple[str, ...], ...] = ()
    is_struck: bool = False
    is_note: bool = False
    #: The level of the heading that it is in Word, from 1 on; 0 for none.
    outline: int = 0
    #: The part of the file with the picture that stands here; the text describes it.
    picture: str = ""


def is_marked(line: str) -> bool:
    """Does the line begin with a number, letter or dash of its own?"""
    return any(pattern.match(line) for pattern in MARKS)


def is_upper(line: str) -> bool:
    return line.upper() == line and any(char.isalpha() for char in line)


def rows_of(source: str) -> list[Row]:
    """Return the lines of plain text or simple markdown, without markup.

    Where no empty line parts the paragraphs, each line is one.
    """
    found = []
    # Elsewhere an asterisk leads to a note.
    marked_up = "**" in source or "~~" in source
    blocks = re.split(r"\n\s*\n", _without_spans(nfc(source), marked_up).strip())
    for block in blocks:
        opens = True
        for line in _clean_lines(block):
            found.append(Row(line, opens))
            opens = len(blocks) == 1
    return found


def goes_on(line: str, following: str) -> bool:
    """Was the line broken in mid-sentence, by a page or by the width of the paper?"""
    if is_marked(following) or len(line) > _LONGEST:
        return False
    if following[0].islower() or line.endswith(","):
        return True
    if line[-_TAIL:].lower().endswith(tuple(f" {word}" for word in _OPEN_ENDS)):
        return True
    is_item = is_marked(line) and not ARTICLE.match(line)
    return is_item and len(line) > _CAPTION and line[-1].isalnum()


def _without_spans(source: str, marked_up: bool) -> str:
    if not marked_up:
        return source
    source = _LINK.sub(r"\1", _REWRITTEN.sub("", source)).replace("~~", "")
    # «**Chương I****QUY ĐỊNH CHUNG**»: two bold lines that lost their line break.
    return source.replace("****", "\n").replace("*", "")


def _clean_lines(block: str) -> Iterator[str]:
    for raw in block.splitlines():
        line = _HEADING.sub("", " ".join(raw.split()), count=1)
        line = _LISTED_POINT.sub("", line, count=1)
        if line:
            yield line
