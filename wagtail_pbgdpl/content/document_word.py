"""A document as a Word file, made of its structured text in the form of Nghị định 30/2020/NĐ-CP.

Needs the extra ``word`` of the package. The words of the form are Vietnamese, as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from django.core.cache import cache
from wagtail.blocks import RichTextBlock

from ..blocks.heading import HeadingBlock
from ..blocks.legal import LegalArticleBlock, LegalHeadingBlock
from ..blocks.rich_text import lines_of
from .document_text import shown

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: A version never changes; it takes a second to write a long one.
KEPT_SECONDS = 60 * 60


def is_available(page: Any) -> bool:
    """Whether the page has a text, and the extra ``word`` is installed."""
    return bool(page.is_passed and len(page.body)) and find_spec("docx") is not None


def as_word(page: Any) -> bytes:
    """Return the public version of a document as a file."""
    stamp = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"wagtail_pbgdpl.word.{page.pk}.{stamp}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = _written(page)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _written(page: Any) -> bytes:
    from ..reporting.word import Letter

    letter = Letter()
    head, body = shown(page)
    if head is not None:
        letter.two_columns(head.left, head.right)
    if not any(isinstance(child.block, HeadingBlock) for child in body):
        if page.document_type is not None:
            letter.centred(str(page.document_type).partition(" (")[0].upper(), bold=True)
        letter.centred(page.document_abstract or page.title, bold=True)
    for child in body:
        _write(letter, child)
    if page.signer and page.signer not in str(body):
        letter.signed(page.signer_title, page.signer)
    file = BytesIO()
    letter.document.core_properties.title = page.title
    letter.document.core_properties.author = str(page.issuing_body or "")
    letter.document.save(file)
    return file.getvalue()


def _write(letter: Any, child: Any) -> None:
    value = child.value
    if isinstance(child.block, HeadingBlock):
        letter.centred(value.get("text") or "", bold=True)
    elif isinstance(child.block, LegalHeadingBlock):
        heading = child.block.outline_entry(value)
        letter.centred(heading.label, bold=True)
        if heading.title:
            letter.centred(heading.title, bold=True)
    elif isinstance(child.block, LegalArticleBlock):
        entry = child.block.outline_entry(value)
        letter.paragraph(". ".join(filter(None, (entry.label, entry.title))), bold=True)
        for line in _article(value):
            letter.paragraph(line)
    elif isinstance(child.block, RichTextBlock):
        for line in lines_of(value.source if value else "", bullet="- "):
            letter.paragraph(line)
    else:
        for text in child.block.get_searchable_content(value):
            for line in filter(None, map(str.strip, str(text).splitlines())):
                letter.paragraph(line)


def _article(value: Any) -> Iterator[str]:
    yield from filter(None, map(str.strip, (value.get("lead") or "").splitlines()))
    for clause in value.get("clauses") or ():
        lines = [line.strip() for line in (clause.get("text") or "").splitlines() if line.strip()]
        number = clause.get("number") or ""
        if number and lines:
            lines[0] = f"{number}. {lines[0]}"
        yield from lines
