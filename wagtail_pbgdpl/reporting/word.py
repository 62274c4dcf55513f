"""An administrative document as a Word file: the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4, Times New Roman; margins 20 mm above and below, 30 mm on the left, 15 mm on the right; lying,
for wide tables, 20 mm on the left too.
Needs the extra ``word`` of the package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
# In points.
BODY, HEAD, RECIPIENTS = 14, 13, 11


class Letter:
    """Made from the top to the bottom; ``document`` is what is saved."""

    def __init__(self, *, is_lying: bool = False) -> None:
        self.document = Document()
        page: Any = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin = page.bottom_margin = Mm(20)
        page.left_margin, page.right_margin = Mm(30), Mm(15)
        if is_lying:
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = Mm(297), Mm(210)
            page.left_margin = Mm(20)
        style: Any = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        # Word takes another font for letters with accents where this is not said too.
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)

    def head(
        self, *, above: str, office: str, number: str, dated: str, country: str, motto: str
    ) -> None:
        """The agency and its number on the left, country, motto, place and day on the right."""
        left, right = self._columns(Mm(70), Mm(95))
        if above and above != office:
            self._line(left, above.upper(), size=HEAD)
        self._underlined(left, office.upper(), size=HEAD, bold=True)
        self._line(left, number, size=HEAD)
        self._line(right, country, size=HEAD, bold=True)
        self._underlined(right, motto, size=BODY, bold=True)
        self._line(right, dated, size=BODY, italic=True)

    def two_columns(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Any head, by its lines: each column's first lines are those of the agency and country."""
        for lines, cell in zip((left, right), self._columns(Mm(70), Mm(95)), strict=True):
            is_bold = [line.upper() == line or "-" in line for line in lines]
            for line, bold in zip(lines, is_bold, strict=True):
                is_dated = "ngày" in line and "tháng" in line
                self._line(cell, line, size=HEAD, bold=bold and not is_dated, italic=is_dated)

    def signed(self, office: str, name: str) -> None:
        """Office and name of who signed, on the right; the place of the signature is left."""
        _left, right = self._columns(Mm(80), Mm(85))
        for line in filter(None, map(str.strip, office.split(","))):
            self._line(right, line.upper(), size=BODY, bold=True)
        for _row in range(3):
            self._line(right, " ", size=BODY)
        self._line(right, name, size=BODY, bold=True)

    def centred(self, text: str, *, bold: bool = False) -> None:
        found = self.document.add_paragraph()
        found.alignment = WD_ALIGN_PARAGRAPH.CENTER
        found.paragraph_format.space_before = Pt(12)
        found.add_run(text).bold = bold

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        found = self.document.add_paragraph()
        found.add_run(text).bold = bold or None
        found.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        found.paragraph_format.first_line_indent = Mm(12.7)
        found.paragraph_format.space_after = Pt(6)

    def foot(self, *, recipients: Iterable[str], signs: str) -> None:
        """Who gets it on the left, who signs on the right."""
        left, right = self._columns(Mm(80), Mm(85))
        self._line(left, "Nơi nhận:", size=12, bold=True, italic=True, centred=False)
        for one in recipients:
            self._line(left, f"- {one}", size=RECIPIENTS, centred=False)
        self._line(right, signs.upper(), size=BODY, bold=True)

    def _columns(self, *widths: Any) -> list[Any]:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        cells = table.rows[0].cells
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        return list(cells)

    def _line(
        self,
        cell: Any,
        text: str,
        *,
        size: int,
        bold: bool = False,
        italic: bool = False,
        centred: bool = True,
    ) -> Any:
        # A cell begins with an empty paragraph.
        is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        found = cell.paragraphs[0] if is_first else cell.add_paragraph()
        found.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        found.paragraph_format.space_after = Pt(0)
        run = found.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        return found

    def _underlined(self, cell: Any, text: str, **how: Any) -> None:
        """With the rule below it that the form asks for, a third to a half as wide."""
        self._line(cell, text, **how)
        rule = self._line(cell, "", size=2)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(22)
        rule.paragraph_format.space_after = Pt(4)
        border = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        border.append(top)
        rule._p.get_or_add_pPr().append(border)
