"""Writes the signed originals of the demo: ``python -m example_site.demo.media.make_originals``.

Of the invented documents alone: each is what a scan of the signed paper would be, made of the text,
with a hand and a stamp that says that it is none (D4). Needs reportlab and the DejaVu fonts; the
files are shipped.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

DEMO = Path(__file__).parents[1]
OUT = Path(__file__).parent / "files"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
NOTE = "Văn bản minh họa của cổng trình diễn, không có giá trị pháp lý."
LETTERS = 92  # in a line
LINE = 0.55 * cm
TOP, BOTTOM = A4[1] - 2 * cm, 3 * cm
TITLES = ("QUYẾT ĐỊNH", "NGHỊ QUYẾT", "QUY CHẾ", "KẾ HOẠCH")


class Paper:
    def __init__(self, name: str, title: str) -> None:
        self.canvas = Canvas(str(OUT / name), pagesize=A4, invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Nội dung trình diễn")
        self.begin()

    def begin(self) -> None:
        self.canvas.setFillColor("#f7f3e8")
        self.canvas.rect(0, 0, *A4, stroke=0, fill=1)
        self.canvas.setFillColor("#222222")
        self.canvas.setFont("DejaVu", 8)
        self.canvas.drawCentredString(A4[0] / 2, 1.2 * cm, NOTE)
        self.y = TOP

    def line(self, words: str, *, bold: bool = False, centred: bool = False) -> None:
        if self.y < BOTTOM:
            self.canvas.showPage()
            self.begin()
        self.canvas.setFont("DejaVu-Bold" if bold else "DejaVu", 10)
        if centred:
            self.canvas.drawCentredString(A4[0] / 2, self.y, words)
        else:
            self.canvas.drawString(2.5 * cm, self.y, words)
        self.y -= LINE

    def sign(self, office: str, name: str) -> None:
        if self.y < BOTTOM + 4 * cm:
            self.canvas.showPage()
            self.begin()
        canvas, x, y = self.canvas, 14.5 * cm, self.y - 1 * cm
        canvas.setFont("DejaVu-Bold", 10)
        for number, words in enumerate(filter(None, (part.strip() for part in office.split(",")))):
            canvas.drawCentredString(x, y - number * LINE, words)
        canvas.drawCentredString(x, y - 3.6 * cm, name)
        canvas.setStrokeColor("#1d3f9b")
        canvas.setLineWidth(1.4)
        canvas.bezier(
            x - 2 * cm, y - 2.4 * cm, x, y - 0.6 * cm, x, y - 3 * cm, x + 2 * cm, y - 2 * cm
        )
        canvas.setStrokeColor("#b3261e")
        canvas.setFillColor("#b3261e")
        canvas.circle(x - 2 * cm, y - 2 * cm, 1.5 * cm)
        canvas.circle(x - 2 * cm, y - 2 * cm, 1.3 * cm)
        canvas.setFont("DejaVu-Bold", 8)
        canvas.drawCentredString(x - 2 * cm, y - 2.1 * cm, "BẢN MINH HỌA")

    def save(self) -> None:
        self.canvas.save()


def write(entry: dict[str, object], text: str) -> None:
    paper = Paper(f"{Path(str(entry['file'])).stem}-ban-ky.pdf", str(entry["title"]))
    for raw in re.sub(r"\*\*|~~|#", "", text).splitlines():
        words = raw.strip()
        is_head = words.upper() == words and any(letter.isalpha() for letter in words)
        is_motto = words.startswith(("CỘNG HÒA", "Độc lập"))
        bold = is_head or words.startswith(("Điều ", "Chương ")) or words in TITLES
        for part in textwrap.wrap(words, LETTERS) or [""]:
            paper.line(part, bold=bold, centred=is_head or is_motto)
    if signer := entry.get("signer"):
        paper.sign(str(entry.get("signer_title") or ""), str(signer))
    paper.save()


def main() -> None:
    from example_site.demo.sources import corrected, read

    for name in ("DejaVu", "DejaVu-Bold"):
        file = {"DejaVu": "DejaVuSans.ttf", "DejaVu-Bold": "DejaVuSans-Bold.ttf"}[name]
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    for entry in read("documents.toml")["document"]:
        if "files" in entry:
            write(entry, corrected(entry["file"]))


if __name__ == "__main__":
    main()
