"""Puts lines whose level is known together to parts, articles, clauses and points."""

from __future__ import annotations

from collections.abc import Iterable

from .levels import ARTICLES, HEADINGS, IN_ARTICLES, Level, Line
from .recognition import ANNEX, ANNEX_LINE, LETTER
from .structure import Article, Clause, Heading, Item, LegalText, Node, Part, Prose, Table

_WORDS = {
    Level.BOOK: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "Mục",
    Level.SUBSECTION: "Tiểu mục",
}
# A longer title has no place in the blocks of the law, and becomes the text below the heading.
LONGEST_TITLE = 500


def assemble(lines: Iterable[Line]) -> LegalText:
    """Return the structure; every word of the lines that are not omitted is in it."""
    maker = _Assembly()
    for line in lines:
        maker.take(line)
    return LegalText(maker.finish())


class _Assembly:
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
        self.tables: list[Table] = []
        self.heading: Heading | None = None
        self.new_paragraph = False

    def take(self, line: Line) -> None:
        self.new_paragraph |= line.row.opens
        match line.level:
            case Level.OMITTED | Level.CONTINUES:
                return
            case Level.OPENING:
                self._close_part()
                self._add_prose(line)
            case Level.TITLE:
                self._add_title(line)
            case Level.TABLE:
                self._add_table(line)
            case level if level in HEADINGS:
                self._open_heading(line)
            case level if level in ARTICLES:
                self._open_article(line)
            case level if level in IN_ARTICLES and self.number is not None:
                self._close_heading()
                self._add_item(line)
            case _:
                self._close_heading()
                self._close_article()
                self._add_prose(line)

    def finish(self) -> tuple[Part, ...]:
        self._close_part()
        return tuple(self.parts)

    # Headings

    def _open_heading(self, line: Line) -> None:
        if (line.level == Level.PART and self.kind) or line.level == Level.ANNEX:
            self._close_part()
        self._close_heading()
        self._close_article()
        self._close_prose()
        match line.level:
            case Level.PART:
                self.kind = line.whole.lower()
                self.heading = Heading("part", line.whole, "", "")
            case Level.ANNEX:
                self.kind = ANNEX
                match = ANNEX_LINE.fullmatch(line.whole)
                label = match[1] if match else ""
                self.heading = Heading("annex", label, line.number, line.rest)
            case level:
                self.heading = Heading(level.value, _WORDS[level], line.number, line.rest)  # type: ignore[arg-type]

    def _add_title(self, line: Line) -> None:
        if self.heading is not None:
            one = self.heading
            title = f"{one.title} {line.whole}".strip()
            self.heading = Heading(one.level, one.label, one.number, title)
        elif self.number is not None and not (self.lead or self.clauses):
            self.title = f"{self.title} {line.whole}".strip()
        elif self.number is not None:
            self._add_item(line)
        else:
            self._add_prose(line)

    def _close_heading(self) -> None:
        one, self.heading = self.heading, None
        if one is None:
            return
        if len(one.title) <= LONGEST_TITLE:
            self.nodes.append(one)
            return
        self.nodes += [
            Heading(one.level, one.label, one.number, ""),
            Prose(((one.title,),)),
        ]

    # Articles

    def _open_article(self, line: Line) -> None:
        self._close_heading()
        self._close_article()
        self._close_prose()
        self.label = "Điều" if line.level == Level.ARTICLE else ""
        self.number = line.number
        # A title has no final stop; the articles of a decision have no title.
        is_title = line.rest[-1:] not in {".", ";", ":"} or not self.label
        if is_title and len(line.rest) <= LONGEST_TITLE:
            self.title = line.rest
        elif line.rest:
            self.lead.append(Item("text", "", line.rest))

    def _add_item(self, line: Line) -> None:
        if line.level == Level.CLAUSE:
            self.clauses.append((line.number, line.rest, []))
            return
        items = self.clauses[-1][2] if self.clauses else self.lead
        items += _items(line)

    def _add_table(self, line: Line) -> None:
        self._close_heading()
        if self.number is None:
            self._close_prose()
            self.nodes.append(Table(line.row.cells))
            return
        clause = next((number for number, _text, _items in reversed(self.clauses) if number), "")
        self.tables.append(Table(line.row.cells, self.number, clause))

    def _close_article(self) -> None:
        if self.number is None:
            return
        clauses = tuple(Clause(number, text, tuple(items)) for number, text, items in self.clauses)
        self.nodes.append(
            Article(self.number, self.title, tuple(self.lead), clauses, label=self.label)
        )
        self.nodes += self.tables
        self.number, self.title, self.lead, self.clauses, self.tables = None, "", [], [], []

    # Prose

    def _add_prose(self, line: Line) -> None:
        if line.whole.startswith("Kính gửi") and not self.kind:
            self.kind = LETTER
        if self.new_paragraph or not self.prose:
            self.prose.append([])
            self.new_paragraph = False
        # Of a table that is to be text, a line a row.
        self.prose[-1] += line.whole.split("\n")

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


def _items(line: Line) -> list[Item]:
    if line.level == Level.POINT and line.number:
        return [Item("point", line.number, line.rest)]
    if line.level == Level.ITEM and line.number:
        return [Item("plus" if line.number == "+" else "dash", line.number, line.rest)]
    return [Item("text", "", text) for text in line.whole.split("\n")]
