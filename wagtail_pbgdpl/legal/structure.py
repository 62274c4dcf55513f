"""What the reader of legal text returns: plain, frozen values that know no model and no block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

ItemKind = Literal["point", "dash", "plus", "text"]
Level = Literal["part", "book", "chapter", "section", "subsection", "annex"]


@dataclass(frozen=True, slots=True)
class Item:
    """What stands below a clause: điểm «a)», «- …», «+ …», or a paragraph without a mark."""

    kind: ItemKind
    marker: str
    text: str

    def __str__(self) -> str:
        return f"{self.marker} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Clause:
    """A khoản. ``number`` has no full stop: «1», in plans also «2.1»."""

    number: str
    text: str
    items: tuple[Item, ...] = ()

    @property
    def points(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == "point")

    def lines(self) -> list[str]:
        return [line for line in (self.text, *map(str, self.items)) if line]


@dataclass(frozen=True, slots=True)
class Article:
    """A Điều with its title, lead and clauses. ``lead`` is what precedes clause 1.

    The roman division of a plan («I. MỤC TIÊU») is an article without ``label``.
    """

    number: str
    title: str = ""
    lead: tuple[Item, ...] = ()
    clauses: tuple[Clause, ...] = ()
    label: str = "Điều"

    def clause(self, number: str) -> Clause:
        """Return a clause by its number; raises ``KeyError`` if there is none."""
        for clause in self.clauses:
            if clause.number == number:
                return clause
        raise KeyError(number)

    def lines(self) -> Iterator[str]:
        yield f"{self.label} {self.number}. {self.title}".strip()
        yield from map(str, self.lead)
        for clause in self.clauses:
            first, *rest = clause.lines() or [""]
            yield f"{clause.number}. {first}".strip()
            yield from rest


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that divides the document.

    ``label`` is the word of the source («Phần», «Chương», «QUY CHẾ», «Phụ lục»), ``number`` its
    number, if it has one.
    """

    level: Level
    label: str
    number: str
    title: str

    def lines(self) -> Iterator[str]:
        yield " ".join(filter(None, (self.label, self.number, self.title)))


@dataclass(frozen=True, slots=True)
class Prose:
    """What is no article: letterhead, preamble, recipients, signature, a form, a closing word."""

    paragraphs: tuple[tuple[str, ...], ...]

    def lines(self) -> Iterator[str]:
        for paragraph in self.paragraphs:
            yield from paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. One that stands within an article comes after it, and names its place."""

    cells: tuple[tuple[str, ...], ...]
    article: str = ""
    clause: str = ""

    def lines(self) -> Iterator[str]:
        for row in self.cells:
            yield " ".join(filter(None, row))


Node: TypeAlias = Article | Heading | Prose | Table


@dataclass(frozen=True, slots=True)
class Part:
    """One of the documents that a file holds: công văn, quyết định, quy chế, kế hoạch, phụ lục.

    ``kind`` is the document's own word in lower case; a letter has none in its head and is
    called «công văn».
    """

    kind: str
    nodes: tuple[Node, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Article))

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Heading))

    def article(self, number: str) -> Article:
        """Return an article by its number; raises ``KeyError`` if there is none."""
        for article in self.articles:
            if article.number == number:
                return article
        raise KeyError(number)


@dataclass(frozen=True, slots=True)
class LegalText:
    parts: tuple[Part, ...]

    def part(self, kind: str) -> Part:
        """Return the first part of a kind; raises ``KeyError`` if there is none."""
        for part in self.parts:
            if part.kind == kind:
                return part
        raise KeyError(kind)

    def lines(self) -> Iterator[str]:
        """The whole text in the order of the source, without its markup."""
        for part in self.parts:
            for node in part.nodes:
                yield from node.lines()
