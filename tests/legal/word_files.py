"""Word files for tests: written part by part, as Word does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = ("numbering", "styles", "footnotes")


def p(*runs: str, style: str = "", num: tuple[int, int] | None = None, mark: str = "") -> str:
    """A paragraph; ``num``: its list and the level there; ``mark``: what became of its end."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        own += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    own += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{own}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def ins(*runs: str, by: str = "An") -> str:
    return f'<w:ins w:id="1" w:author="{by}" w:date="2024-05-01T08:00:00Z">{"".join(runs)}</w:ins>'


def dele(text: str, by: str = "An") -> str:
    return (
        f'<w:del w:id="2" w:author="{by}" w:date="2024-05-02T08:00:00Z">'
        f"<w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>"
    )


def table(*rows: Iterable[str]) -> str:
    cells = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(r(cell))}</w:tc>' for cell in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def numbering(*levels: tuple[str, str], lists: int = 1) -> str:
    """A numbering of levels, each with its format and text; ``lists`` of it begin anew each."""
    looks = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{name}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (name, text) in enumerate(levels)
    )
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>'
        + ('<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' * (number > 1))
        + "</w:num>"
        for number in range(1, lists + 1)
    )
    return f'<w:abstractNum w:abstractNumId="0">{looks}</w:abstractNum>{nums}'


def docx(*body: str, raw: str = "", extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """A file with that body; ``parts``: the insides of «numbering», «styles», «footnotes».

    ``raw``: the whole main part instead; ``extra``: files that are put beside.
    """
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ),
        "word/document.xml": raw
        or f"<w:document {W}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
        **{
            f"word/{name}.xml": f"<w:{name} {W}>{inside}</w:{name}>"
            for name, inside in parts.items()
        },
        **(extra or {}),
    }
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stored.getvalue()
