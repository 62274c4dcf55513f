"""How the text of a document is shown: its head in two columns, and then the rest (D3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from wagtail.blocks import RichTextBlock, StreamValue
from wagtail.rich_text import RichText

from ..blocks.stream import leads
from ..legal import letterhead
from ..legal.letterhead import Letterhead
from ..regulations.active import get_regulation


class Shown(NamedTuple):
    head: Letterhead | None
    body: Any


def shown(page: Any) -> Shown:
    """Return the head of a document and its text without that head.

    Where the text brings none, it is made of the facts: for a document with a number, a body and a
    text. What nobody has passed yet has no head.
    """
    body = page.body
    if not page.is_passed:
        return Shown(None, body)
    first = next((place for place, child in enumerate(body) if not leads(child)), None)
    if first is not None and isinstance(body[first].block, RichTextBlock) and body[first].value:
        soup = BeautifulSoup(body[first].value.source, "html.parser")
        if (head := letterhead.in_text(_lines(soup))) is not None:
            return Shown(head, _without(body, first, soup, head.read))
    issuer = page.issuing_body
    if first is None or issuer is None or not page.document_number:
        return Shown(None, body)
    place = get_regulation().portal.province if issuer.level != issuer.Level.CENTRAL else "Hà Nội"
    head = letterhead.made_of(
        str(issuer), page.document_number, place, page.issued_on, of_party=issuer.is_party
    )
    return Shown(head, body)


def _lines(soup: BeautifulSoup) -> list[str]:
    return [line for part in soup.find_all("p", recursive=False) for line in _of(part)]


def _of(part: Any) -> list[str]:
    return [line for line in (one.strip() for one in part.get_text("\n").split("\n")) if line]


def _without(body: Any, first: int, soup: BeautifulSoup, read: int) -> Any:
    for part in soup.find_all("p", recursive=False):
        lines = _of(part)
        if read < len(lines) or read <= 0:
            break
        read -= len(lines)
        part.decompose()
    rest = [(child.block_type, child.value, child.id) for child in body]
    rest[first] = (rest[first][0], RichText(str(soup)), rest[first][2])
    return StreamValue(body.stream_block, rest)
