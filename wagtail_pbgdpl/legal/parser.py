"""Reads the text of a Vietnamese legal document into its parts, articles, clauses and points.

Nothing is thrown away: what the reader cannot place stays as prose, in its place.
"""

from __future__ import annotations

import re

from .lines import (
    ARTICLE,
    BULLET,
    CHAPTER,
    CLAUSE,
    POINT,
    ROMAN,
    SECTION,
    is_marked,
    is_upper,
    paragraphs,
)
from .structure import Article, Clause, Heading, Item, LegalText, Level, Node, Part, Prose

LETTER = "công văn"
ANNEX = "phụ lục"
DRAFT = "DỰ THẢO"
# The kinds that carry their name in the head: Nghị định 30/2020/NĐ-CP Điều 7, Luật 64/2025/QH15.
TITLES = (
    "QUYẾT ĐỊNH",
    "QUY CHẾ",
    "QUY ĐỊNH",
    "KẾ HOẠCH",
    "NGHỊ QUYẾT",
    "CHỈ THỊ",
    "CHƯƠNG TRÌNH",
    "HƯỚNG DẪN",
    "THÔNG BÁO",
    "BÁO CÁO",
    "ĐỀ ÁN",
)
_ANNEX_LINE = re.compile(r"(Phụ lục|PHỤ LỤC)(?:\s+([IVXLC]+|\d+))?\s*:?\s*(.*)")
_MOTTO = re.compile(r"CỘNG HO[ÀÁ]|CỘNG H[ÒÓ]A")
_BODIES = ("ỦY BAN", "UỶ BAN", "UBND", "SỞ ", "BỘ ", "HỘI ĐỒNG", "HĐND", "VĂN PHÒNG")
# The articles are over: signature, recipients, or the closing word of a plan.
_CLOSING = ("TM. ", "KT. ", "Nơi nhận", "Trên đây là")
_END_MARK = "./."


def parse(source: str) -> LegalText:
    """Return the structure of a legal document.

    ``source`` is plain text or simple markdown, its lines perhaps broken by pages. Every word
    of it but struck-out readings that are written again is in ``LegalText.lines()``.
    """
    reader = _Reader()
    blocks = paragraphs(source)
    for position, block in enumerate(blocks):
        following = blocks[position + 1][0] if position + 1 < len(blocks) else ""
        reader.begin_paragraph(block, following)
        for line in block:
            reader.read(line)
    return LegalText(reader.finish())


class _Reader:
    """Takes line after line; keeps the article and the prose that are still open."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.kind = ""
        self.nodes: list[Node] = []
        self.prose: list[list[str]] = []
        self.label = ""
        self.number: str | None = None
        self.title = ""
        self.lead: list[Item] = []
        self.clauses: list[tuple[str, str, list[Item]]] = []
        self.untitled: Heading | None = None
        self.new_paragraph = False

    def begin_paragraph(self, block: list[str], following: str) -> None:
        self.new_paragraph = True
        opens_letterhead = block[0].startswith(_BODIES) and _MOTTO.match(following)
        if opens_letterhead or (block[0] == DRAFT and self.kind):
            self._close_part()

    def read(self, line: str) -> None:
        if self._read_title(line) or self._read_part(line):
            return
        if self.kind == ANNEX or (not self._read_division(line) and not self._read_item(line)):
            self._add_prose(line)
        if line.endswith(_END_MARK):
            self._close_article()

    def finish(self) -> tuple[Part, ...]:
        self._close_part()
        return tuple(self.parts)

    # Parts and headings

    def _read_part(self, line: str) -> bool:
        if line in TITLES:
            if self.kind:
                self._close_part()
            self._open_heading("part", line, "")
            self.kind = line.lower()
            return True
        annex = _ANNEX_LINE.fullmatch(line)
        if annex and self.kind and self.number is None:
            self._close_part()
            self._open_heading("annex", annex[1], annex[2] or "", annex[3])
            self.kind = ANNEX
            return True
        return False

    def _read_division(self, line: str) -> bool:
        levels: tuple[tuple[re.Pattern[str], Level, str], ...] = (
            (CHAPTER, "chapter", "Chương"),
            (SECTION, "section", "Mục"),
        )
        for pattern, level, label in levels:
            if match := pattern.fullmatch(line):
                self._open_heading(level, label, match[1], match[2])
                return True
        if (match := ROMAN.fullmatch(line)) and is_upper(match[2]):
            self._open_article("", match[1], match[2])
            return True
        return False

    def _open_heading(self, level: Level, label: str, number: str, title: str = "") -> None:
        self._close_article()
        self._close_prose()
        self.untitled = Heading(level, label, number, title)
        if title:
            self._close_heading()

    def _read_title(self, line: str) -> bool:
        """The line after «Chương I» or «QUY CHẾ» is its title, unless it is something else."""
        if self.untitled is None:
            return False
        heading = self.untitled
        is_title = not is_marked(line) and not line.startswith("(") and not line.startswith(_BODIES)
        if is_title:
            self.untitled = Heading(heading.level, heading.label, heading.number, line)
        self._close_heading()
        return is_title

    def _close_heading(self) -> None:
        if self.untitled is not None:
            self.nodes.append(self.untitled)
            self.untitled = None

    # Articles

    def _read_item(self, line: str) -> bool:
        if match := ARTICLE.fullmatch(line):
            # A title has no final stop; the articles of a decision have no title.
            is_title = match[2][-1:] not in {".", ";", ":"}
            self._open_article("Điều", match[1], match[2] if is_title else "")
            if not is_title:
                self.lead.append(Item("text", "", match[2]))
            return True
        if self.number is None:
            return False
        if line.startswith(_CLOSING):
            self._close_article()
            return False
        if match := CLAUSE.fullmatch(line):
            self.clauses.append((match[1], match[2], []))
            return True
        items = self.clauses[-1][2] if self.clauses else self.lead
        items.append(_item(line))
        return True

    def _open_article(self, label: str, number: str, title: str) -> None:
        self._close_article()
        self._close_prose()
        self.label, self.number, self.title = label, number, title

    def _close_article(self) -> None:
        if self.number is None:
            return
        clauses = tuple(Clause(number, text, tuple(items)) for number, text, items in self.clauses)
        self.nodes.append(
            Article(self.number, self.title, tuple(self.lead), clauses, label=self.label)
        )
        self.number, self.title, self.lead, self.clauses = None, "", [], []

    # Prose

    def _add_prose(self, line: str) -> None:
        if line.startswith("Kính gửi") and not self.kind:
            self.kind = LETTER
        if self.new_paragraph or not self.prose:
            self.prose.append([])
            self.new_paragraph = False
        self.prose[-1].append(line)

    def _close_prose(self) -> None:
        if self.prose:
            self.nodes.append(Prose(tuple(map(tuple, self.prose))))
            self.prose = []

    def _close_part(self) -> None:
        self._close_heading()
        self._close_article()
        self._close_prose()
        if self.nodes:
            self.parts.append(Part(self.kind, tuple(self.nodes)))
        self.kind, self.nodes = "", []


def _item(line: str) -> Item:
    if match := POINT.fullmatch(line):
        return Item("point", match[1], match[2])
    if match := BULLET.fullmatch(line):
        return Item("plus" if match[1] == "+" else "dash", match[1], match[2])
    return Item("text", "", line)
