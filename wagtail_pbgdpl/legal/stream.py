"""From the structure of a legal text to the raw data of a body: the shipped blocks of the law."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import escape

from ..core.text import address_part
from .grammar import NUMBER
from .structure import Article, Clause, Heading, Item, LegalText, Part, Prose, Table

BLOCK_LEVELS = {
    "book": "phan",
    "chapter": "chuong",
    "section": "muc",
    "subsection": "tieu-muc",
    "annex": "phu-luc",
}
# As many signs as the blocks have room for.
_ARTICLE_NUMBER = re.compile(rf"(?=.{{1,6}}$){NUMBER}")
_CLAUSE_NUMBER = re.compile(rf"(?=.{{1,5}}$){NUMBER}")
_LONGEST_PREFIX = 40
# What announces others in a plan is a heading, or in bold type where it has more letters.
_CAPTION = 160


def to_stream(text: LegalText) -> list[dict[str, Any]]:
    """Return a list of ``{"type", "value"}`` for the blocks of a page's ``body``.

    Where several parts count their articles anew, the anchors of each begin with its kind:
    ``quyet-dinh-dieu-1``, ``quy-che-dieu-1``. The divisions of a plan, which are no articles,
    become headings and running text. Clause: BP20 Điều 12.2 (D3).
    """
    several = sum(any(article.label for article in part.articles) for part in text.parts) > 1
    tables = Tables()
    return [block for part in text.parts for block in _part(part, several, tables)]


def _part(part: Part, several: bool, tables: Tables) -> Iterator[dict[str, Any]]:
    prefix = address_part(part.kind, _LONGEST_PREFIX) if several else ""
    for node in part.nodes:
        if isinstance(node, Heading):
            yield _heading(node, prefix)
        elif isinstance(node, Prose):
            yield block("rich_text", _prose(node))
        elif isinstance(node, Table):
            yield tables.block(node)
        elif node.label:
            yield _article(node, prefix)
        else:
            yield block("heading", {"text": f"{node.number}. {node.title}"})
            yield block("rich_text", _division(node))


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def _heading(heading: Heading, prefix: str) -> dict[str, Any]:
    if heading.level == "part":
        return block("heading", {"text": f"{heading.label} {heading.title}".strip()})
    value = {
        "level": BLOCK_LEVELS[heading.level],
        "number": heading.number,
        "title": heading.title,
        "prefix": prefix if heading.level != "annex" else "",
    }
    return block("legal_heading", value)


def _article(article: Article, prefix: str) -> dict[str, Any]:
    lead, clauses = list(article.lead), list(article.clauses)
    first_point = next((i for i, item in enumerate(lead) if item.kind == "point"), None)
    if first_point is not None:
        # Points have an anchor in a clause only, if need be one without a number.
        clauses.insert(0, Clause("", "", tuple(lead[first_point:])))
        del lead[first_point:]
    number, title = article.number, article.title
    if not _ARTICLE_NUMBER.fullmatch(number):
        number, title = "", f"{article.label} {number}. {title}".strip() if number else title
    value = {
        "number": number,
        "title": title,
        "lead": "\n".join(map(str, lead)),
        "clauses": list(_clauses(clauses)),
        "prefix": prefix,
    }
    return block("legal_article", value)


def _clauses(clauses: Iterable[Clause]) -> Iterator[dict[str, str]]:
    """Yield the clauses; «3.1.» is a paragraph of clause 3, as no anchor can name it."""
    waiting: dict[str, str] | None = None
    for clause in clauses:
        lines = clause.lines()
        if clause.number and not _CLAUSE_NUMBER.fullmatch(clause.number):
            lines = [f"{clause.number}. {lines[0] if lines else ''}".strip(), *lines[1:]]
            if waiting is not None:
                waiting["text"] = "\n".join(filter(None, (waiting["text"], *lines)))
                continue
            clause = Clause("", "")
        if waiting is not None:
            yield waiting
        waiting = {"number": clause.number, "text": "\n".join(lines)}
    if waiting is not None:
        yield waiting


class Tables:
    """Numbers the tables of a text, each of which needs a caption."""

    def __init__(self) -> None:
        self.count = 0

    def block(self, table: Table) -> dict[str, Any]:
        width = max(map(len, table.cells), default=0)
        rows = [[" ".join(cell.split()) for cell in row] for row in table.cells]
        rows = [[*row, *[""] * (width - len(row))] for row in rows if any(row)]
        if width < 2 or len(rows) < 2:
            # Nothing that a table could show; the words stay.
            lines = (" ".join(filter(None, row)) for row in rows)
            return block("rich_text", "".join(f"<p>{escape(line)}</p>" for line in lines))
        self.count += 1
        value = {
            "caption": f"Bảng {self.count}{_place(table)}",
            "data": _as_pasted(rows),
            "row_headings": False,
            "source": "",
        }
        return block("table", value)


def _place(table: Table) -> str:
    place = f"khoản {table.clause} " if table.clause else ""
    return f" ({place}Điều {table.article})" if table.article else ""


def _as_pasted(rows: list[list[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, "excel-tab", lineterminator="\n").writerows(rows)
    return written.getvalue().removesuffix("\n")


# Rich text


def _prose(prose: Prose) -> str:
    return "".join(paragraph(lines) for lines in prose.paragraphs)


def paragraph(lines: Iterable[str]) -> str:
    html, plain, listed = "", [], []
    for line in lines:
        if line.startswith("- "):
            listed.append(f"<li>{escape(line[2:])}</li>")
        else:
            plain.append(escape(line))
    if plain:
        html = f"<p>{'<br/>'.join(plain)}</p>"
    if listed:
        html += f"<ul>{''.join(listed)}</ul>"
    return html


def _division(article: Article) -> str:
    html = "".join(_items(article.lead))
    followers = [*article.clauses[1:], None]
    for clause, following in zip(article.clauses, followers, strict=True):
        line = escape(f"{clause.number}. {clause.text}")
        announces = clause.items or (
            following is not None and following.number.startswith(f"{clause.number}.")
        )
        html += _caption(line) if announces else f"<p>{line}</p>"
        html += "".join(_items(clause.items))
    return html


def _caption(line: str) -> str:
    return f"<h3>{line}</h3>" if len(line) <= _CAPTION else f"<p><b>{line}</b></p>"


def _items(items: Iterable[Item]) -> Iterator[str]:
    """Yield paragraphs and lists; «+» stands in a list below the «-» before it."""
    depth, outer = 0, ""
    for item in items:
        if item.kind not in {"dash", "plus"}:
            yield "</li></ul>" * depth + f"<p>{escape(str(item))}</p>"
            depth = 0
            continue
        outer = outer if depth else item.kind
        wanted = 2 if item.kind == "plus" and outer == "dash" else 1
        if wanted > depth:
            yield "<ul><li>"
        else:
            yield "</li></ul>" * (depth - wanted) + "</li><li>"
        yield escape(item.text)
        depth = wanted
    yield "</li></ul>" * depth
