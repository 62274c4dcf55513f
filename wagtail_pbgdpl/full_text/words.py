"""Levels, doubts and what was left out, in the words of editors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..core.text import LazyText
from ..legal.levels import Doubt, Level, Line

LEVELS: dict[Level, LazyText] = {
    Level.OPENING: _("Letterhead: a document begins"),
    Level.PART: _("Kind of the document (QUYẾT ĐỊNH, QUY CHẾ …)"),
    Level.BOOK: _("Part (Phần)"),
    Level.CHAPTER: _("Chapter (Chương)"),
    Level.SECTION: _("Section (Mục)"),
    Level.SUBSECTION: _("Subsection (Tiểu mục)"),
    Level.ANNEX: _("Annex (Phụ lục)"),
    Level.TITLE: _("Title of the line above"),
    Level.ARTICLE: _("Article (Điều)"),
    Level.DIVISION: _("Division of a plan (I, II …)"),
    Level.CLAUSE: _("Clause (khoản)"),
    Level.POINT: _("Point (điểm)"),
    Level.ITEM: _("Item with a dash"),
    Level.TEXT: _("Paragraph within the article"),
    Level.PROSE: _("Paragraph outside the articles"),
    Level.CONTINUES: _("Goes on from the line above"),
    Level.TABLE: _("Table"),
    Level.OMITTED: _("Leave out"),
}
OF_TABLES = (Level.TABLE, Level.TEXT, Level.PROSE, Level.OMITTED)
DOUBTS: dict[Doubt, LazyText] = {
    Doubt.VARIANT: _("The number is not written as usual; it is put in the usual way."),
    Doubt.JOINED: _("Taken as the rest of the line above, which seems to be finished."),
    Doubt.QUOTED: _("A quotation begins here that nothing ends."),
    Doubt.PAGE_NUMBER: _("Perhaps the number of a page: leave it out."),
    Doubt.SEQUENCE: _("The number does not follow on the one before."),
    Doubt.REPEATED: _("This number stood before already."),
    Doubt.NO_NUMBER: _("It has no number."),
    Doubt.NO_TITLE: _("No title was found for it."),
    Doubt.LONG: _("Too long for a title; it becomes the text below."),
    Doubt.STRUCK: _("Something in it is struck through, and is kept."),
    Doubt.TABLE_IN_ARTICLE: _("It stands within an article, and will come after it."),
}
_NUMBERED = {
    Level.BOOK: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "Mục",
    Level.SUBSECTION: "Tiểu mục",
    Level.ANNEX: "Phụ lục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "Khoản",
    Level.POINT: "Điểm",
}


def label_of(line: Line) -> str:
    """Return what a line is: «Điều 9» and its like in the words of the law."""
    word = _NUMBERED.get(line.level)
    number = line.number.rstrip(")")
    if word and (number or line.level == Level.ANNEX):
        return f"{word} {number}".strip()
    return str(LEVELS[line.level])


def left_out_of(what: dict[str, int]) -> list[str]:
    """Return what of a file is not in the text, in sentences."""
    said = {
        "pictures": ngettext(
            "%(count)d picture is not in the text; add it as a block of its own.",
            "%(count)d pictures are not in the text; add them as blocks of their own.",
            what.get("pictures", 0),
        ),
        "hidden": ngettext(
            "%(count)d piece of hidden text was left out.",
            "%(count)d pieces of hidden text were left out.",
            what.get("hidden", 0),
        ),
        "comments": ngettext(
            "%(count)d comment was left out.",
            "%(count)d comments were left out.",
            what.get("comments", 0),
        ),
        "contents": ngettext(
            "%(count)d line of the table of contents was left out.",
            "%(count)d lines of the table of contents were left out.",
            what.get("contents", 0),
        ),
        "foreign": ngettext(
            "%(count)d embedded file was not opened.",
            "%(count)d embedded files were not opened.",
            what.get("foreign", 0),
        ),
    }
    return [said[name] % {"count": count} for name, count in what.items() if count > 0]
