"""From the text of a file to whole lines: markup off, page breaks closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..core.text import nfc
from .grammar import LETTER, NUMBER

ARTICLE = re.compile(rf"Điều ({NUMBER})\.\s*(.*)")
CHAPTER = re.compile(r"Chương ([IVXLC]+)\b[.:]?\s*(.*)")
SECTION = re.compile(r"Mục ([IVXLC]+|\d+)\b[.:]?\s*(.*)")
ROMAN = re.compile(r"([IVXLC]+)\.\s+(.*)")
# «3.», «3a.», and «3.1.» of a plan
CLAUSE = re.compile(rf"(?!\d{{4}})({NUMBER}|\d+(?:\.\d{{1,3}})+)\.\s+(.*)")
POINT = re.compile(rf"({LETTER}\))\s+(.*)")
BULLET = re.compile(r"([-–+])\s+(.*)")
MARKS = (ARTICLE, CHAPTER, SECTION, ROMAN, CLAUSE, POINT, BULLET)

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


def is_marked(line: str) -> bool:
    """Does the line begin with a number, letter or dash of its own?"""
    return any(pattern.match(line) for pattern in MARKS)


def is_upper(line: str) -> bool:
    return line.upper() == line and any(char.isalpha() for char in line)


def paragraphs(source: str) -> list[list[str]]:
    """Return the lines of each paragraph, each line a whole one, without markup, in NFC."""
    found: list[list[str]] = []
    for block in re.split(r"\n\s*\n", _without_spans(nfc(source))):
        opened = False
        for line in _clean_lines(block):
            if found and found[-1] and _goes_on(found[-1][-1], line):
                found[-1][-1] += f" {line}"
            elif opened:
                found[-1].append(line)
            else:
                found.append([line])
                opened = True
    return found


def _without_spans(source: str) -> str:
    source = _LINK.sub(r"\1", _REWRITTEN.sub("", source)).replace("~~", "")
    # «**Chương I****QUY ĐỊNH CHUNG**»: two bold lines that lost their line break.
    return source.replace("****", "\n").replace("*", "")


def _clean_lines(block: str) -> Iterator[str]:
    for raw in block.splitlines():
        line = _HEADING.sub("", " ".join(raw.split()), count=1)
        line = _LISTED_POINT.sub("", line, count=1)
        if line:
            yield line


def _goes_on(line: str, following: str) -> bool:
    """Was the line broken in mid-sentence, by a page or by the width of the paper?"""
    if is_marked(following):
        return False
    if following[0].islower() or line.endswith(","):
        return True
    if line.lower().endswith(tuple(f" {word}" for word in _OPEN_ENDS)):
        return True
    is_item = is_marked(line) and not ARTICLE.match(line)
    return is_item and len(line) > _CAPTION and line[-1].isalnum()
