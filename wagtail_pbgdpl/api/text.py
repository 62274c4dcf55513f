"""The text of a page as plain data: headings, articles with clauses and points, prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from ..blocks.legal import LegalArticleBlock
from ..blocks.outline import OutlineEntry, positions
from ..media.access import is_open

_SPACE = re.compile(r"[^\S\n]+")


def nodes(body: Any) -> list[dict[str, Any]]:
    """Return what a body holds, in its order; empty for no body."""
    if not body:
        return []
    places = positions(body)
    found = (_node(child, places.get(index)) for index, child in enumerate(body))
    return [one for one in found if one is not None]


def _node(child: Any, place: OutlineEntry | None) -> dict[str, Any] | None:
    if isinstance(child.block, LegalArticleBlock) and place is not None:
        return _article(child, place)
    if place is not None:
        return {"node": "heading", **place._asdict()}
    paragraphs = list(_paragraphs(child.block.get_searchable_content(child.value)))
    return {"node": "prose", "paragraphs": paragraphs} if paragraphs else None


def _article(child: Any, place: OutlineEntry) -> dict[str, Any]:
    shown = child.block.get_context(child.value, {"outline_entry": place})
    return {
        "node": "article",
        "number": child.value.get("number") or "",
        "title": place.title,
        "anchor": place.anchor,
        "lead": shown["lead"],
        "clauses": [
            {
                "number": clause.number,
                "anchor": clause.anchor,
                "paragraphs": clause.paragraphs,
                "points": [
                    {"letter": one.letter, "anchor": one.anchor, "paragraphs": one.paragraphs}
                    for one in clause.points
                ],
            }
            for clause in shown["clauses"]
        ],
    }


def _paragraphs(texts: list[Any]) -> Iterator[str]:
    for text in texts:
        for line in str(text).splitlines():
            if line := _SPACE.sub(" ", line).strip():
                yield line


def files(stream: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the attachments of a document that everybody may download."""
    found = []
    for child in stream or ():
        value = child.value
        document = value.get("document") if hasattr(value, "get") else None
        if document is not None and is_open(document):
            found.append(
                {
                    "title": value.get("title") or document.title,
                    "kind": value.get("kind") or "other",
                    "address": request.build_absolute_uri(document.url),
                    "bytes": document.file_size,
                }
            )
    return found
