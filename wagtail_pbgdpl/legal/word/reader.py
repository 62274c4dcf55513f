"""Reads the text of a Word file: paragraphs, tables, notes, and the changes that were tracked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..encodings import encoding_of_font
from . import numbering
from .errors import Reason, WordError
from .looks import BOLD, ITALIC
from .names import attribute, child, embedded, is_math, local, outermost, sign, value_of
from .package import MOST_OTHER, MOST_TEXT, Package
from .styles import Look, Styles, look_of, outline_of
from .text import (
    DELETED,
    INSERTED,
    NO_CHANGE,
    Change,
    Paragraph,
    Picture,
    Piece,
    TableRow,
    WordTable,
    WordText,
)

MOST_PARAGRAPHS = 60_000
MOST_SIGNS = 3_000_000
_WAYS = {"ins": INSERTED, "moveTo": INSERTED, "del": DELETED, "moveFrom": DELETED}
_KINDS = {"ins": "insertion", "del": "deletion", "moveTo": "move", "moveFrom": "move"}
_AS_THEY_ARE = frozenset({"hyperlink", "smartTag", "fldSimple", "customXml", "sdt", "sdtContent"})
_BREAKS = frozenset({"br", "cr"})
_EXCERPT = 60
# Styles of the lines of a table of contents: each stands in the text once more.
_CONTENTS = ("TOC1", "TOC2", "TOC3", "TOC4", "TOC5")
_NOTHING: tuple[str, str, int] = ("", "", NO_CHANGE)


def read(content: bytes) -> WordText:
    """Return the text of a Word file. Raises ``WordError``."""
    package = Package(content)
    reader = _Reader(package)
    for element in package.elements_of(package.main, MOST_TEXT, depth=3):
        reader.read_block(element)
    reader.read_notes()
    return reader.text


@dataclass
class _Change:
    """The change within which the reader stands."""

    number: int = NO_CHANGE
    way: str = ""
    within: int = NO_CHANGE


@dataclass
class _Here:
    """Where the pieces that are read belong."""

    paragraph: Paragraph
    look: Look
    #: Paragraphs of text boxes, which come after the one that they hang on.
    boxes: list[Paragraph] = field(default_factory=list)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.text = WordText()
        self.styles = Styles(self._elements("styles"))
        self.text.lists = numbering.read(self._elements("numbering"))
        self.pictures = package.parts("image")
        self.change = _Change()
        self.moves: dict[str, int] = {}
        self.moving: str = ""
        #: What was changed last, while nothing that was not changed has followed.
        self.latest = _NOTHING
        self.notes: dict[tuple[str, str], int] = {}
        self.before = ""
        self.paragraphs = 0
        self.signs = 0

    def _elements(self, kind: str) -> Iterator[Element]:
        return self.package.elements_of(self.package.beside(kind), MOST_OTHER)

    # Blocks

    def read_block(self, element: Element) -> None:
        self.text.blocks += self._blocks(element)

    def _blocks(self, element: Element) -> Iterator[Paragraph | WordTable]:
        name = local(element)
        if name == "p":
            yield from self._paragraph(element)
        elif name == "tbl":
            yield self._table(element)
        elif name in _WAYS:
            with self._changed(element):
                for one in element:
                    yield from self._blocks(one)
        elif name in _AS_THEY_ARE:
            for one in element:
                yield from self._blocks(one)
        elif name == "altChunk":
            self._leave_out("foreign")
        else:
            self._mark_move(element)

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise WordError(Reason.LARGE)
        properties = child(element, "pPr")
        style = value_of(properties, "pStyle") or self.styles.default
        if style.upper().startswith(_CONTENTS):
            self._leave_out("contents")
            return
        outline = outline_of(properties) or self.styles.outline(style)
        here = _Here(Paragraph(outline=outline), self.styles.look(style))
        self.before = ""
        self._number(here.paragraph, properties, style)
        for one in element:
            self._inline(one, here)
        self._mark(here.paragraph, child(properties, "rPr"))
        yield here.paragraph
        yield from here.boxes

    def _number(self, paragraph: Paragraph, properties: Element | None, style: str) -> None:
        own = child(properties, "numPr")
        number = value_of(own, "numId")
        level = value_of(own, "ilvl")
        named = ""
        if not number:
            number, named = self.styles.list_of(style)
        if number in ("", "0"):
            return
        paragraph.list = number
        if level.isdecimal():
            paragraph.level = min(int(level), numbering.LEVELS - 1)
        else:
            paragraph.level = self.text.lists.level_of_style(number, named or style)

    def _mark(self, paragraph: Paragraph, look: Element | None) -> None:
        """Note whether the end of a paragraph was inserted or deleted."""
        for one in look if look is not None else ():
            if local(one) in _WAYS:
                with self._changed(one):
                    paragraph.mark, paragraph.mark_way = self.change.number, self.change.way
                    self._describe("¶")

    def _table(self, element: Element) -> WordTable:
        table = WordTable()
        for row in self._below(element, "tr"):
            with self._changed_by(child(row, "trPr")):
                found = TableRow(change=self.change.number, way=self.change.way)
                for cell in self._below(row, "tc"):
                    found.cells += self._cell(cell)
                table.rows.append(found)
        return table

    def _cell(self, element: Element) -> Iterator[list[Paragraph]]:
        properties = child(element, "tcPr")
        with self._changed_by(properties):
            blocks = [block for one in element for block in self._blocks(one)]
        yield [paragraph for block in blocks for paragraph in _flat(block)]
        span = value_of(properties, "gridSpan")
        # What lies under one wide cell are as many narrow ones.
        for _more in range(1, min(int(span), 64) if span.isdecimal() else 1):
            yield []

    def _below(self, element: Element, name: str) -> Iterator[Element]:
        """Yield rows or cells, also within what merely wraps them."""
        for one in element:
            if local(one) == name:
                yield one
            elif local(one) in _AS_THEY_ARE:
                yield from self._below(one, name)

    # Within a paragraph

    def _inline(self, element: Element, here: _Here) -> None:
        name = local(element)
        if name == "r":
            self._run(element, here)
        elif name in _WAYS:
            with self._changed(element):
                for one in element:
                    self._inline(one, here)
        elif name in _AS_THEY_ARE:
            for one in element:
                self._inline(one, here)
        elif name == ":AlternateContent":
            for one in next((one for one in element if local(one) == ":Choice"), ()):
                self._inline(one, here)
        elif name in (":oMath", ":oMathPara"):
            self._add("".join(one.text or "" for one in element.iter() if is_math(one)), here)
        elif name == "commentRangeStart":
            self._leave_out("comments")
        else:
            self._mark_move(element)

    def _run(self, element: Element, here: _Here) -> None:
        properties = child(element, "rPr")
        style = value_of(properties, "rStyle")
        look = self.styles.look(style, here.look) if style else here.look
        look = look_of(properties).over(look)
        # The change of a run that was inserted and then deleted stands in its properties.
        with self._changed_by(properties):
            for one in element:
                self._in_run(one, here, look)

    def _in_run(self, element: Element, here: _Here, look: Look) -> None:
        name = local(element)
        if name in ("t", "delText"):
            self._add(element.text or "", here, look)
        elif name in ("tab", "ptab"):
            self._add("\t", here, look)
        elif name in _BREAKS:
            self._add("\n", here, look)
        elif name == "noBreakHyphen":
            self._add("-", here, look)
        elif name == "sym":
            self._add(sign(attribute(element, "char")), here, Look(attribute(element, "font")))
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), attribute(element, "id"))
            self._add(f"[{self.notes.setdefault(key, len(self.notes) + 1)}]", here, look)
        elif name in ("drawing", "pict", "object", ":AlternateContent"):
            self._drawing(element, here)

    def _drawing(self, element: Element, here: _Here) -> None:
        """Take the text boxes of a drawing; of two ways to draw it the first."""
        if local(element) == ":AlternateContent":
            chosen = next((one for one in element if local(one) == ":Choice"), None)
            element = chosen if chosen is not None else element
        boxes = list(outermost(element, "txbxContent"))
        if not boxes and any(local(one) in (":blip", ":imagedata") for one in element.iter()):
            self._leave_out("pictures")
            here.paragraph.pictures += self._pictures(element)
        for box in boxes:
            for one in box:
                here.boxes += [line for block in self._blocks(one) for line in _flat(block)]

    def _pictures(self, element: Element) -> Iterator[Picture]:
        description = ""
        for one in element.iter():
            if local(one) == ":docPr":
                description = one.get("descr", "")
            elif local(one) == ":blip" and (part := self.pictures.get(embedded(one))):
                yield Picture(part, description)

    def _add(self, text: str, here: _Here, look: Look | None = None) -> None:
        look = look or Look()
        if not text:
            return
        if look.is_hidden:
            self._leave_out("hidden")
            return
        self.signs += len(text)
        if self.signs > MOST_SIGNS:
            raise WordError(Reason.LARGE)
        font = look.font or ""
        old = font if encoding_of_font(font) else ""
        if look.is_caps and not old:
            text = text.upper()
        if look.is_struck:
            here.paragraph.is_struck = True
        looks = (BOLD if look.is_bold else "") + (ITALIC if look.is_italic else "")
        piece = Piece(text, self.change.number, self.change.way, old, self.change.within, looks)
        pieces = here.paragraph.pieces
        if pieces and pieces[-1][1:] == piece[1:]:
            pieces[-1] = Piece(pieces[-1].text + text, *piece[1:])
        else:
            pieces.append(piece)
        if self.change.number == NO_CHANGE:
            self.latest = _NOTHING
            self.before = (self.before + text)[-_EXCERPT:]
        else:
            self._describe(text)

    # Changes

    @contextmanager
    def _changed(self, element: Element) -> Iterator[None]:
        """Stand within what a change has inserted or deleted."""
        outer = self.change
        self._enter(element, _WAYS[local(element)])
        yield
        self.change = outer

    @contextmanager
    def _changed_by(self, properties: Element | None) -> Iterator[None]:
        """The same where the change stands among the properties of a row, a cell or a run."""
        names = {**_WAYS, "cellIns": INSERTED, "cellDel": DELETED}
        found = [one for one in properties if local(one) in names] if properties is not None else []
        outer = self.change
        for one in found:
            self._enter(one, names[local(one)])
        yield
        self.change = outer

    def _enter(self, element: Element, way: str) -> None:
        outer = self.change
        if outer.way != DELETED:
            within = outer.number if outer.way == INSERTED else NO_CHANGE
            self.change = _Change(self._number_of(element), way, within)

    def _number_of(self, element: Element) -> int:
        name = local(element)
        name = {"cellIns": "ins", "cellDel": "del"}.get(name, name)
        author, date = attribute(element, "author"), attribute(element, "date")
        if name in ("moveFrom", "moveTo") and self.moving:
            if self.moving not in self.moves:
                self.moves[self.moving] = self._new("move", author, date)
            return self.moves[self.moving]
        if self.latest[:2] == (name, author):
            return self.latest[2]
        number = self._new(_KINDS[name], author, date)
        self.latest = (name, author, number)
        return number

    def _new(self, kind: str, author: str, date: str) -> int:
        self.text.changes.append(Change(kind, author[:100], date[:10], self.before))
        return len(self.text.changes) - 1

    def _describe(self, text: str) -> None:
        one = self.text.changes[self.change.number]
        if one.kind == "move" and self.change.way == INSERTED:
            one.after += text
        else:
            one.text += text

    def _mark_move(self, element: Element) -> None:
        name = local(element)
        if name in ("moveFromRangeStart", "moveToRangeStart"):
            self.moving = attribute(element, "name")
        elif name in ("moveFromRangeEnd", "moveToRangeEnd"):
            self.moving = ""

    # Notes

    def read_notes(self) -> None:
        """Read the notes that the text refers to, in the order in which it does."""
        found: dict[int, list[Paragraph]] = {}
        for kind in ("footnote", "endnote"):
            for element in self._elements(f"{kind}s"):
                number = self.notes.get((kind, attribute(element, "id")))
                if number is not None:
                    blocks = [block for one in element for block in self._blocks(one)]
                    found[number] = [line for block in blocks for line in _flat(block)]
        self.text.notes = [found.get(number, []) for number in range(1, len(self.notes) + 1)]

    def _leave_out(self, what: str) -> None:
        self.text.left_out[what] = self.text.left_out.get(what, 0) + 1


def _flat(block: Paragraph | WordTable) -> Iterator[Paragraph]:
    """Yield the paragraphs of a block: a table within a table is its text."""
    if isinstance(block, Paragraph):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            yield from cell
