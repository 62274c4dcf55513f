"""What a line of a legal document can be, and why that can be doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .lines import Row


class Level(StrEnum):
    """What a line is."""

    #: The letterhead with which a document begins.
    OPENING = "opening"
    #: The kind of the document: «QUY CHẾ».
    PART = "part"
    BOOK = "book"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    ANNEX = "annex"
    #: Of the heading above, or of an article whose number stands alone.
    TITLE = "title"
    ARTICLE = "article"
    #: Of a plan: «I. MỤC TIÊU».
    DIVISION = "division"
    CLAUSE = "clause"
    POINT = "point"
    #: «- …», «+ …»
    ITEM = "item"
    #: A paragraph within an article.
    TEXT = "text"
    #: A paragraph outside any article.
    PROSE = "prose"
    #: The line before goes on.
    CONTINUES = "continues"
    TABLE = "table"
    #: Left out: the number of a page.
    OMITTED = "omitted"


DIVIDING = frozenset({Level.BOOK, Level.CHAPTER, Level.SECTION, Level.SUBSECTION})
#: Headings that may have their title in the next line.
HEADINGS = DIVIDING | {Level.PART, Level.ANNEX}
IN_ARTICLES = frozenset({Level.CLAUSE, Level.POINT, Level.ITEM, Level.TEXT})
ARTICLES = frozenset({Level.ARTICLE, Level.DIVISION})


class Doubt(StrEnum):
    """Why somebody should look at a line."""

    #: «Điều 5:», «1)», «a.»: not as the law writes it.
    VARIANT = "variant"
    #: Taken for the rest of a line that seems to be finished.
    JOINED = "joined"
    #: A quotation begins that nothing ends.
    QUOTED = "quoted"
    #: Perhaps the number of a page.
    PAGE_NUMBER = "page_number"
    #: The number does not follow on the one before.
    SEQUENCE = "sequence"
    REPEATED = "repeated"
    NO_NUMBER = "no_number"
    NO_TITLE = "no_title"
    #: Longer than a title can be.
    LONG = "long"
    #: Something in it is struck through.
    STRUCK = "struck"
    #: It will stand below its article, not between the clauses.
    TABLE_IN_ARTICLE = "table_in_article"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the source with its level.

    ``whole`` is the line with the rows that go on in it, written as the law does: «1. …» of
    «1) …»; empty where the row itself goes on in the line before. ``number`` and ``rest`` are its
    parts: of «a) Một» «a)» and «Một».
    """

    row: Row
    level: Level
    whole: str = ""
    number: str = ""
    rest: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_fixed: bool = False
